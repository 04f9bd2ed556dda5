"""What readers see: entries, and the feeds they stand in (RFC 4287's words)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from feeds.models.posts import Enclosure, Image, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A published post as a feed or a digest shows it (RFC 4287 section 4.1.2).

    `content` is clean HTML with absolute URLs only; `summary` is plain text and never empty; `words` counts the words
    of the content. `updated` is never before `published`.
    """

    id: str
    source: str
    url: str
    title: str
    published: datetime
    updated: datetime
    summary: str
    content: str
    words: int = 0
    authors: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str | None = None
    image: Image | None = None
    enclosure: Enclosure | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the site is, once settings and findings are put together. `url` ends with a slash, or is None if unknown.

    `timezone` is an IANA name, `language` a BCP 47 tag. `convention` names the generator whose rules hold.
    """

    title: str
    url: str | None = None
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"
    authors: tuple[Person, ...] = ()
    rights: str | None = None
    icon: str | None = None
    logo: str | None = None
    convention: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed, whatever its format. `path` is its folder below the output, "" for the site's own. `id` is Atom's.

    `urls` maps each format's name (`rss`, `atom`, `json`) to that file's absolute URL, `files` to its path below the
    output. `updated` is the newest change of an entry. `entries` are newest first and already limited; one whose
    content is empty shows its summary alone. `total` counts the posts before the limit. `site_url` is the address that
    all feeds of the site share.
    """

    kind: str
    name: str
    path: str
    title: str
    home_page_url: str
    updated: datetime
    urls: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)
    site_url: str = ""
    id: str = ""
    entries: tuple[Entry, ...] = ()
    total: int = 0
    description: str = ""
    language: str = "en"
    authors: tuple[Person, ...] = ()
    rights: str | None = None
    icon: str | None = None
    logo: str | None = None
    hub: str | None = None
    ttl: int | None = None
    full_content: bool = True
