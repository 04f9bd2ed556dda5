"""What is in the way of a file that we would write: another of ours, or what somebody else has put there."""

from __future__ import annotations

import stat
import unicodedata
from typing import TYPE_CHECKING

from feeds.errors import OutputError
from feeds.output.manifest import Manifest, check_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def refuse_clashes(paths: Iterable[str]) -> None:
    """Raises OutputError if two paths are one file somewhere, or one a folder of the other."""
    seen: dict[str, str] = {}
    for path in paths:
        other = seen.setdefault(fold(check_path(path)), path)
        if other != path:
            raise OutputError(
                f"{other} and {path} are one file on many systems; give one of the two another name or slug"
            )
    for path in seen.values():
        for parent in _parents(path):
            if (file := seen.get(fold(parent))) is not None:
                raise OutputError(f"{file} would have to be both a file and a folder; give one of the two another name")


def refuse_foreign(folder: Path, files: Mapping[str, bytes], paths: Iterable[str], before: Manifest) -> None:
    """Raises OutputError if writing `paths` would replace, or reach through, what we did not put there."""
    checked: set[str] = set()
    for path in paths:
        for parent in _parents(path):
            if parent not in checked:
                checked.add(parent)
                _refuse_detour(folder / parent)
        place = folder / path
        mode = _mode(place)
        if mode is None or (path in before.files and stat.S_ISREG(mode)):
            continue
        # The very bytes that we would write are no loss: they are ours, and only the manifest was lost.
        if not stat.S_ISREG(mode) or not holds(place, files[path]):
            raise OutputError(
                "is not a file that feeds wrote; move it away, or choose another folder (feeds.output)", path=place
            )


def _refuse_detour(place: Path) -> None:
    mode = _mode(place)
    if mode is not None and not stat.S_ISDIR(mode):
        kind = "a symbolic link" if stat.S_ISLNK(mode) else "a file"
        raise OutputError(f"is {kind} where a folder is needed; move it away, or choose another folder", path=place)


def _parents(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def _mode(place: Path) -> int | None:
    try:
        return place.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise refusal(place, error) from error


def is_file(place: Path) -> bool:
    """Whether a file stands there, and no link to one."""
    mode = _mode(place)
    return mode is not None and stat.S_ISREG(mode)


def holds(place: Path, data: bytes) -> bool:
    """Whether the file is there with just these bytes. Raises OutputError."""
    try:
        return place.stat().st_size == len(data) and place.read_bytes() == data
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise refusal(place, error) from error


def refusal(place: Path, error: OSError) -> OutputError:
    """The error for what the system would not let us do."""
    return OutputError(
        f"cannot be read or changed ({error.strerror or error}); set its permissions right, or choose another folder",
        path=place,
    )


def fold(path: str) -> str:
    """The form in which two paths are one on a file system that ignores case and composes accents (APFS, NTFS)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
