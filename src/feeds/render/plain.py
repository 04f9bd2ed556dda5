"""Clean HTML as plain text: for summaries, word counts and fingerprints."""

from __future__ import annotations

import html
import re

_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|br|caption|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li"
    r"|main|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
# Scripts that put no spaces between words: each character counts as a word, as word processors do.
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def extract_text(clean: str) -> str:
    """The text of HTML that the cleaner made, on one line, a space wherever a block begins or ends."""
    return " ".join(html.unescape(_TAG.sub("", _BLOCK.sub(" ", clean))).split())


def count_words(clean: str) -> int:
    """The number of words in HTML that the cleaner made; each character is one where a script parts no words."""
    text = _TAG.sub("", clean)
    if not text.isascii() and _UNSPACED.search(text):
        text = _UNSPACED.sub(" x ", text)
    return len(text.split())
