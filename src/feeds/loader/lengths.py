"""The length of an enclosure whose header does not say it, where its file is in the site."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feeds.loader.witness import JUDGED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from feeds.models import Enclosure, Post

# Where generators keep the files that they copy as they are.
STATIC = ("", "static", "public", "source", "src", "docs", "assets", "content")


def measure_enclosures(root: Path, posts: Iterable[Post]) -> tuple[Post, ...]:
    """The posts, those with an enclosure of unknown length with the length of its file, if there is one."""
    return tuple(
        replace(post, enclosure=_measure(root, post, post.enclosure))
        if post.enclosure is not None and not post.enclosure.length
        else post
        for post in posts
    )


def _measure(root: Path, post: Post, enclosure: Enclosure) -> Enclosure:
    path = unquote(urlsplit(enclosure.url).path)
    beside = (root / post.source).parent
    places = [beside] if not path.startswith("/") and "://" not in enclosure.url else []
    for place in [*places, *(root / folder for folder in STATIC)]:
        file = place / path.lstrip("/")
        try:
            if path.strip("/") and file.resolve().is_relative_to(root.resolve()) and file.is_file():
                JUDGED.note(file)
                return replace(enclosure, length=file.stat().st_size)
        except (OSError, ValueError, RuntimeError):  # no name of a file: too long, a NUL, links in a circle
            return enclosure
    return enclosure
