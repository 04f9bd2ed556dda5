"""Shorter texts: whole sentences where they fit, else whole words."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate

from feeds.theme import display_width

SENTENCE_END = re.compile(
    r"""
    (?<![\s.(][^\W\d_])  # no initial or one-letter abbreviation before it
    [.!?…؟]['"”’»)]*\s+  # the mark, perhaps within quotation marks, and a space
    (?=["'“„«‘(]?[^\Wa-zß-öø-ÿа-я_])  # then a capital, or a letter of a script without them
    | [。！？]  # a mark that needs no space
    """,
    re.VERBOSE,
)


def shorten_to_sentences(text: str, *, sentences: int, columns: int) -> str:
    """The first sentences of `text` that fit into so many columns, a wide character taking two of them.

    If not even one fits, it is the first nevertheless where it is longer by a quarter at most, for a whole sentence
    reads better than a part of one; else the first words with an ellipsis.
    """
    text = " ".join(text.split())
    ends = [match.end() for match in SENTENCE_END.finditer(text)] + [len(text)]
    widths = [display_width(text[:end].rstrip()) for end in ends[:sentences]]
    fitting = sum(width <= columns for width in widths) or int(widths[0] <= columns * 1.25)
    if fitting:
        return text[: ends[fitting - 1]].rstrip()
    room = list(accumulate(map(display_width, text)))
    return shorten_to_words(text, bisect_right(room, columns))


def shorten_to_words(text: str, characters: int) -> str:
    """`text` on one line of at most so many characters, cut between words and ended with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= characters:
        return text
    cut = text[: characters - 1]
    space = cut.rfind(" ")
    # A script without spaces, or a very long word, is cut between characters, but never before a mark that
    # joins.
    if space >= characters // 2:
        cut = cut[:space]
    else:
        while cut and (
            unicodedata.combining(text[len(cut)]) or text[len(cut)] in "\u200d\ufe0f" or cut[-1] == "\u200d"
        ):
            cut = cut[:-1]
    return cut.rstrip(" ,;:.–—-") + "…"
