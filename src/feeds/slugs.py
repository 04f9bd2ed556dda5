"""Names as they stand in addresses: one folding for comparing them, one slug for each."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from slugify import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_LENGTH = 80


def fold_name(name: str) -> str:
    """The form in which two spellings of one name are equal: NFC, case folded, white space collapsed."""
    return unicodedata.normalize("NFC", " ".join(unicodedata.normalize("NFC", name).casefold().split()))


@lru_cache(maxsize=20_000)  # the same few thousand names are asked for once a post
def make_slug(name: str) -> str:
    """`name` as one path segment in lower case, in its own script: letters, digits and hyphens, never empty.

    >>> make_slug("C++"), make_slug("Größe & Maß"), make_slug("../../etc")
    ('c', 'größe-maß', 'etc')
    """
    slug = slugify(fold_name(name), allow_unicode=True, max_length=MAX_LENGTH, word_boundary=True)
    return unicodedata.normalize("NFC", slug) or f"x{_mark(name)}"


def make_slugs(names: Iterable[str]) -> dict[str, str]:
    """One slug for each name, all different: where two would be equal, all but the plainest get a mark of their name.

    The plainest is the name that its slug resembles most, so that `C` keeps `c` and `C++` becomes `c-…`, whichever
    of them is met first. The result depends on the set of names alone, not on their order.
    """
    by_slug: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        by_slug.setdefault(make_slug(name), []).append(name)
    slugs = {}
    for slug, same in by_slug.items():
        same.sort(key=lambda name: (fold_name(name) != slug, len(name), name))
        slugs[same[0]] = slug
        slugs |= {name: f"{slug}-{_mark(name)}" for name in same[1:]}
    return slugs


def _mark(name: str) -> str:
    return hashlib.sha256(fold_name(name).encode()).hexdigest()[:6]
