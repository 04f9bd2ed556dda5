"""Plain text in lines of a width, measured in columns as a terminal or a mail program shows them."""

from __future__ import annotations

import re
import unicodedata

# White space as HTML collapses it (HTML section 13.1.2): a no-break space, which French has before some marks, is none.
BREAKS = re.compile(r"[ \t\n\r\f\v\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+")
# A line of Chinese or Japanese breaks anywhere, but best after these, and never before a closing one.
BREAK_AFTER = frozenset("、。，．！？：；」』）】》〉〕・")
# An address between its delimiters, or anything else of which a line may hold parts.
RUN = re.compile(r"<[a-z]+:[^<>\s]+>|.", re.DOTALL)
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
    an address, stands whole on a line of its own; among wide characters, which have no spaces, a line breaks where it
    must.
    """
    lines: list[str] = []
    start = indent if first is None else first
    line = ""
    for word in _split_words(text, width):
        for glue, piece in _pieces(word, width - display_width(indent)):
            joined = f"{line}{glue if line else ''}{piece}"
            if line and display_width(start + joined) > width:
                lines.append(start + line)
                start, line = indent, piece
            else:
                line = joined
    lines.append(start + line)
    return "\n".join(line.rstrip() for line in lines)


def _split_words(text: str, width: int) -> list[str]:
    """The words of `text` in turn; those that a no-break space holds together are one, if they fit into `width`."""
    words: list[str] = []
    for word in BREAKS.split(text):
        words += [word] if display_width(word) <= width else word.split()
    return [word for word in words if word.strip()]


def _pieces(word: str, room: int) -> list[tuple[str, str]]:
    """The word as (what joins it to the text before, piece): several pieces if it is wide and may break."""
    if display_width(word) == len(word):
        return [(" ", word)]
    pieces: list[str] = [""]
    for run in _split_runs(word):
        last = pieces[-1]
        ended = last[-1:] in BREAK_AFTER
        if run not in BREAK_AFTER and (ended or display_width(last + run) > room):
            pieces.append("")
        pieces[-1] += run
    return [(" " if number == 0 else "", piece) for number, piece in enumerate(pieces)]


def _split_runs(word: str) -> list[str]:
    """The word between whose parts a line may break: wide characters one by one, and what is between them whole."""
    runs: list[str] = []
    wide = True
    for run in RUN.findall(word):
        before, wide = wide, len(run) == 1 and display_width(run) > 1
        if runs and (unicodedata.combining(run[0]) or not (before or wide)):
            runs[-1] += run
        else:
            runs.append(run)
    return runs
