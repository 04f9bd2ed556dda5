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


def simple_slug(text: str) -> str:
    """@sindresorhus/slugify, Eleventy's `slugify`: words of ASCII letters and digits, joined with hyphens.

    >>> simple_slug("Déjà Vu & FooBar!")
    'deja-vu-and-foo-bar'
    """
    text = re.sub(r"&", " and ", text).replace("🦄", " unicorn ").replace("♥", " love ")
    # Its `decamelize`: fooBar, FOOBar and 2Bar are two words.
    text = re.sub(r"([a-z\d]+)([A-Z]{2,})", r"\1 \2", text)
    text = re.sub(r"([A-Z]+)([A-Z][a-rt-z\d]+)", r"\1 \2", text)
    text = re.sub(r"([a-z\d])([A-Z])", r"\1 \2", text)
    plain = unidecode(text).lower()
    plain = re.sub(r"([a-z\d]+)'([ts])(?=\s|$)", r"\1\2", plain)
    return re.sub(r"[^a-z\d]+", "-", plain).strip("-")
