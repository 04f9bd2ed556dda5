"""A post, the author's file, read but not rendered; and what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An author: Atom's person construct (RFC 4287 section 3.2). Two persons are one if their names fold alike."""

    name: str
    email: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture by its URL; `width` and `height` in pixels and `length` in bytes where the file is at hand."""

    url: str
    alt: str = ""
    type: str | None = None
    width: int | None = None
    height: int | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A sound or film that belongs to a post; `length` in bytes, 0 if unknown; `type` a media type (RFC 6838)."""

    url: str
    type: str
    length: int


class Status(StrEnum):
    """What becomes of a post. Only a published one is shown to anybody."""

    PUBLISHED = "published"
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    EXPIRED = "expired"
    HIDDEN = "hidden"
    UNDATED = "undated"
    INVALID = "invalid"


class Markup(StrEnum):
    """The language of a post's body. COMMONMARK is rendered by cmarkgfm, MARKDOWN by Python-Markdown."""

    COMMONMARK = "commonmark"
    MARKDOWN = "markdown"
    MDX = "mdx"
    HTML = "html"
    RST = "rst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The author's file, read but not rendered.

    `source` is the path below the site, with slashes. `status` and `reason` hold for the moment it was loaded for.
    `url` is absolute where the site's URL is known, else a path that starts with a slash. `updated` comes from front
    matter alone. `guid` is what front matter pins as the id. `image`, `enclosure` and `summary` are front matter's, as
    written. `base` is what relative links in the body resolve against when that is not `url` (a bundle's folder).
    `body_line` is the line of the file on which `body` starts, for messages. Unknown front matter stays in `extra`.
    """

    source: str
    status: Status
    reason: str = ""
    title: str = ""
    body: str = ""
    body_line: int = 1
    markup: Markup = Markup.COMMONMARK
    published: datetime | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    url: str | None = None
    base: str | None = None
    guid: str | None = None
    aliases: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str | None = None
    summary: str | None = None
    image: Image | None = None
    enclosure: Enclosure | None = None
    in_feeds: bool = True
    extra: Mapping[str, Any] = field(default_factory=dict)
