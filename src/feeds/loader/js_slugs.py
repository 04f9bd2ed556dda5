"""Slugs as JavaScript's tools make them: github-slugger (Astro) and @sindresorhus/slugify (Eleventy)."""

from __future__ import annotations

import re
import unicodedata

from text_unidecode import unidecode


def github_slug(text: str) -> str:
    """github-slugger: lower case, spaces to hyphens, punctuation dropped, letters of any script kept.

    >>> github_slug("Hello, World & 2 more_things")
    'hello-world--2-more_things'
    """
    kept = (char for char in text.lower() if char in " -_" or unicodedata.category(char)[0] in "LMN")
    return "".join(kept).replace(" ", "-")


# Where @sindresorhus/transliterate differs from unidecode, as its README and its table have it.
_DIFFERENCES = (
    "ä=ae ö=oe ü=ue Ä=ae Ö=oe Ü=ue ё=yo й=y щ=sch ь= ю=yu я=ya є=ye ґ=g Ё=yo Й=y Щ=sch Ь= Ю=yu Я=ya Є=ye Ґ=g η=i "
    "ή=i Η=i Ή=i υ=y ύ=y ϋ=y ΰ=y Υ=y Ύ=y φ=f Φ=f χ=x Χ=x β=v ξ=ks Ξ=ks ء=e أ=a ؤ=w إ=i ئ=y ا=a ة=t ع=e غ=gh ى=a "
    "ک=k ژ=zh €=e"
)
_LETTERS = str.maketrans(dict(pair.split("=") for pair in _DIFFERENCES.split(" ")))
_LETTERS |= str.maketrans({"🦄": " unicorn ", "♥": " love ", "&": " and "})
# From here on (kana, Han, Hangul …) it knows no letters, and drops them.
_EAST = 0x3000
# slugify 1.6 keeps more than letters and digits, and has words for some signs.
_SIGNS = {"$": "dollar", "%": "percent", "&": "and", "<": "less", ">": "greater", "|": "or", "-": " "}
_DROPPED = re.compile(r"[^A-Za-z0-9_\s$*+~.()'\"!\-:@]+")


def simple_slug(text: str) -> str:
    """@sindresorhus/slugify as Eleventy's `slugify` calls it: words of ASCII letters and digits, joined with hyphens.

    >>> simple_slug("Déjà Vu & FooBar!")
    'deja-vu-and-foobar'
    """
    known = "".join(char for char in text.translate(_LETTERS) if ord(char) < _EAST)
    plain = unidecode(known).lower()
    plain = re.sub(r"([a-z\d]+)'([ts])(?=\s|$)", r"\1\2", plain)
    return re.sub(r"[^a-z\d]+", "-", plain).strip("-")


def loose_slug(text: str) -> str:
    """Slugify on npm, Eleventy's older `slug`.

    >>> loose_slug("Déjà Vu: 50% off & FooBar!")
    'deja-vu:-50percent-off-and-foobar!'
    """
    pieces = (_SIGNS.get(char, char if char.isascii() or ord(char) >= _EAST else unidecode(char)) for char in text)
    kept = "".join(_DROPPED.sub("", piece) for piece in pieces)
    return "-".join(kept.split()).lower()
