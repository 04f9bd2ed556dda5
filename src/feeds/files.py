"""Whole files: what is at a path is the old bytes or the new ones, whenever the machine stops."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from feeds.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

MARK = ".feeds-tmp"


def write_file_whole(path: Path, data: bytes, *, fsync: bool = True) -> None:
    """Write `data` to `path`, making its folders, by way of a temporary file beside it that is renamed into place.

    With `fsync`, the bytes and the new name have reached the disk when this returns (rename(2) alone promises no order
    between them). Raises OutputError; the file that was there is then still there.
    """
    temporary = name_temporary(path)
    try:
        try:
            _write_new(temporary, data, fsync=fsync)
        except FileNotFoundError:  # its folder is there already for all but the first file
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_new(temporary, data, fsync=fsync)
        temporary.replace(path)
        if fsync:
            _sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise OutputError(f"cannot be written ({error.strerror or error}); {_advise(error)}", path=path) from error


def name_temporary(path: Path) -> Path:
    """Where the bytes of `path` wait for their rename: always one place, so that a crash leaves one file at most."""
    return path.with_name(f".{path.name}{MARK}")


def _write_new(path: Path, data: bytes, *, fsync: bool) -> None:
    # O_EXCL follows no symbolic link that somebody put there; the umask decides who may read.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        descriptor = os.open(path, flags, 0o666)
    except FileExistsError:
        path.unlink()
        descriptor = os.open(path, flags, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        if fsync:
            file.flush()
            os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _advise(error: OSError) -> str:
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return "a file stands where a folder is needed: move it away"
    if isinstance(error, IsADirectoryError):
        return "a folder stands in its place: move it away"
    if isinstance(error, PermissionError):
        return "make the folder writable, or choose another"
    return "make room for it, or choose another folder"
