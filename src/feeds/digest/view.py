"""What the templates of a digest are given: values without behaviour, told to whoever writes a template."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Form(StrEnum):
    """How much of a post an issue shows. ABSENT: only the text part and the site have it."""

    FULL = "full"
    EXCERPT = "excerpt"
    HEADLINE = "headline"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A picture of a post: a `width` in pixels, at most 520, and where it stands.

    `place` is `above` the title, `below` the first words, or `beside` them. `height` goes with the width, and is
    None where the file's own size is not known, which `measured` says: such a one must not be enlarged.
    """

    url: str
    alt: str
    width: int
    measured: bool
    height: int | None
    place: Literal["above", "below", "beside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """A post as an issue shows it.

    `number` counts from 1 in the order of the issue. `meta` is the line above the title: date, authors,
    reading time. `excerpt` is plain text. `body` is HTML that is safe to print as it is (`| safe`): the
    whole post when `form` is `full`, its opening when a letter shows an excerpt, else empty; `opening` is
    the part of it that comes before the picture. `plain` is the body, or the excerpt, as plain text in
    lines of 72 columns. `language` is set where it is not the site's; `direction` always.
    """

    id: str
    number: int
    url: str
    title: str
    published: datetime
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    minutes: int | None
    meta: str
    excerpt: str
    form: Form
    opening: str
    body: str
    plain: str
    picture: PictureView | None
    language: str | None
    direction: Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """Posts under one label; the label is None where none is needed."""

    label: str | None
    posts: tuple[PostView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """A post that was mailed before and has been corrected since; `note` is the author's own words, or empty."""

    title: str
    url: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link of the footer."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsletterView:
    """The newsletter: its title, its logo, and what its footer says.

    `feed` is the page where a feed is picked.
    """

    name: str
    title: str
    logo: str | None
    logo_width: int
    reason: str
    address: str | None
    links: tuple[LinkView, ...]
    feed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """The issue as a whole.

    `meta` is its number, its date and how many posts there are, in one line. `lead` is shown first and large,
    `groups` hold the others, `absent` those left out of the HTML. `introduction` is HTML that is safe to print,
    `introduction_plain` the same as plain text. `slots` has the addresses `unsubscribe` and `view_in_browser`, which
    a transport fills in.
    """

    number: int
    date: datetime
    subject: str
    preheader: str
    meta: str
    layout: Literal["letter", "cover", "headlines"]
    introduction: str
    introduction_plain: str
    corrections: tuple[CorrectionView, ...]
    slots: Mapping[str, str]
    posts: tuple[PostView, ...] = ()
    lead: PostView | None = None
    groups: tuple[GroupView, ...] = ()
    absent: tuple[PostView, ...] = ()
