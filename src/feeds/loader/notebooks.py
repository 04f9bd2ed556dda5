"""Notebooks among the posts: Pelican, Nikola and fastpages make pages of them, and a feed cannot."""

from __future__ import annotations

import posixpath
from itertools import groupby
from typing import TYPE_CHECKING

from feeds.loader.folders import walk_files
from feeds.models import Problem, Severity

if TYPE_CHECKING:
    from feeds.config import Config


def find_notebooks(config: Config) -> tuple[Problem, ...]:
    """A warning for each folder of posts with notebooks, at the first of them, sorted by path."""
    found = {source for folder in config.posts for source in walk_files(config.root, folder)}
    notebooks = sorted((source for source in found if source.endswith(".ipynb")), key=posixpath.split)
    return tuple(_warn(list(group)) for _, group in groupby(notebooks, key=posixpath.dirname))


def _warn(sources: list[str]) -> Problem:
    first, others = sources[0], len(sources) - 1
    more = f", and so {'is one other' if others == 1 else f'are {others} others'} in its folder" if others else ""
    return Problem(
        path=first,
        severity=Severity.WARNING,
        message=f"is a notebook, which is no post here{more}: `jupyter nbconvert --to markdown` makes one of it",
    )
