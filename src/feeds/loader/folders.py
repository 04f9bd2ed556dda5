"""From a folder to the paths in it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is never anybody's own text, wherever it lies.
DEPENDENCIES = frozenset({"node_modules", "bower_components", "site-packages", "__pycache__"})
# What is no place for posts either while nobody has said where they are: output, tools, themes.
NEVER = DEPENDENCIES | {
    "vendor", "venv", "__tests__", "_site", "public", "dist", "out", "target", "themes", "archetypes",
    "layouts", "_layouts", "_includes", "templates", "scaffolds", "coverage",
}  # fmt: skip


class Listed(NamedTuple):
    """What stands in a folder: a folder, `linked` to another place or not, or what is taken for a file."""

    name: str
    is_folder: bool
    linked: str | None = None


_listings: ContextVar[dict[str, list[Listed]] | None] = ContextVar("listings", default=None)


@contextmanager
def listed_once() -> Iterator[None]:
    """Within the block each folder is listed once, however often it is asked for."""
    token = _listings.set({})
    try:
        yield
    finally:
        _listings.reset(token)


def list_folder(path: str) -> list[Listed]:
    """What stands in a folder, sorted by name, but for what is hidden; nothing if it cannot be listed."""
    listings = _listings.get()
    if listings is not None and path in listings:
        return listings[path]
    try:
        with os.scandir(path) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError:
        entries = []
    found = [one for entry in entries if entry.name[0] != "." and (one := _look_at(entry))]
    if listings is not None:
        listings[path] = found
    return found


def walk_files(root: Path, folder: str = "", *, skip: frozenset[str] = DEPENDENCIES) -> Iterator[str]:
    """The files below `folder`, as sorted paths below `root`; hidden folders and `skip` are left out.

    Links to folders are followed unless they lead back up; a link to nothing is yielded like a file.
    """
    folder = folder.strip("/")
    yield from _walk(str(root), folder, skip, (os.path.realpath(root / folder),))


def _walk(root: str, folder: str, skip: frozenset[str], above: tuple[str, ...]) -> Iterator[str]:
    prefix = f"{folder}/" if folder else ""
    for name, is_folder, linked in list_folder(f"{root}/{folder}"):
        if not is_folder:
            yield prefix + name
        elif name not in skip:
            real = linked or f"{above[-1]}/{name}"
            if real not in above:
                yield from _walk(root, prefix + name, skip, (*above, real))


def _look_at(entry: os.DirEntry[str]) -> Listed | None:
    try:
        if entry.is_file(follow_symlinks=False):  # as nearly all are
            return Listed(entry.name, False)
        if entry.is_dir():
            linked = os.path.realpath(entry.path) if entry.is_symlink() else None
            return Listed(name=entry.name, is_folder=True, linked=linked)
        known = entry.is_file() or (entry.is_symlink() and not Path(entry.path).exists())
    except OSError:  # a link to itself: whoever reads it says so
        known = True
    return Listed(name=entry.name, is_folder=False) if known else None
