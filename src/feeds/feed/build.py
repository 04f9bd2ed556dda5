"""A plan and the rendered entries become a `Feed`."""

from __future__ import annotations

import dataclasses
import re
import textwrap
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from feeds.feed.layout import place_feed
from feeds.feed.text import clean_line, clean_name, clean_text, whole_seconds
from feeds.models import Entry, Feed, Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeds.config import Config
    from feeds.selection import FeedPlan

# What a feed without entries says of its last change; the time of the build would change the file at every run, and
# the feed validator finds the start of the epoch implausible.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
TITLE_LENGTH = 80
# As browsers have it in `<input type=email>` (the HTML standard), but with a dot in the domain.
EMAIL = re.compile(r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+")
WEB_ADDRESS = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?([/?#][^\s<>]*)?", re.IGNORECASE)
SIGNS = {"\ufffd": "&#xFFFD;", "\\": "&#92;"}
URL_SIGNS = "/:?#[]@!$&'()*+,;=%~"


def build_feed(config: Config, plan: FeedPlan, entries: Mapping[str, Entry]) -> Feed:
    """The feed of `plan`, with the entries of its posts by their `source`, in the plan's order.

    An entry that names no author gets the site's (RFC 4287 section 4.1.1 wants one on every entry), one without a title
    the start of its summary. With `content = "summary"` no entry has content. Raises ConfigError without a site URL.
    """
    return build_entry_feed(config, plan, (entries[post.source] for post in plan.posts if post.source in entries))


def build_entry_feed(config: Config, plan: FeedPlan, entries: Iterable[Entry], *, first_url: str | None = None) -> Feed:
    """The feed of `plan` with just these entries, in their order, whatever its posts are. Otherwise as `build_feed`."""
    return assemble_feed(config, plan, (finish_entry(config, entry) for entry in entries), first_url=first_url)


def finish_entry(config: Config, entry: Entry) -> Entry:
    """The entry as every feed of the site shows it; `build_feed` says what that is."""
    summary = clean_text(entry.summary).strip() or clean_line(entry.title)
    full = config.settings.feeds.content == "full"
    return dataclasses.replace(
        entry,
        title=clean_line(entry.title) or textwrap.shorten(summary, TITLE_LENGTH, placeholder=" …") or entry.url,
        summary=summary,
        content=_refer_to_signs(entry.content) if full else "",
        published=whole_seconds(entry.published),
        updated=whole_seconds(max(entry.updated, entry.published)),
        authors=tuple(map(_clean_person, entry.authors)) or _find_authors(config),
        tags=_clean_names(entry.tags),
        categories=_clean_names(entry.categories),
    )


def assemble_feed(config: Config, plan: FeedPlan, entries: Iterable[Entry], *, first_url: str | None = None) -> Feed:
    """The feed of `plan` with just these entries, which are finished. Raises ConfigError without a site URL.

    Its id (RFC 4287 section 4.2.6) is the address of its Atom on the site as it was first published, at `first_url`.
    """
    site_url = config.require_url()
    site, settings = config.site, config.settings.feeds
    chosen = tuple(entries)
    patterns: dict[str, dict[str, str]] = {kind: dict(paths.items()) for kind, paths in settings.paths.items()}
    places = place_feed(
        layout=settings.layout,
        kind=plan.kind,
        name=plan.name,
        folder=plan.path,
        formats=settings.formats,
        patterns=patterns,
    )
    return Feed(
        kind=plan.kind,
        name=plan.name,
        path=plan.path,
        title=clean_line(plan.title),
        description=clean_line(plan.description or plan.title),
        home_page_url=plan.home_page_url or site_url,
        updated=max((entry.updated for entry in chosen), default=NEVER),
        urls={name: site_url + quote(place.address) for name, place in places.items()},
        files={name: place.file for name, place in places.items()},
        site_url=site_url,
        id=(first_url or site_url) + quote(places["atom"].address) if "atom" in places else "",
        entries=chosen,
        total=plan.total,
        language=plan.language or site.language,
        authors=_find_authors(config),
        rights=clean_line(site.rights) if site.rights else None,
        icon=site.icon,
        logo=site.logo,
        hub=settings.hub,
        ttl=settings.ttl,
        full_content=settings.content == "full",
    )


def _find_authors(config: Config) -> tuple[Person, ...]:
    return tuple(map(_clean_person, config.site.authors)) or (Person(name=clean_name(config.site.title)),)


def _refer_to_signs(content: str) -> str:
    """`content` with references for the two characters that others read as something else.

    The feed validator, as many a reader, takes U+FFFD for a mistake in decoding. Readers that keep entries as lines of
    text, as sfeed does, write a tab as a backslash and a `t`, and whoever undoes that meets the code in a post.
    """
    for sign, reference in SIGNS.items():
        if sign in content:  # which takes a fifth of the time that `replace` takes to find that out
            content = content.replace(sign, reference)
    return content


@lru_cache(maxsize=4096)
def _clean_person(person: Person) -> Person:
    """The person with just those addresses that RFC 4287 section 3.2 lets stand; data files hold handles and worse."""
    email = person.email if person.email and EMAIL.fullmatch(person.email) else None
    url = person.url if person.url and WEB_ADDRESS.fullmatch(person.url) else None
    return Person(name=clean_name(person.name), email=email, url=quote(url, safe=URL_SIGNS) if url else None)


@lru_cache(maxsize=4096)
def _clean_names(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(clean_line, names))))
