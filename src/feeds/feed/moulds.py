"""Bytes with places for words: what many entries or feeds have in common is written once, with stand-ins.

To have feedgen make the elements of each, and lxml a document of these, takes ten times as long as to put words where
they belong. A stand-in holds two signs that a place may not take as they are, and how these were written there tells
how words are.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

from feeds.feed.text import SEPARATOR, encode_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STAND_IN = '\ue000%d"&\ue001'
CONTENT = STAND_IN % 0
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


class Mould:
    """What some have in common, with places for the words of each."""

    def __init__(self, written: bytes, count: int, figures: Iterable[str]) -> None:
        """`written` has stand-ins, for the content number 0, for `count` values those that follow.

        The first of the values cannot be such stand-ins, being moments or sizes; `figures` is what stands for them.
        """
        for number, figure in enumerate(figures, start=1):
            written = written.replace(figure.encode(), (STAND_IN % number).encode().replace(b"&", b"&amp;"))
        parts = PLACE.split(written)
        numbers, ways = parts[1::3], parts[2::3]
        del parts[2::3]
        self._parts = parts
        self._pick = itemgetter(
            *(WAYS.index(way) * (count + 1) + int(number) for number, way in zip(numbers, ways, strict=True))
        )

    def fill(self, words: Sequence[bytes]) -> bytes:
        """The whole with these words, which `spell_words` has made."""
        parts = self._parts.copy()
        parts[1::2] = self._pick(words)
        return b"".join(parts)


def make_stand_ins(there: Iterable[bool]) -> list[str]:
    """A stand-in for each value that is there."""
    return [STAND_IN % number if one else "" for number, one in enumerate(there, start=1)]


def spell_words(values: Sequence[str], content: bytes = b"") -> list[bytes]:
    """The content, as `encode_texts` makes it, and the values in each of the ways that a place may want, way by way."""
    joined = encode_texts(values)
    plain = joined.split(SEPARATOR)
    words = []
    for way, pairs in SPELLINGS.items():
        words.append(_replace(content, pairs) if way in CONTENT_WAYS else b"")
        spelled = _replace(joined, pairs)
        words += plain if spelled is joined else spelled.split(SEPARATOR)
    return words


def _replace(raw: bytes, pairs: tuple[tuple[bytes, bytes], ...]) -> bytes:
    for sign, written in pairs:
        raw = raw.replace(sign, written)
    return raw
