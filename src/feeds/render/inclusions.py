"""Text files of the site that a post shows in itself; nothing outside of the site is ever read."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAX_SIZE = 1_000_000  # bytes; what is larger is data, no text for readers


class Inclusions:
    """Reads files below `root` for one post after the other.

    `asked` names what was looked for on behalf of the post at hand, by paths below the site, there or not.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.asked: set[str] = set()

    def read(self, name: str, folder: str = "") -> str | None:
        """The text of the file `name` below `folder`, None if there is none that may be read."""
        path = posixpath.normpath(posixpath.join(folder, name.lstrip("/")))
        if path.startswith("..") or "\0" in path:
            return None
        self.asked.add(path)
        try:
            place, file = (self.root / folder).resolve(), (self.root / path).resolve()
            if not (file.is_relative_to(place) and file.is_relative_to(self.root)) or file.stat().st_size > MAX_SIZE:
                return None
            return file.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return None

    def find(self, name: str, folders: Iterable[str]) -> str | None:
        """The text of the first file `name` in `folders`."""
        return next((text for folder in folders if (text := self.read(name, folder)) is not None), None)
