"""From a file to its bytes, and from these to its text."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from feeds.errors import PostError
from feeds.loader.witness import JUDGED
from feeds.models import Problem, Severity

if TYPE_CHECKING:
    from pathlib import Path

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# The same in UTF-8, where it takes a fifth of the time to find that nothing of it is there: what is one byte, and the
# others by a first byte each.
_CONTROLS = bytes(code for code in (*range(32), 127) if chr(code) not in "\t\n\r")
_CONTROL = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
_NO_CHARACTER = re.compile(rb"\xef\xbf[\xbe\xbf]")


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
        text = content.removeprefix(codecs.BOM_UTF8).decode()
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
