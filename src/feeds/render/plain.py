"""Clean HTML as plain text: for summaries, word counts and fingerprints."""

from __future__ import annotations

import html
import re

_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|br|caption|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li"
    r"|main|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b[^>]*>"
)
_BLANKS = re.compile(r"[^\S\xa0\u202f]+")
_TAG = re.compile(r"<[^>]*>")
_TAG_IN_BYTES = re.compile(rb"<[^>]*>")
# Each byte of a word is then one, and all else nothing.
_LETTERS = bytes(byte not in b" \t\n\r\x0b\x0c" for byte in range(256))
# Scripts that put no spaces between words: each character counts as a word, as word processors do.
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Bytes of UTF-8 for each character, above which it is worth looking for those scripts, whose characters take three.
_MANY_BYTES = 1.2


def extract_text(clean: str) -> str:
    """The text of HTML that the cleaner made, on one line, a space wherever a block begins or ends."""
    return join_words(html.unescape(_TAG.sub("", _BLOCK.sub(" ", clean))))


def join_words(text: str) -> str:
    """`text` on one line with one space between words; a no-break space in it stays one."""
    if "\xa0" in text or "\u202f" in text:
        return _BLANKS.sub(" ", text).strip()
    return " ".join(text.split())


def count_words(clean: str) -> int:
    """The number of words in HTML that the cleaner made; each character is one where a script parts no words."""
    encoded = clean.encode("utf-8")
    if not parts_words(clean, encoded):
        encoded = _UNSPACED.sub(" x ", clean).encode("utf-8")
    return count_parted(_TAG_IN_BYTES.sub(b"", encoded))


def parts_words(clean: str, encoded: bytes) -> bool:
    """Whether HTML, given in UTF-8 too, is of scripts that put spaces between words, but for a few."""
    return len(encoded) <= _MANY_BYTES * len(clean)


def count_parted(text: bytes) -> int:
    """The number of words in a text in UTF-8, without tags, of such scripts."""
    # As one large number the text is compared with itself a byte further on: a word differs where it begins and where
    # it ends. That takes two thirds of the time of looking for its beginnings, and a third of that of a list of words.
    letters = int.from_bytes(text.translate(_LETTERS), "little")
    return (letters ^ (letters << 8)).bit_count() // 2
