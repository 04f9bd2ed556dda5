"""The pages that people see: where they pick a feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.config import Config
    from feeds.models import Feed

OPML_PATH = "feeds.opml"
KINDS = ("custom", "category", "tag", "author", "language")
FORMATS = (("atom", "Atom", "application/atom+xml"), ("rss", "RSS", "application/rss+xml"))
ALL_FORMATS = (*FORMATS, ("json", "JSON", "application/feed+json"))
SHOWN_AT_ONCE = 12
LATEST = 5
YEAR = timedelta(days=365.25)
# A shorter time says little about a year.
ENOUGH = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The feeds of one kind, those with the most posts first; the page folds `rest` away."""

    kind: str
    shown: tuple[Feed, ...]
    rest: tuple[Feed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """Where to sign up for a newsletter."""

    name: str
    url: str


def subscribe_page(config: Config, feeds: Sequence[Feed]) -> bytes:
    """The page on which a person picks one of `feeds` (the site's own first), as a whole HTML document in UTF-8.

    It is the template `subscribe.html` and what a site overrides of it; it links to the list of all feeds, which lies
    beside the site's own feed. Raises TemplateError.
    """
    # Jinja and Babel take a fifth of a second to import, and a build that finds nothing changed needs no page.
    from feeds.theme import make_environment, render_template

    whole, others = feeds[0], feeds[1:]
    page = render_template(
        make_environment(config),
        "subscribe.html",
        whole=whole,
        groups=[group for kind in KINDS if (group := _make_group(kind, others)).shown],
        newsletters=_find_signups(config),
        posts_a_year=_count_a_year(whole),
        latest=whole.entries[:LATEST],
        formats=ALL_FORMATS,
        searchable=len(others) > SHOWN_AT_ONCE,
        opml_url=whole.site_url + OPML_PATH,
    )
    return page.encode()


def _make_group(kind: str, feeds: Sequence[Feed]) -> Group:
    own = sorted((feed for feed in feeds if feed.kind == kind), key=lambda feed: (-feed.total, feed.name.casefold()))
    return Group(kind=kind, shown=tuple(own[:SHOWN_AT_ONCE]), rest=tuple(own[SHOWN_AT_ONCE:]))


def _find_signups(config: Config) -> list[SignUp]:
    return [
        SignUp(name=newsletter.title or config.site.title, url=newsletter.signup)
        for newsletter in config.settings.newsletters.values()
        if newsletter.signup
    ]


def _count_a_year(feed: Feed) -> int | None:
    """How many posts a year a reader may expect, from the entries at hand; None if they say too little."""
    if len(feed.entries) < 2:  # noqa: PLR2004 - one date makes no rate
        return None
    span = feed.entries[0].published - feed.entries[-1].published
    if span < ENOUGH:
        return None
    return max(1, round((len(feed.entries) - 1) * YEAR / span))
