"""A post on its way to its entry, and what is known at the end of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.models import Entry, Post, Problem
    from feeds.render.links import Links
    from feeds.render.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """An entry, and what is to be known about its making.

    Besides the post and the configuration, the entry depends on `files` (paths below the site that were looked at,
    whether they exist or not: includes, pictures) and on the answers to what it `asked` about other posts.
    """

    entry: Entry
    content: bytes  # of the entry, in UTF-8
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()
    asked: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Draft:
    """A post on its way to its entry; `asked` and `looked` note what is asked and looked at on its behalf.

    `raw` is its HTML in UTF-8 as the renderer made it, `html` the same where anybody has still to look at it. `encoded`
    is the content in UTF-8 where it is that already, and there is nothing in it for `hide_lookalikes`; `pictured` says
    whether there may be a picture in it.
    """

    post: Post
    id: str
    links: Links
    source: Source
    raw: bytes
    problems: tuple[Problem, ...]
    asked: dict[str, str | None]
    looked: set[str]
    html: str = ""
    content: str = ""
    words: int = 0
    encoded: bytes | None = None
    pictured: bool = True
