"""What stands around the entries of a feed, written once for each shape, as the entries are."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from feeds.feed import jsonfeed, xml
from feeds.feed.moulds import Mould, make_stand_ins, spell_words
from feeds.feed.text import rfc822, rfc3339
from feeds.models import Feed, Person

UPDATED = datetime(1001, 1, 1, tzinfo=UTC)
TTL = 10**15 + 1
FIGURES = (rfc822(UPDATED), rfc3339(UPDATED), str(TTL))


class Shape(NamedTuple):
    """All that a feed says of itself but for its words; `there` says which of its values are not empty."""

    authors: int
    there: tuple[bool, ...]


def write_frames(feed: Feed, names: tuple[str, ...]) -> list[tuple[bytes, bytes]]:
    """What comes before and after the entries in the feed's document of each of these formats."""
    values = [
        rfc822(feed.updated),
        rfc3339(feed.updated),
        str(feed.ttl or ""),
        feed.title,
        feed.description,
        feed.home_page_url,
        feed.id,
        feed.language,
        feed.rights or "",
        feed.icon or "",
        feed.logo or "",
        xml.find_channel_image(feed) or "",
        feed.hub or "",
        *(feed.urls[name] for name in names),
    ]
    for author in feed.authors:
        values += (author.name, author.email or "", author.url or "")
    words = spell_words(values)
    cast = cast_moulds(Shape(len(feed.authors), tuple(map(bool, values))), names)
    return [(mould.fill(words), tail) for mould, tail in cast]


@lru_cache(maxsize=1024)
def cast_moulds(shape: Shape, names: tuple[str, ...]) -> list[tuple[Mould, bytes]]:
    """What comes before the entries in feeds of that shape but for their words, and what comes after."""
    feed, image = put_together(shape, names)
    write = {
        "rss": lambda: xml.frame_rss(feed, image),
        "atom": lambda: xml.frame_atom(feed),
        "json": lambda: jsonfeed.frame(feed),
    }
    frames = [write[name]() for name in names]
    return [(Mould(head, len(shape.there), FIGURES), tail) for head, tail in frames]


def put_together(shape: Shape, names: tuple[str, ...]) -> tuple[Feed, str]:
    """A feed of that shape and its channel's image, with stand-ins for all values in the order of `write_frames`."""
    rest = iter(make_stand_ins(shape.there)[len(FIGURES) :])
    take = rest.__next__
    title, description, home_page_url, id_, language, rights, icon, logo, image, hub = (take() for _ in range(10))
    feed = Feed(
        kind="",
        name="",
        path="",
        title=title,
        description=description,
        home_page_url=home_page_url,
        updated=UPDATED,
        urls={name: take() for name in names},
        id=id_,
        language=language,
        authors=tuple(Person(name=take(), email=take(), url=take()) for _ in range(shape.authors)),
        rights=rights,
        icon=icon,
        logo=logo,
        hub=hub,
        ttl=TTL if shape.there[2] else None,
    )
    return feed, image
