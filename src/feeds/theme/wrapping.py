"""Plain text in lines of a width, measured in columns as a terminal or a mail program shows them."""

from __future__ import annotations

import re
import unicodedata

# White space as HTML collapses it (HTML section 13.1.2): a no-break space, which French has before some marks, is none.
BREAKS = re.compile(r"[ \t\n\r\f\v\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+")
# Chinese characters, kana and their punctuation, between which a line may break (UAX 14, ID); Korean breaks at spaces.
WIDE = "\u2e80-\u312f\u31a0-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U0001f200-\U0001f2ff\U00020000-\U0003ffff"
ADDRESS = r"<[a-z]+:[^<>\s]+>"  # between its delimiters
RUN = re.compile(f"{ADDRESS}|[{WIDE}]|(?:(?!{ADDRESS})[^{WIDE}])+", re.DOTALL)
# It breaks best after the first of these; none of the second may begin it, nor one of the third end it.
BREAK_AFTER = frozenset("、。，．！？：；」』）")
NEVER_FIRST = BREAK_AFTER | frozenset(
    "」』）】》〉〕］｝・…‥ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ)]},.!?:;%”’"
)
NEVER_LAST = frozenset("「『（【《〈〔［｛([{“‘")
# How much of a line is filled before it breaks at a mark or a space rather than within a clause.
FILLED = 1 / 3
# Signs, other than letters and numbers, at which a mail program that makes links of plain text lets an address end.
CLEAR_END = frozenset("/=&#+$@%")


def delimit_url(url: str) -> str:
    """The address, between `<` and `>` if a reader of plain text could not tell where it ends (RFC 3986 appendix C).

    Mail programs leave a mark or a bracket at the end out of the link, and so cut an address that ends in one.
    """
    return url if url[-1:] in CLEAR_END or unicodedata.category(url[-1:] or " ")[0] in "LMNZ" else f"<{url}>"


def display_width(text: str) -> int:
    """The columns that `text` takes: two for a wide character, none for a combining one (UAX 11)."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def collapse_spaces(text: str) -> str:
    """`text` as HTML shows it: white space of any length is one space, and a no-break space stays."""
    return BREAKS.sub(" ", text)


def wrap_text(text: str, width: int = 72, indent: str = "", first: str | None = None) -> str:
    """`text` as lines of at most `width` columns, each begun with `indent`, the first one with `first`.

    White space is collapsed, but a space that must not break a line stays. A word that is longer than a line, such as
    an address, stands whole on a line of its own. Chinese and Japanese have no spaces: their lines are filled and break
    where they may, after a mark if one stands near the end.
    """
    lines: list[str] = []
    start = indent if first is None else first
    line: list[str] = []
    used = display_width(start)
    for word in _split_words(text, width):
        for number, unit in enumerate(_split_units(word)):
            piece = f" {unit}" if line and number == 0 else unit
            if line and used + display_width(piece) > width:
                kept, rest = _break_at_mark(line, int(width * FILLED) - display_width(start))
                if number == 0 or display_width("".join([indent, *rest, piece])) > width:
                    kept, rest = line, []
                lines.append(start + "".join(kept))
                start, line = indent, rest
                used = display_width("".join([start, *line]))
            line.append(piece if line else unit)
            used += display_width(line[-1])
    lines.append(start + "".join(line))
    return "\n".join(line.rstrip() for line in lines)


def _break_at_mark(line: list[str], room: int) -> tuple[list[str], list[str]]:
    """The pieces of a line up to its last mark or space beyond `room` columns, and the others; all if there is none."""
    for end in range(len(line), 0, -1):
        if display_width("".join(line[:end])) < room:
            break
        if line[end - 1][-1] in BREAK_AFTER or "".join(line[end : end + 1]).startswith(" "):
            return line[:end], ["".join(line[end:]).lstrip()] if line[end:] else []
    return line, []


def _split_words(text: str, width: int) -> list[str]:
    """The words of `text` in turn; those that a no-break space holds together are one, if they fit into `width`."""
    words: list[str] = []
    for word in BREAKS.split(text):
        words += [word] if display_width(word) <= width else word.split()
    return [word for word in words if word.strip()]


def _split_units(word: str) -> list[str]:
    """The parts of the word between which a line may break: wide characters with their marks, and all between them."""
    units: list[str] = []
    for run in RUN.findall(word):
        if units and (run[0] in NEVER_FIRST or units[-1][-1] in NEVER_LAST or unicodedata.category(run[0])[0] == "M"):
            units[-1] += run
        else:
            units.append(run)
    return units
