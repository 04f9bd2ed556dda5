"""Names as they stand in addresses: one folding for comparing them, one slug for each."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_LENGTH = 60  # letters of three bytes, a mark and a suffix, in a file name of at most 255 bytes
MARK_LENGTH = 6
NOTHING: Mapping[str, str] = MappingProxyType({})


@lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """The form in which two spellings of one name are equal: NFC, case folded, white space collapsed."""
    return unicodedata.normalize("NFC", " ".join(unicodedata.normalize("NFC", name).casefold().split()))


@lru_cache(maxsize=4096)
def make_slug(name: str) -> str:
    """`name` as one path segment in lower case, in its own script: letters, digits and hyphens, never empty.

    >>> make_slug("C++"), make_slug("Größe & Maß"), make_slug("../../etc")
    ('c', 'grösse-mass', 'etc')
    """
    from slugify import slugify  # with the Latin letters of all scripts, which what is named already does not need

    # Only the modern algorithm keeps the vowel signs of Devanagari, Tamil, Thai and the like.
    # slugify would bring compatibility forms together itself, after the folding that some of them then need again.
    plain = fold_name(unicodedata.normalize("NFKC", name))
    slug = slugify(plain, allow_unicode=True, max_length=MAX_LENGTH, word_boundary=True, algorithm="modern")
    return unicodedata.normalize("NFC", slug) or f"x{_mark(name)}"


def make_latin_slug(name: str) -> str:
    """`name` in Latin letters, as Pelican's default settings have it in addresses; may be empty.

    >>> make_latin_slug("Über Node.js & Co"), make_latin_slug("日本語")
    ('uber-nodejs-co', 'ri-ben-yu')
    """
    plain = re.sub(r"[^\w\s-]", "", _to_latin(unicodedata.normalize("NFKC", name)))
    return re.sub(r"[-\s]+", "-", plain.strip()).lower()


def make_wordpress_slug(name: str) -> str:
    """`name` as WordPress has a term in addresses (its `sanitize_title`): without accents, in its own script.

    >>> make_wordpress_slug("Été à Node.js"), make_wordpress_slug("R&D, C++"), make_wordpress_slug("Привет, мир")
    ('ete-a-node-js', 'rd-c', 'привет-мир')
    """
    plain = "".join(map(_drop_accent, unicodedata.normalize("NFC", name)))
    kept = re.sub(r"[^\w\s-]", "", re.sub(r"[./\u2013\u2014]", "-", plain.lower()))
    return re.sub(r"[-\s]+", "-", kept).strip("-")


def make_ghost_slug(name: str) -> str:
    """`name` as Ghost has a tag in addresses (`slugify` of its `@tryghost/string`): in ASCII.

    >>> make_ghost_slug("Über Node.js & Co"), make_ghost_slug("What’s new"), make_ghost_slug("日本語")
    ('uber-node-js-co', 'whats-new', 'ri-ben-yu')
    """
    plain = re.sub(r"""[\s.@:/?#\[\]!$&()*+,;=\\%<>|^~"{}`]""", "-", _to_latin(name.replace("£", "-")))
    return re.sub("-+", "-", plain.replace("'", "")).strip("-").lower()


def make_slugs(names: Iterable[str], given: Mapping[str, str] = NOTHING) -> dict[str, str]:
    """One slug for each name, all different: where two would be equal, all but the plainest get a mark of their name.

    The plainest is the name that its slug resembles most, so that `C` keeps `c` and `C++` becomes `c-…`, whichever
    of them is met first. `given` has the slugs that a person chose, by name, and they come before all others. The
    result depends on the set of names alone, not on their order.
    """
    chosen = {fold_name(name): slug for name, slug in given.items()}
    taken = {slug.casefold() for slug in chosen.values()}
    slugs: dict[str, str] = {}
    for name in sorted(set(names), key=lambda name: (fold_name(name) != make_slug(name), len(name), name)):
        plain = make_slug(name)
        marked = (f"{plain}-{_mark(name, length)}" for length in range(MARK_LENGTH, 65))
        free = (slug for slug in chain((plain,), marked) if slug not in taken)
        slugs[name] = chosen.get(fold_name(name)) or next(free)
        taken.add(slugs[name].casefold())
    return slugs


def _to_latin(text: str) -> str:
    from text_unidecode import unidecode  # with a table of all scripts

    latin: str = unidecode(text)
    return latin


def _drop_accent(character: str) -> str:
    return _to_latin(character) if unicodedata.name(character, "").startswith("LATIN ") else character


def _mark(name: str, length: int = MARK_LENGTH) -> str:
    return hashlib.sha256(fold_name(name).encode()).hexdigest()[:length]
