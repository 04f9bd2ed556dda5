"""Slugs as JavaScript's tools make them: github-slugger (Astro) and @sindresorhus/slugify (Eleventy)."""

from __future__ import annotations

import re
import unicodedata


def github_slug(text: str) -> str:
    """github-slugger: lower case, spaces to hyphens, punctuation dropped, letters of any script kept.

    >>> github_slug("Hello, World & 2 more_things")
    'hello-world--2-more_things'
    """
    return "".join(char for char in text.lower() if char in " -_" or _is_letter(char)).replace(" ", "-")


def _is_letter(char: str) -> bool:
    """Whether it is a letter, a mark or a digit; a fraction or a raised number is none, a circled letter is one."""
    category = unicodedata.category(char)
    return category[0] in "LM" or category in {"Nd", "Nl"} or "ⓐ" <= char <= "ⓩ"


# Where @sindresorhus/transliterate differs from unidecode, as its README and its table have it.
_DIFFERENCES = (
    "ä=ae ö=oe ü=ue Ä=ae Ö=oe Ü=ue ё=yo й=y щ=sch ь= ю=yu я=ya є=ye ґ=g Ё=yo Й=y Щ=sch Ь= Ю=yu Я=ya Є=ye Ґ=g η=i "
    "ή=i Η=i Ή=i υ=y ύ=y ϋ=y ΰ=y Υ=y Ύ=y φ=f Φ=f χ=x Χ=x β=v ξ=ks Ξ=ks ء=e أ=a ؤ=w إ=i ئ=y ا=a ة=t ع=e غ=gh ى=a "
    "ک=k ژ=zh ٹ=t ڈ=d ڑ=r ں=n ھ=h ے=e €=e £= ₽=p ₹=r ₺=l թ=t ե=ye ը=y ճ=tch ո=vo չ=ch ռ=r ց=c փ=p ք=q և=yev თ=t "
    "ფ=ph ქ=q ღ=gh ყ=k ჩ=ch ც=ts ძ=dz წ=ts ჭ=tch ხ=kh"
)
_LETTERS = str.maketrans(dict(pair.split("=") for pair in _DIFFERENCES.split(" ")))
_LETTERS |= str.maketrans({"🦄": " unicorn ", "♥": " love ", "&": " and "})
# The scripts that it knows, without their letters that it does not; all else parts words, also within one.
_KNOWN = re.compile(
    "[À-ÖØ-öø-ķĹ-ľŁ-ňŌ-őŔ-ťŨ-žƠơƯưǍ-ǜǞ-ǡǦ-ǭǴǵǸ-ǻȀ-țȞȟȦ-ȳḀ-ẙẛẠ-ỹΆ-ώА-яЁЄІЇЉЊёєіїљњҐґԱ-ևء-غف-ي٠-٩۰-۹ٹپچڈڑژکگہیےა-ჰ]"
)
_CIRCLED = re.compile("[①-ⓩ]")
# Arabic vowel signs are not written.
_VOWELS = re.compile("[\u064b-\u0652]")
# slugify 1.6 keeps more than letters and digits, and has words for some signs.
_SIGNS = {"$": "dollar", "%": "percent", "&": "and", "<": "less", ">": "greater", "|": "or", "-": " ", "–": " "}
_DROPPED = re.compile(r"[^A-Za-z0-9_\s$*+~.()'\"!\-:@]+")
_OTHERWISE = (
    "đ=dj ё=yo є=ye ћ=c џ=dz й=j х=h ц=c щ=sh ъ=u ь= ю=yu я=ya ґ=g η=h ή=h θ=8 ξ=3 υ=y ύ=y ϋ=y ΰ=y φ=f χ=x ω=w ώ=w "
    "ء=a آ=aa أ=a ؤ=u إ=i ئ=e ا=a ة=h ذ=th ض=dh ع=a غ=gh ى=a €=euro £=pound ¥=yen ¢=cent ∞=infinity ‘=' ’=' “=\" ”=\" "
    "©=(c) ®=(r) ™=tm …=... •=* †=+ œ=oe ª=a º=o"
)
_SIGNS |= dict(pair.split("=") for pair in _OTHERWISE.split(" "))


def simple_slug(text: str) -> str:
    """@sindresorhus/slugify as Eleventy's `slugify` calls it: words of ASCII letters and digits, joined with hyphens.

    >>> simple_slug("Déjà Vu & FooBar!")
    'deja-vu-and-foobar'
    """
    bare = _VOWELS.sub("", unicodedata.normalize("NFC", text)).translate(_LETTERS)
    bare = _CIRCLED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), bare)
    plain = "".join(char if char.isascii() else _spell(char, unknown=" ") for char in bare).lower()
    plain = re.sub(r"([a-z\d]+)'([ts])(?=\s|$)", r"\1\2", plain)
    return re.sub(r"[^a-z\d]+", "-", plain).strip("-")


def _spell(char: str, *, unknown: str) -> str:
    if char.isspace():
        return " "
    from text_unidecode import (
        unidecode,  # with a table of all scripts, and every site is asked whether it is Eleventy's
    )

    return str(unidecode(char)) if _KNOWN.match(char) else unknown


def loose_slug(text: str) -> str:
    """Slugify on npm, Eleventy's older `slug`.

    >>> loose_slug("Déjà Vu: 50% off & FooBar!")
    'deja-vu:-50percent-off-and-foobar!'
    """
    pieces = (_SIGNS.get(char, char if char.isascii() else _spell(char, unknown="")) for char in text.lower())
    kept = "".join(_DROPPED.sub("", piece) for piece in pieces)
    return "-".join(kept.split()).lower()
