"""Notebooks among the posts: Pelican, Nikola and fastpages make pages of them, and a feed cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.loader.files import walk_files
from feeds.models import Problem, Severity

if TYPE_CHECKING:
    from feeds.config import Config


def find_notebooks(config: Config) -> tuple[Problem, ...]:
    """A warning for each notebook in the folders of posts, sorted by path."""
    found = {source for folder in config.posts for source in walk_files(config.root, folder)}
    return tuple(
        Problem(
            path=source,
            severity=Severity.WARNING,
            message="is a notebook, which is no post here: `jupyter nbconvert --to markdown` makes one of it",
        )
        for source in sorted(found)
        if source.endswith(".ipynb")
    )
