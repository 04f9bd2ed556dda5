"""From a folder to the paths in it, and from a file's bytes to its text."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from feeds.errors import PostError
from feeds.loader.witness import JUDGED
from feeds.models import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is never anybody's own text, wherever it lies.
DEPENDENCIES = frozenset({"node_modules", "bower_components", "site-packages", "__pycache__"})
# What is no place for posts either while nobody has said where they are: output, tools, themes.
NEVER = DEPENDENCIES | {
    "vendor", "venv", "__tests__", "_site", "public", "dist", "out", "target", "themes", "archetypes",
    "layouts", "_layouts", "_includes", "templates", "scaffolds", "coverage",
}  # fmt: skip

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# The same in UTF-8, where it takes a fifth of the time to find that nothing of it is there: what is one byte, and the
# others by a first byte each.
_CONTROLS = bytes(code for code in (*range(32), 127) if chr(code) not in "\t\n\r")
_CONTROL = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
_NO_CHARACTER = re.compile(rb"\xef\xbf[\xbe\xbf]")


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
    found = [one for entry in entries if not entry.name.startswith(".") and (one := _look_at(entry))]
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
        if entry.is_dir():
            linked = os.path.realpath(entry.path) if entry.is_symlink() else None
            return Listed(name=entry.name, is_folder=True, linked=linked)
        known = entry.is_file() or (entry.is_symlink() and not Path(entry.path).exists())
    except OSError:  # a link to itself: whoever reads it says so
        known = True
    return Listed(name=entry.name, is_folder=False) if known else None


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that says something of the site, which is then judged by it. Raises OSError."""
    JUDGED.look(path)
    return path.read_bytes()


def read_loosely(path: Path) -> str:
    r"""The same as text with `\n` line ends, with U+FFFD for what is not UTF-8. Raises OSError."""
    JUDGED.look(path)
    return path.read_text("utf-8", "replace")


def read_start(path: Path, size: int = 2048) -> bytes:
    """The first bytes of a file, b"" if it cannot be read: for a look at what it may be."""
    JUDGED.look(path)
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError:
        return b""


def decode_text(content: bytes, source: str) -> tuple[str, list[Problem]]:
    r"""The text of a file with `\n` line ends, without byte-order mark or characters that XML forbids.

    What was taken out is one warning, at its first line. Raises PostError if it is empty or not UTF-8.
    """
    if not content or content.isspace():
        raise PostError("is empty; write something or delete it", path=source)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PostError("is UTF-16; save it as UTF-8", path=source, line=1)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PostError("is not UTF-8; save it as UTF-8", path=source, line=line) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = []
    if text.startswith("\ufeff"):
        message = "begins with a second byte-order mark, so that no generator reads its header; delete it"
        problems.append(Problem(message=message, path=source, line=1, severity=Severity.WARNING))
    if not _is_suspect(content) or not (found := _FORBIDDEN.findall(text)):
        return text, problems
    kinds = ", ".join(f"U+{ord(one):04X}" for one in sorted(set(found)))
    count = "a control character" if len(found) == 1 else f"{len(found)} control characters"
    first = _FORBIDDEN.search(text)
    message = f"has {count} ({kinds}) from here on, left out of feeds and mail; delete what you do not need"
    line = text.count("\n", 0, first.start() if first else 0) + 1
    problems.append(Problem(message=message, path=source, line=line, severity=Severity.WARNING))
    return _FORBIDDEN.sub("", text), problems


def _is_suspect(content: bytes) -> bool:
    """Whether a text in UTF-8 may hold what XML forbids."""
    return (
        len(content.translate(None, _CONTROLS)) != len(content)
        or (b"\xc2" in content and _CONTROL.search(content) is not None)
        or (b"\xef" in content and _NO_CHARACTER.search(content) is not None)
    )


def strip_forbidden(text: str) -> str:
    """`text` without what XML forbids, lone surrogates included: a header's escapes can make them."""
    return _FORBIDDEN.sub("", text).encode("utf-8", "ignore").decode("utf-8")
