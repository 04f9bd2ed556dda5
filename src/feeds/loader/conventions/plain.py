"""Folders of Markdown without a generator: dates in headers or names, titles in first headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.loader.addresses import find_own_address
from feeds.loader.clues import Clues
from feeds.loader.convention import Convention, Facts, FileName, Page, SourceFile
from feeds.loader.conventions.places import find_posts_folder
from feeds.loader.dates import date_in_name
from feeds.loader.titles import read_title

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.config import Findings

_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?!\d)")


class Plain(Convention):
    """What holds where nothing else does."""

    name = "plain"

    def detect(self, root: Path) -> str | None:
        """Nothing shows a plain folder; it is what is left."""
        del root
        return None

    def read_site(self, root: Path) -> Findings:
        """The folder of posts, and the domain if there is a CNAME."""
        clues = Clues(self.name, evidence="no generator was found")
        clues.note_domain(root)
        for name in ("README.md", "readme.md", "index.md"):
            if (root / name).is_file():
                clues.note("title", read_title(root / name), name)
        folder, reason = find_posts_folder(root, self)
        return clues.conclude(posts=(folder,), found_by=reason)

    def read_name(self, file: SourceFile, facts: Facts) -> FileName:
        """The date of the file's name, or of the nearest folder that has one; an index file is its folder."""
        del facts
        return read_dated_name(file)

    def address(self, page: Page) -> str:
        """The header's own; else the path of the file without its extension, what most servers answer to.

        An index file is its folder.
        """
        if own := find_own_address(page):
            return own
        path = page.file.inside.rpartition(".")[0]
        return f"/{path.removesuffix('index')}" if path.rpartition("/")[2] == "index" else f"/{path}"


def read_dated_name(file: SourceFile) -> FileName:
    """The slug and the day in a file's name, or else in the names of its folders, the nearest first."""
    *folders, last = file.inside.split("/")
    stem = last.rpartition(".")[0]
    parts = [*folders] if stem.lower() == "index" and folders else [*folders, stem]
    own = date_in_name(parts[-1])
    if own is not None:
        return FileName(slug=own[1] or parts[-1], day=own[0], folders=tuple(parts[:-1]))
    # 2024/05/17.md and 2024/05/17-name.md: the folders begin the date, and the name ends it.
    whole = "-".join(parts[-3:])
    if _DAY.match(whole) and (dated := date_in_name(whole)) is not None:
        return FileName(slug=dated[1] or parts[-1], day=dated[0], folders=tuple(parts[:-1]))
    for count in range(len(parts) - 1, 0, -1):
        # 2024/05/17/name.md: the numbers of the folders, put together as far as they are a date.
        for start in range(max(0, count - 3), count):
            found = date_in_name("-".join(parts[start:count]))
            if found is not None and not found[1]:
                return FileName(slug=parts[-1], day=found[0], folders=tuple(parts[:-1]))
        found = date_in_name(parts[count - 1])
        if found is not None:
            return FileName(slug=parts[-1], day=found[0], folders=tuple(parts[:-1]))
    return FileName(slug=parts[-1], folders=tuple(parts[:-1]))
