"""An entry as bytes: those of one shape are written once, by way of feedgen, and the words of each are put into that.

Most entries of a blog differ in their words alone: each has one author, three tags and a picture.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from feeds.feed import jsonfeed, xml
from feeds.feed.moulds import CONTENT, Mould, make_stand_ins, spell_words
from feeds.feed.text import encode_texts, rfc822, rfc3339
from feeds.models import Enclosure, Entry, Image, Person

if TYPE_CHECKING:
    from feeds.models import Feed

# What stands for moments and sizes, which are the first of an entry's values.
PUBLISHED, UPDATED = datetime(1001, 1, 1, tzinfo=UTC), datetime(1002, 2, 2, tzinfo=UTC)
SIZES = tuple(range(10**15 + 1, 10**15 + 5))
FIGURES = (rfc822(PUBLISHED), rfc3339(PUBLISHED), rfc3339(UPDATED), *map(str, SIZES))


class Shape(NamedTuple):
    """All that an entry is but for its words.

    `tags` and `categories` say which of the entry's names they are, `there` which of its values are not empty.
    """

    content: bool
    permanent: bool
    like_html: bool
    image: bool
    enclosure: bool
    authors: int
    tags: tuple[int, ...]
    categories: tuple[int, ...]
    there: tuple[bool, ...]


def write_entry(feed: Feed, entry: Entry, names: tuple[str, ...], content: bytes | None = None) -> list[bytes]:
    """The bytes of a finished entry in each of these formats.

    `content` is the entry's, in UTF-8 and without what XML forbids, from whoever has it so.
    """
    shape, values = take_apart(feed, entry)
    words = spell_words(values, encode_texts((entry.content,)) if content is None else content)
    return [mould.fill(words) for mould in cast_moulds(shape, names)]


@lru_cache(maxsize=1024)
def cast_moulds(shape: Shape, names: tuple[str, ...]) -> list[Mould]:
    """What the entries of that shape are in each of the formats but for their words."""
    site_url, entry = put_together(shape)
    written = {
        "rss": lambda: xml.write_item(site_url, entry),
        "atom": lambda: xml.write_entry(site_url, entry, like_html=shape.like_html),
        "json": lambda: jsonfeed.write_item(entry),
    }
    return [Mould(written[name](), len(shape.there), FIGURES) for name in names]


def take_apart(feed: Feed, entry: Entry) -> tuple[Shape, list[str]]:
    """The entry's shape, and its values, but for the content."""
    image, enclosure = entry.image, entry.enclosure
    sizes = (image.length, image.width, image.height) if image else (0, 0, 0)
    names = (*entry.tags, *entry.categories)
    values = [
        rfc822(entry.published),
        rfc3339(entry.published),
        rfc3339(entry.updated),
        *(str(size or "") for size in (*sizes, enclosure.length if enclosure else 0)),
        feed.site_url,
        entry.id,
        entry.url,
        entry.title,
        entry.summary,
        (entry.language or "") if entry.language != feed.language else "",
    ]
    if image:
        values += (image.url, image.alt, image.type or "")
    if enclosure:
        values += (enclosure.url, enclosure.type)
    for author in entry.authors:
        values += (author.name, author.email or "", author.url or "")
    values += names
    shape = Shape(
        content=bool(entry.content),
        permanent=entry.id == entry.url,
        like_html=xml.is_like_html(entry.summary),
        image=image is not None,
        enclosure=enclosure is not None,
        authors=len(entry.authors),
        tags=tuple(map(names.index, entry.tags)),
        categories=tuple(map(names.index, entry.categories)),
        there=tuple(map(bool, values)),
    )
    return shape, values


def put_together(shape: Shape) -> tuple[str, Entry]:
    """The site's address and an entry of that shape, with stand-ins for all values, in the order of `take_apart`."""
    marks = make_stand_ins(shape.there)
    length, width, height, size = (
        size if mark else 0 for size, mark in zip(SIZES, marks[3 : len(FIGURES)], strict=True)
    )
    rest = iter(marks[len(FIGURES) :])
    take = rest.__next__
    site_url, id_, url, title, summary, language = (take() for _ in range(6))
    image = enclosure = None
    if shape.image:
        image = Image(url=take(), alt=take(), type=take(), width=width, height=height, length=length)
    if shape.enclosure:
        enclosure = Enclosure(url=take(), type=take(), length=size)
    authors = tuple(Person(name=take(), email=take(), url=take()) for _ in range(shape.authors))
    names = list(rest)
    return site_url, Entry(
        id=url if shape.permanent else id_,
        source="",
        url=url,
        title=title,
        published=PUBLISHED,
        updated=UPDATED,
        summary=summary,
        content=CONTENT if shape.content else "",
        authors=authors,
        tags=tuple(names[number] for number in shape.tags),
        categories=tuple(names[number] for number in shape.categories),
        language=language,
        image=image,
        enclosure=enclosure,
    )
