"""Which way a post's text runs, said in the entry itself: a reader shows it inside its own page."""

from __future__ import annotations

import re

# ISO 639 languages that are written from right to left unless a script subtag says otherwise (CLDR, likelySubtags).
LANGUAGES = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "pnb", "ps", "sd", "syr", "ug", "ur", "yi"})
SCRIPTS = frozenset({"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})
ENOUGH = 0.2  # of a post's letters, where its language is known: names and terms stay Latin

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_LETTER = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"<(pre|code)\b.*?</\1>|<[^>]*>", re.DOTALL)


def mark_direction(clean: str, *, language: str | None, summary: str) -> str:
    """Clean HTML, in a `dir="rtl"` if its text runs from right to left; where `language` does, a part is enough."""
    # The summary speaks for the post as long as it may be left unread.
    if not _RIGHT_TO_LEFT.search(summary) and not _runs_left(language):
        return clean
    text = _CODE.sub(" ", clean)
    letters = len(_LETTER.findall(text)) or 1
    share = len([letter for letter in _RIGHT_TO_LEFT.findall(text) if letter.isalpha()]) / letters
    if share > 0.5 or (share > ENOUGH and _runs_left(language)):  # noqa: PLR2004 - the larger half
        return f'<div dir="rtl">{clean}</div>'
    return clean


def _runs_left(language: str | None) -> bool:
    subtags = (language or "").lower().replace("_", "-").split("-")
    script = next((subtag for subtag in subtags[1:] if len(subtag) == len("Arab")), None)
    return script in SCRIPTS if script else subtags[0] in LANGUAGES
