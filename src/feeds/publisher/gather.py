"""The first half of every command: load the posts, look up what is remembered, give each post its id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.cache.answers import FOLDER
from feeds.cache.store import Store
from feeds.identity import assign_ids
from feeds.loader import Shelf, load_posts
from feeds.models import Status
from feeds.publisher.request import ignore_progress
from feeds.render import fingerprint
from feeds.state import has_ledger, read_history

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import History, Post, Problem, Remembered
    from feeds.publisher.request import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A site at one moment. `ids` maps sources to ids; `remembered` is what the state does not know yet.

    The posts are without their bodies, which `shelf` finds; `store` keeps what is made of them. `changes_at` is the
    next moment at which a post appears or vanishes by itself. `altered` are the sources of posts that are not what
    their files alone say. `settled` is false where the next run will see something with other eyes, because this one
    remembers it.
    """

    posts: tuple[Post, ...]
    ids: Mapping[str, str]
    history: History
    remembered: tuple[Remembered, ...]
    problems: tuple[Problem, ...]
    shelf: Shelf
    store: Store
    changes_at: datetime | None = None
    altered: frozenset[str] = frozenset()
    settled: bool = True

    @property
    def published(self) -> tuple[Post, ...]:
        """The posts that anybody may see."""
        return tuple(post for post in self.posts if post.status is Status.PUBLISHED)

    def fingerprint(self, post: Post) -> str:
        """The hash of the post's words, as `render.fingerprint` makes it; "" where no ids are or will be remembered."""
        return self.shelf.bodies[post.source].words

    def forget_vanished(self) -> None:
        """Drop from the cache what was made of posts that are no longer there."""
        self.store.prune(("reading", "entry"), {post.source for post in self.posts})


def gather_site(config: Config, *, now: datetime, keep: bool = False, show: Progress = ignore_progress) -> Gathered:
    """The site's posts with their ids, in the light of the state. Changes nothing, but for the cache with `keep`."""
    store = Store(config.state_dir / FOLDER, keep=keep)
    shelf = open_shelf(config, store, show=show)
    loaded = load_posts(config, now=now, shelf=shelf)
    history = read_history(config)
    identified = assign_ids(loaded.posts, history, fingerprint=lambda post: shelf.bodies[post.source].words)
    return Gathered(
        posts=loaded.posts,
        ids=identified.ids,
        history=history,
        remembered=identified.remembered,
        problems=loaded.problems + identified.problems,
        shelf=shelf,
        store=store,
        changes_at=loaded.changes_at,
        altered=loaded.altered,
        settled=not (identified.remembered and identified.problems),
    )


def open_shelf(config: Config, store: Store, *, show: Progress = ignore_progress) -> Shelf:
    """The readings of the site's posts in `store`."""
    # Only what is remembered is ever recognised by its words, and to hash them takes a third of reading a post.
    remembers = config.stable_url or has_ledger(config)
    return Shelf(config, store, fingerprint=fingerprint if remembers else None, show=show)
