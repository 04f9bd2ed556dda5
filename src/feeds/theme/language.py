"""Dates, numbers, lists and phrases as the site's language has them: Babel's home."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

FALLBACK = "en"
# Chinese in the traditional script, by its name or by the places that write it, and the Portuguese of all the world but
# Brazil (CLDR's parent locales).
VARIANTS = {
    "zh-hant": re.compile(r"zh-(?:hant|tw|hk|mo)\b", re.IGNORECASE),
    "pt-pt": re.compile(r"pt-(?!br\b)[a-z]{2}\b", re.IGNORECASE),
}
# The digits of the numbering systems that CLDR names for a language or its place, where Babel writes 0 to 9.
DIGITS = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}
CATALOGUES = ("phrases.toml", "page.toml")  # what the digest says, and what the subscribe page says


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: `tag` is its BCP 47 tag, `direction` is `ltr` or `rtl`, dates are shown in `zone`."""

    tag: str
    direction: Literal["ltr", "rtl"]
    locale: Locale
    zone: ZoneInfo
    phrases: Mapping[str, Any]

    def date(self, moment: datetime, style: str = "long") -> str:
        """The day of `moment` in the site's zone; `style` is Babel's: full, long, medium, short, a pattern."""
        return self._write_digits(format_date(moment.astimezone(self.zone).date(), style, self.locale))

    def number(self, value: float) -> str:
        """A number with the language's digits, separators and grouping."""
        return self._write_digits(format_decimal(value, locale=self.locale, numbering_system="default"))

    def plural(self, value: float, **forms: str) -> str:
        """The one of `forms` (zero, one, two, few, many, other; CLDR's names) that goes with `value`.

        >>> make_language("en", "UTC").plural(2, one="post", other="posts")
        'posts'
        """
        return forms.get(self.locale.plural_form(value)) or forms["other"]

    def join(self, facts: Iterable[str]) -> str:
        """Short facts on one line, with a middle dot between two, which never begins a line.

        A mark after the dot (U+200F, U+200E) keeps a number apart from a name before it that runs the other way.
        """
        facts = list(facts)
        mixed = any(unicodedata.bidirectional(sign) in {"R", "AL"} for fact in facts for sign in fact)
        mark = "\u200f" if self.direction == "rtl" else "\u200e" if mixed else ""
        return f"\xa0·{mark} ".join(facts)

    def listing(self, names: Iterable[str]) -> str:
        """Names as a sentence joins them: `A, B and C`."""
        return format_list(list(names), locale=self.locale)

    def say(self, phrase: str, /, count: float | None = None, **values: str) -> str:
        """The phrase of that key, `{values}` filled in; `{count}` is a number that chooses its plural.

        Raises LookupError if there is no such phrase or one of its values is missing.
        """
        text = self.phrases[phrase]
        if count is not None:
            values["count"] = self.number(count)
            text = text if isinstance(text, str) else self.plural(count, **text)
        return str(text).format_map(values)

    def _write_digits(self, text: str) -> str:
        digits = DIGITS.get(self.locale.default_numbering_system)
        return text.translate(str.maketrans("0123456789", digits)) if digits else text


def make_language(tag: str, zone: str) -> Language:
    """The language of a BCP 47 tag; an unknown one is written as English under its own tag.

    Where the phrases are not translated, dates and numbers are English too, so that a line is in one
    language.
    """
    catalogue = _read_phrases()
    wanted = tag.replace("_", "-")
    primary = wanted.partition("-")[0].lower()
    if primary not in catalogue:
        wanted = primary = FALLBACK
    variant = next((name for name, pattern in VARIANTS.items() if pattern.match(wanted)), primary)
    try:
        locale = Locale.parse(wanted, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(primary, sep="-")
    return Language(
        tag=tag,
        direction="rtl" if locale.text_direction == "rtl" else "ltr",
        locale=locale,
        zone=ZoneInfo(zone),
        phrases=catalogue[FALLBACK] | catalogue[primary] | catalogue[variant],
    )


def is_right_to_left(tag: str) -> bool:
    """Whether text in the language of this BCP 47 tag runs from right to left."""
    try:
        return Locale.parse(tag.replace("_", "-"), sep="-").text_direction == "rtl"
    except (UnknownLocaleError, ValueError):
        return False


@cache
def _read_phrases() -> dict[str, dict[str, Any]]:
    catalogue: dict[str, dict[str, Any]] = {}
    for name in CATALOGUES:
        for tag, phrases in tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8")).items():
            catalogue.setdefault(tag, {}).update(phrases)
    return catalogue
