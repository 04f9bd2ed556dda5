"""`.feeds-manifest.json`: which files of a folder are ours, and whose site they belong to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feeds.errors import OutputError
from feeds.files import write_file_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST = ".feeds-manifest.json"
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFile:
    """What we wrote at one path: its SHA-256 in hexadecimal and its bytes. Both are None if a run stopped before it."""

    sha256: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What we wrote to a folder, `files` by path below it. Not `complete` while a run is writing, or if one died."""

    site_url: str
    files: Mapping[str, WrittenFile] = field(default_factory=dict)
    complete: bool = True


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of the folder, or None where there is none. Raises OutputError if it is not one of ours."""
    path = folder / MANIFEST
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise OutputError("is a file; move it away, or choose another folder (feeds.output)", path=folder) from error
    except OSError as error:
        raise OutputError(f"cannot be read ({error.strerror}); make it readable", path=path) from error
    except ValueError as error:
        raise OutputError(f"is damaged; {_REMEDY}", path=path) from error
    return _parse(data, path)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest to the folder, whole. Raises OutputError."""
    files = {path: {"sha256": file.sha256, "size": file.size} for path, file in sorted(manifest.files.items())}
    data = {"version": VERSION, "site": manifest.site_url, "complete": manifest.complete, "files": files}
    write_file_whole(folder / MANIFEST, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode(), fsync=False)


def check_path(path: str) -> str:
    """`path` itself, if it names a file below a folder whatever the system. Raises OutputError otherwise."""
    sound = all(part and not part.endswith((" ", ".")) for part in path.split("/"))
    if not sound or any(sign in path for sign in "\\:\0\n") or path == MANIFEST:
        raise OutputError(f"is no path for a file of ours: {path!r}; choose a plain name or slug")
    return path


_REMEDY = "remove it and the feeds beside it, and build again"


def _parse(data: Any, path: Path) -> Manifest:
    try:
        if data["version"] != VERSION:
            raise OutputError(f"was written by another version of feeds; {_REMEDY}", path=path)
        files = {
            check_path(name): WrittenFile(sha256=file["sha256"], size=file["size"])
            for name, file in data["files"].items()
        }
        return Manifest(site_url=str(data["site"]), files=files, complete=data["complete"] is True)
    except (KeyError, TypeError, AttributeError) as error:
        raise OutputError(f"is damaged; {_REMEDY}", path=path) from error
