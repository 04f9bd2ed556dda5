"""What stands in a folder, told by a listing alone, so that a run can say whether anything has changed since another.

Modules that are imported by a run that finds nothing to do import nothing that takes time.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    # By whole path the state of a file, and of anything else what `list_tree` says.
    Scanned = Mapping[str, os.stat_result | str]

# The coarsest clock of a file system in use (FAT: two seconds).
COARSEST_TICK = 2_000_000_000
# Outputs are ours alone; what else writes there is told by the time its inode was changed, whose tick is a few ms.
OUTPUT_TICK = 100_000_000
MISSING = f"missing {errno.ENOENT}"  # how a file looks that is not there
HASH_LENGTH = 64  # hexadecimal digits; no other word of a row is as long
# What was looked at for previews of issues. It stands beside them, since to show an issue changes nothing else.
SHOWN = ".feeds-digest.json"
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)  # Windows reads text otherwise
_PORTION = 1_000_000  # bytes of a file that does not tell its size
# Nothing is read from these: version control, what package managers install, and that.
NEVER = frozenset(
    {".git", ".hg", ".svn", "node_modules", "bower_components", "site-packages", "__pycache__", ".venv", SHOWN}
)


def list_tree(root: str, *, skip: Collection[str], fresh_since: int) -> dict[str, str]:
    """Everything below `root` by its whole path, each with a text that differs once it has changed.

    `skip` are whole paths that do not count. A file that was touched at `fresh_since` (nanoseconds since the epoch) or
    later is told by its bytes, since a change in the same tick of the clock shows in nothing else (as git does it:
    https://git-scm.com/docs/racy-git). Links are followed unless they lead back up.
    """
    return describe_tree(scan_tree(root, skip=skip), skip=(), fresh_since=fresh_since)


def scan_tree(root: str, *, skip: Collection[str]) -> Scanned:
    """Everything below `root`, for `describe_tree`."""
    found: dict[str, os.stat_result | str] = {}
    _scan_folder(root, found, skip, (os.path.realpath(root),))
    return found


def holds_many(root: str, count: int) -> bool:
    """Whether at least `count` files and folders stand below `root`; those behind links do not count."""
    folders, found = [root], 0
    while folders and found < count:
        try:
            with os.scandir(folders.pop()) as scan:
                for entry in islice(scan, count):
                    found += 1
                    if entry.name not in NEVER and entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
        except OSError:
            continue
    return found >= count


def describe_tree(scanned: Scanned, *, skip: Collection[str], fresh_since: int) -> dict[str, str]:
    """The listing of what was scanned, without the paths in `skip`."""
    rows: dict[str, str] = {}
    for path, known in scanned.items():
        if path in skip:
            continue
        if not isinstance(known, str):
            rows[path] = _describe(path, known, fresh_since)
        else:
            rows[path] = f"{known} {_describe_path(path, fresh_since)}" if known.startswith("link ") else known
    return rows


def list_files(
    paths: Iterable[str], *, fresh_since: int, written: Mapping[str, str | None] = MappingProxyType({})
) -> dict[str, str]:
    """The same for single files; what is not there is there as such.

    `written` has the SHA-256 of what the caller has written to some of them a moment ago: they need not be read, and if
    somebody else has been there since, that is a change.
    """
    return {path: _describe_path(path, fresh_since, written.get(path)) for path in paths}


def read_looked(path: str, *, fresh_since: int) -> tuple[bytes | None, str]:
    """The bytes of a file, None if it cannot be read, and how it looked before they were read, as in `list_files`."""
    try:
        # A file object asks for the file's state twice more, and reads on to be sure of the end.
        file = os.open(path, _READ)
        try:
            known = os.fstat(file)
            content = os.read(file, known.st_size + 1)
            while len(content) != known.st_size and (more := os.read(file, _PORTION)):
                content += more
        finally:
            os.close(file)
    except OSError as error:
        return None, f"missing {error.errno}"
    return content, _tell_state(known, fresh_since) or _tell_bytes(known, hashlib.sha256(content).hexdigest())


def is_told_by_bytes(row: str) -> bool:
    """Whether a row of a listing has the hash of the file's bytes in it."""
    return len(row.rpartition(" ")[2]) == HASH_LENGTH


def is_file(row: str) -> bool:
    """Whether a row of a listing is that of a regular file that can be read, and of no link to one."""
    mode, _, rest = row.partition(" ")
    return mode.isdigit() and stat.S_ISREG(int(mode)) and not rest.startswith("unreadable")


def hash_rows(rows: dict[str, str]) -> str:
    """The SHA-256 of a listing in hexadecimal digits."""
    return hashlib.sha256(repr(sorted(rows.items())).encode("utf-8", "surrogatepass")).hexdigest()


def _scan_folder(
    folder: str, found: dict[str, os.stat_result | str], skip: Collection[str], above: tuple[str, ...]
) -> None:
    try:
        with os.scandir(folder) as scan:
            entries = list(scan)
    except OSError as error:
        found[folder] = f"unreadable {error.errno}"
        return
    for entry in entries:
        path = entry.path
        if path in skip or entry.name in NEVER:
            continue
        try:
            if entry.is_symlink():
                found[path] = f"link {os.readlink(path)}"  # noqa: PTH115 - as below
                real = os.path.realpath(path)
                if os.path.isdir(path) and real not in above:  # noqa: PTH112 - whole paths as texts, 10,000 times
                    _scan_folder(path, found, skip, (*above, real))
            elif entry.is_dir(follow_symlinks=False):
                found[path] = "folder"
                _scan_folder(path, found, skip, (*above, f"{above[-1]}/{entry.name}"))
            else:
                found[path] = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            # An editor's own file, say, which was there a moment ago.
            continue


def _describe_path(path: str, fresh_since: int, written: str | None = None) -> str:
    try:
        return _describe(path, os.stat(path), fresh_since, written)  # noqa: PTH116 - as above
    except OSError as error:
        return f"missing {error.errno}"


def _describe(path: str, known: os.stat_result, fresh_since: int, written: str | None = None) -> str:
    if state := _tell_state(known, fresh_since):
        return state
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - as above
            return _tell_bytes(known, written or hashlib.sha256(file.read()).hexdigest())
    except OSError as error:
        return f"{known.st_mode} unreadable {error.errno}"


def _tell_state(known: os.stat_result, fresh_since: int) -> str:
    # Whoever sets a file's time back cannot set back when its inode was changed.
    if max(known.st_mtime_ns, known.st_ctime_ns) < fresh_since:
        return f"{known.st_mode} {known.st_size} {known.st_mtime_ns} {known.st_ctime_ns} {known.st_ino}"
    return ""


def _tell_bytes(known: os.stat_result, digest: str) -> str:
    return f"{known.st_mode} {digest}"
