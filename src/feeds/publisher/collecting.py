"""What goes into an issue: its posts as entries, with the links that a mail has, and what the editor adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feeds.config import make_plain
from feeds.publisher.contents import Contents
from feeds.publisher.editorial import read_editorial
from feeds.publisher.entries import render_entries
from feeds.publisher.secure_links import secure_links
from feeds.selection import order_newest_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Entry, Issue, Post, Problem
    from feeds.publisher.gather import Gathered


class Collected(NamedTuple):
    """The contents of an issue, what a person should know of its posts, and these and the introduction as entries."""

    contents: Contents
    problems: tuple[Problem, ...]
    parts: tuple[tuple[Post, Entry], ...]


def collect_contents(
    config: Config,
    gathered: Gathered,
    *,
    newsletter: str,
    number: int,
    key: str,
    post_ids: Iterable[str],
    issues: Sequence[Issue],
    now: datetime,
) -> Collected:
    """The contents of the issue of that number: the posts with these ids, newest first, and what the editor adds.

    `issues` are those of the newsletter so far. Raises PostError for an introduction that cannot be read, StateError.
    """
    wanted = set(post_ids)
    posts = [post for post in order_newest_first(gathered.posts) if gathered.ids[post.source] in wanted]
    rendered = render_entries(config, gathered, posts)
    shown = [post for post in posts if post.source in rendered.entries]
    entries = secure_links(gathered, [rendered.entries[post.source] for post in shown])
    editorial = read_editorial(config, gathered, issues, newsletter=newsletter, number=number, now=now)
    contents = Contents(
        config=make_plain(config.for_mail),
        newsletter=newsletter,
        number=number,
        key=key,
        entries=tuple(entries),
        introduction=editorial.introduction[1].content if editorial.introduction else None,
        corrections=editorial.corrections,
        now=now,
    )
    introduction = [editorial.introduction] if editorial.introduction else []
    parts = (*introduction, *zip(shown, entries, strict=True))
    return Collected(contents, rendered.problems + editorial.problems, parts)
