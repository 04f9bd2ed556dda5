"""Folders of the site that are not there: of the dozen places that a picture may have, most are in one of those."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Folders:
    """Looks for files below `root`, and asks the file system for each of their folders once.

    A folder that is made after that is overlooked. It shows in the one above it: who keeps that a file was missing must
    see that the nearest folder that is there has not changed since.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._root = str(root)
        self._nearest: dict[str, str] = {}

    def hold(self, name: str) -> bool:
        """Whether there is a file `name` below the root."""
        path = f"{self._root}/{name}"
        folder = path[: path.rindex("/")]
        nearest = self._nearest.get(folder) or self.find_nearest(folder)
        return nearest == folder and os.path.isfile(path)  # noqa: PTH113 - building paths would take most of the time

    def find_nearest(self, folder: str) -> str:
        """The folder itself, by its whole path, if it is there, else the nearest above it that is."""
        if folder not in self._nearest:
            try:
                os.stat(folder)  # noqa: PTH116 - as above
            except FileNotFoundError:
                self._nearest[folder] = self.find_nearest(os.path.dirname(folder))  # noqa: PTH120 - as above
            except (OSError, ValueError):  # something is in the way, and whoever looks there finds out what
                self._nearest[folder] = folder
            else:
                self._nearest[folder] = folder
        return self._nearest[folder]
