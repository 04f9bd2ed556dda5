"""Folders that hold the same in several languages, where no generator's settings tell: `en/blog` and `ja/blog`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from feeds.loader.languages import is_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feeds.loader.convention import Facts, SourceFile


def find_translations(root: Path, folder: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The folder with its counterparts in other languages, and the language of each folder that is of one.

    The languages are above the posts (`en/blog`, `ja/blog`) or right below them (`blog/en`, `blog/ja`). One alone is
    not told from any folder with a short name.
    """
    parts = folder.split("/") if folder else []
    for index, part in enumerate(parts):
        if is_language(part):
            above, below = parts[:index], parts[index + 1 :]
            found = {
                "/".join((*above, name, *below)): name
                for name in _find_languages(root, "/".join(above))
                if (root / "/".join((*above, name, *below))).is_dir()
            }
            if len(found) > 1:
                return (folder, *(one for one in found if one != folder)), found
    inner = {"/".join((*parts, name)): name for name in _find_languages(root, folder)}
    return (folder,), inner if len(inner) > 1 else {}


def read_language(file: SourceFile, facts: Facts) -> str | None:
    """The language of the folder that the file is in, if it is of one."""
    languages = facts.options.get("languages", {})
    return next((languages[folder] for folder in languages if file.source.startswith(f"{folder}/")), None)


def _find_languages(root: Path, folder: str) -> Iterator[str]:
    with os.scandir(root / folder) as scan:
        names = sorted(entry.name for entry in scan if not entry.is_file(follow_symlinks=False))
    yield from (name for name in names if is_language(name) and (root / folder / name).is_dir())
