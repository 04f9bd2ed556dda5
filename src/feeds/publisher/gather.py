"""The first half of every command: load the posts, look up what is remembered, give each post its id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.identity import assign_ids
from feeds.loader import load_posts
from feeds.models import Status
from feeds.publisher.request import ignore_progress
from feeds.render import Renderer, fingerprint
from feeds.state import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Entry, History, Post, Problem, Remembered
    from feeds.publisher.request import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A site at one moment. `ids` maps sources to ids; `remembered` is what the state does not know yet.

    `changes_at` is the next moment at which a post appears or vanishes by itself. `settled` is false where the next run
    will see something with other eyes, because this one remembers it.
    """

    posts: tuple[Post, ...]
    ids: Mapping[str, str]
    history: History
    remembered: tuple[Remembered, ...]
    problems: tuple[Problem, ...]
    changes_at: datetime | None = None
    settled: bool = True

    @property
    def published(self) -> tuple[Post, ...]:
        """The posts that anybody may see."""
        return tuple(post for post in self.posts if post.status is Status.PUBLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Entries by the source of their post; a post that could not be rendered is missing, and `problems` says why."""

    entries: Mapping[str, Entry]
    problems: tuple[Problem, ...]


def gather_site(config: Config, *, now: datetime) -> Gathered:
    """The site's posts with their ids, in the light of the state. Changes nothing."""
    loaded = load_posts(config, now=now)
    history = open_ledger(config, read_only=True).read_history()
    identified = assign_ids(loaded.posts, history, fingerprint=fingerprint)
    return Gathered(
        posts=loaded.posts,
        ids=identified.ids,
        history=history,
        remembered=identified.remembered,
        problems=loaded.problems + identified.problems,
        changes_at=loaded.changes_at,
        settled=not (identified.remembered and identified.problems),
    )


def render_entries(
    config: Config, gathered: Gathered, posts: Iterable[Post], *, show: Progress = ignore_progress
) -> Rendered:
    """The entries of `posts`, each rendered once. `show` is told how many are done of how many."""
    renderer = Renderer(config, gathered.posts)
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    wanted = {post.source: post for post in posts}
    for done, post in enumerate(wanted.values(), start=1):
        rendered = renderer.render(post, id=gathered.ids[post.source])
        entries[post.source] = rendered.entry
        problems += rendered.problems
        show(done, len(wanted))
    return Rendered(entries=entries, problems=tuple(problems))
