"""What the entries of one shape have in common is written once, with stand-ins; the words of each are put into it.

Most entries of a blog differ in their words alone: each has one author, three tags and a picture. To have feedgen make
their elements, and lxml a document of these, takes ten times as long as to put words where they belong.

A stand-in holds two signs that a place may not take as they are, and how these were written there tells how words are.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from feeds.feed import jsonfeed, xml
from feeds.feed.text import SEPARATOR, encode_texts, rfc822, rfc3339
from feeds.models import Enclosure, Entry, Image, Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.models import Feed

STAND_IN = '\ue000%d"&\ue001'
PLACE = re.compile(rb"\xee\x80\x80(\d+)(.+?)\xee\x80\x81")
# How words are written where the two signs are written so: what is replaced by what, one after the other.
SPELLINGS: dict[bytes, tuple[tuple[bytes, bytes], ...]] = {
    b'"&amp;': ((b"&", b"&amp;"), (b"<", b"&lt;"), (b">", b"&gt;"), (b"\r", b"&#13;")),
    b'\\"&': ((b"\\", b"\\\\"), (b'"', b'\\"'), (b"\n", b"\\n"), (b"\r", b"\\r"), (b"\t", b"\\t")),
    b'"&#x26;': ((b"&", b"&#x26;"), (b"<", b"&#x3C;"), (b">", b"&#x3E;"), (b"\r", b"&#13;")),
    b'"&amp;amp;': ((b"&", b"&amp;amp;"), (b"<", b"&amp;lt;"), (b">", b"&amp;gt;"), (b"\r", b"&#13;")),
}
ATTRIBUTE = ((b'"', b"&quot;"), (b"\t", b"&#9;"), (b"\n", b"&#10;"))
SPELLINGS[b"&quot;&amp;"] = (*SPELLINGS[b'"&amp;'], *ATTRIBUTE)
SPELLINGS[b"&quot;&#x26;"] = (*SPELLINGS[b'"&#x26;'], *ATTRIBUTE)
WAYS = list(SPELLINGS)
CONTENT_WAYS = WAYS[:2]  # as the text of an element and as a string of JSON
# Moments and sizes cannot be such stand-ins. They are the first of an entry's values, known by how they are written.
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


class Mould:
    """An entry of some shape as a feed of one format has it, with places for words."""

    def __init__(self, written: bytes, count: int) -> None:
        """`written` has stand-ins, for the content number 0, for `count` values those that follow."""
        for number, figure in enumerate(FIGURES, start=1):
            written = written.replace(figure.encode(), (STAND_IN % number).encode().replace(b"&", b"&amp;"))
        fixed = PLACE.split(written)
        numbers, ways = fixed[1::3], fixed[2::3]
        del fixed[2::3]
        self._parts = fixed
        self._pick = itemgetter(
            *(WAYS.index(way) * (count + 1) + int(number) for number, way in zip(numbers, ways, strict=True))
        )

    def fill(self, words: Sequence[bytes]) -> bytes:
        """The entry with these words, which `spell_words` has made."""
        parts = self._parts.copy()
        parts[1::2] = self._pick(words)
        return b"".join(parts)


def write_entry(feed: Feed, entry: Entry, names: tuple[str, ...]) -> list[bytes]:
    """The bytes of a finished entry in each of these formats."""
    shape, values = take_apart(feed, entry)
    words = spell_words(entry.content, values)
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
    return [Mould(written[name](), len(shape.there)) for name in names]


def spell_words(content: str, values: Sequence[str]) -> list[bytes]:
    """The content and the values in each of the ways in which a place may want them, way by way."""
    body, joined = encode_texts((content,)), encode_texts(values)
    words = []
    for way, pairs in SPELLINGS.items():
        words.append(_replace(body, pairs) if way in CONTENT_WAYS else b"")
        words += _replace(joined, pairs).split(SEPARATOR)
    return words


def _replace(raw: bytes, pairs: tuple[tuple[bytes, bytes], ...]) -> bytes:
    for sign, written in pairs:
        raw = raw.replace(sign, written)
    return raw


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
    marks = [STAND_IN % number if there else "" for number, there in enumerate(shape.there, start=1)]
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
        content=STAND_IN % 0 if shape.content else "",
        authors=authors,
        tags=tuple(names[number] for number in shape.tags),
        categories=tuple(names[number] for number in shape.categories),
        language=language,
        image=image,
        enclosure=enclosure,
    )
