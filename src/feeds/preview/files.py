"""Which files a page depends on, and when they last changed."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feeds.publisher.request import Request

Stamps = dict[str, tuple[int, int]]

# What nobody edits by hand, and what may be too large to be looked at several times a second.
INSTALLED = {"node_modules", "__pycache__"}
WRITTEN = INSTALLED | {"public", "preview", "outbox", "_site", "dist", "build", "venv"}  # in the site's folder itself


def stamp_files(request: Request) -> Stamps:
    """When each file of the site was last written, in nanoseconds, and its size in bytes, by its path.

    Folders whose name starts with a dot, and those that programs write, are passed over. What vanishes meanwhile, or
    may not be read, is left out: the site's own loader says what is wrong with it.
    """
    found: Stamps = {}
    for path in _outside(request):
        try:
            status = path.stat()
        except OSError:
            continue
        found[str(path)] = (status.st_mtime_ns, status.st_size)
    for entry in _walk(request.root):
        try:
            status = entry.stat()
        except OSError:
            continue
        found[entry.path] = (status.st_mtime_ns, status.st_size)
    return found


def _outside(request: Request) -> tuple[Path, ...]:
    """What changes the page and is in none of the folders: a build, a mailing, settings from elsewhere."""
    state = (request.state_dir or request.root / ".feeds") / "state.db"
    published = request.root / "public" / ".feeds-manifest.json"
    return (state, published) if request.file is None else (state, published, request.file)


def _walk(root: Path) -> Iterator[os.DirEntry[str]]:
    folders, followed = [str(root)], set()
    while folders:
        folder = folders.pop()
        with contextlib.suppress(OSError):
            for entry in os.scandir(folder):
                if not entry.is_dir():
                    yield entry
                    continue
                if entry.name.startswith(".") or entry.name in (WRITTEN if folder == str(root) else INSTALLED):
                    continue
                if entry.is_symlink():
                    # Links can lead round in circles, so each folder is reached by one of them at most.
                    target = os.path.realpath(entry.path)
                    if target in followed:
                        continue
                    followed.add(target)
                folders.append(entry.path)
