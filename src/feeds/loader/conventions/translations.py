"""Folders that hold the same in several languages, where no generator's settings tell: `en/blog` and `ja/blog`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.loader.folders import list_folder
from feeds.loader.languages import is_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feeds.loader.convention import Facts, SourceFile


# `blog_en`, `posts.pt-BR`: what is called a blog, and its language.
_MARKED = re.compile(r"((?:_?posts?|blogs?|articles?|news|notes|writings?|essays))[_.-]([a-z]{2}(?:-[A-Z]{2})?)")


def find_translations(root: Path, folder: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The folder with its counterparts in other languages, and the language of each folder that is of one.

    The languages are above the posts (`en/blog`, `ja/blog`), right below them (`blog/en`, `blog/ja`) or a part of their
    folders' names (`blog_en`, `blog_ja`). One alone is not told from any folder with a short name.
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
    if len(inner) > 1:
        return (folder,), inner
    marked = {"/".join((*parts, name)): language for name, language in _find_marked(root, folder)}
    return (tuple(marked), marked) if marked else ((folder,), {})


def read_language(file: SourceFile, facts: Facts) -> str | None:
    """The language of the folder that the file is in, if it is of one."""
    languages = facts.options.get("languages", {})
    return next((languages[folder] for folder in languages if file.source.startswith(f"{folder}/")), None)


def _find_languages(root: Path, folder: str) -> Iterator[str]:
    yield from (name for name in _list_folders(root, folder) if is_language(name))


def _find_marked(root: Path, folder: str) -> list[tuple[str, str]]:
    """The folders of the one name that has most languages behind it, with these."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in _list_folders(root, folder):
        match = _MARKED.fullmatch(name)
        if match and is_language(match[2]):
            found.setdefault(match[1], []).append((name, match[2]))
    most = max(found.values(), key=len, default=[])
    return most if len(most) > 1 else []


def _list_folders(root: Path, folder: str) -> list[str]:
    return [one.name for one in list_folder(f"{root}/{folder}") if one.is_folder]
