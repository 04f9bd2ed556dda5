"""The values that travel between the rooms: frozen, without behaviour beyond what follows from their own fields.

A post is the author's file; an entry is that post as a feed or a digest shows it (RFC 4287's word). Datetimes are
aware. Text fields are plain text unless their name or docstring says HTML.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Severity(StrEnum):
    """How much a problem matters: an error keeps a post (or more) out, a warning does not, a note only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one file, in a sentence that says what to do. `path` is relative to the site."""

    message: str
    path: str | None = None
    line: int | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = self.path or ""
        if place and self.line is not None:
            place += f":{self.line}"
        return ": ".join(part for part in (place, self.message) if part)


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
    """A sound or film that belongs to a post; `length` in bytes, `type` a media type (RFC 6838)."""

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
    extra: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


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
    extra: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


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
    """One feed, whatever its format. `path` is its folder below the output, "" for the site's own.

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
    files: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    site_url: str = ""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The content of one issue, finished but for its slots.

    `html` has its CSS inlined, `text` is the same in plain text. Both contain the values of `slots` (by the slot's
    name: `unsubscribe`, `view_in_browser`), tokens that a transport replaces with its receiver's own address or tag.
    `notes` say what was shortened to fit.
    """

    newsletter: str
    number: int
    key: str
    subject: str
    preheader: str
    sender: str
    html: str
    text: str
    date: datetime
    language: str
    post_ids: tuple[str, ...]
    slots: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What the state knows of a post that was published once: enough to recognise it whatever moves.

    `fingerprint` is a hash of the post's words. `held` keeps it out of newsletters until a person decides; `released`
    says that a person has, and lets it pass whatever its age. `published` says whether the last build showed it.
    """

    id: str
    source: str
    url: str
    title: str
    fingerprint: str
    aliases: tuple[str, ...] = ()
    held: bool = False
    released: bool = False
    published: bool = True


class IssueState(StrEnum):
    """Where an issue stands. Only CLAIMED, COMPOSED and DEFERRED may go on to SENDING by themselves."""

    CLAIMED = "claimed"
    COMPOSED = "composed"
    SENDING = "sending"
    DELIVERED = "delivered"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One numbered mailing of a newsletter, as the state remembers it. `key` is what every receiver knows it by.

    `draft` says that it is to wait at its receiver for a person's approval.
    """

    newsletter: str
    number: int
    key: str
    state: IssueState
    subject: str = ""
    post_ids: tuple[str, ...] = ()
    claimed_at: datetime | None = None
    composed_at: datetime | None = None
    delivered_at: datetime | None = None
    retry_at: datetime | None = None
    transport: str = ""
    receipt: str = ""
    reason: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What is remembered at the start of a run, as a value.

    `seen` maps a newsletter to the ids of the posts that an issue carried or that were marked as seen; a newsletter
    that is no key has no history and must not mail by itself.
    """

    posts: tuple[Remembered, ...] = ()
    seen: Mapping[str, frozenset[str]] = field(default_factory=lambda: NOTHING)
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a receiver said to a digest. `reference` is its own name for it (a queue id, a campaign's number, a path).

    `settled` is false as long as the receiver is still busy with it. `trouble` says what a person must look after
    although the receiver has accepted it, such as readers whom it left out.
    """

    reference: str
    message: str = ""
    settled: bool = True
    trouble: str = ""

    def __str__(self) -> str:
        return "; ".join(part for part in (self.reference, self.message, self.trouble) if part)
