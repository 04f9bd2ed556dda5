"""A title for a post that has none in its header: its first heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.errors import PostError
from feeds.loader.files import decode_text, read_bytes
from feeds.loader.headers import read_header

if TYPE_CHECKING:
    from pathlib import Path

_ATX = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*(?:\{[^{}]*\})?[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_LEADING = re.compile(r"\s*(?:#[ \t]+\S|[^\n]*\S[^\n]*\n=+[ \t]*(?:\n|$))")
_SETEXT = re.compile(r"^ {0,3}(?:=+|-{2,})[ \t]*$")


# MDX: imports that begin the text, up to the blank line after each block of them.
_IMPORTS = re.compile(r"\s*(?:import\s(?:(?!\n[ \t]*\n).)*\n[ \t]*\n\s*)+", re.DOTALL)


def take_heading(body: str, *, leading: bool = False) -> tuple[str, str]:
    """The first heading's text, and the body, without the heading where only blank lines stand above it.

    ("", body) if there is none; with `leading` also if it is not of the first level or if text other than imports
    stands above it. Knows ATX and setext headings and skips fenced code (CommonMark 0.31 section 4).
    """
    if leading:
        imports = _IMPORTS.match(body)
        text = body[imports.end() :] if imports else body
        if not _LEADING.match(text):
            return "", body
        title, rest = take_heading(text)
        return title, rest if text == body else body
    fence = ""
    before = ""
    start = 0
    for line in body.splitlines(keepends=True):
        stripped = line.rstrip("\n")
        end = start + len(line)
        if (mark := _FENCE.match(stripped)) and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence:
            heading = _ATX.match(stripped)
            if heading and heading[2]:
                return heading[2], body[end:] if not body[:start].strip() else body
            if _SETEXT.match(stripped) and before.strip():
                alone = not body[: start - len(before)].strip()
                return before.strip(), body[end:] if alone else body
        before = line
        start = end
    return "", body


def read_title(path: Path) -> str:
    """The title that a Markdown file's header or first heading gives it, "" if there is none."""
    try:
        header = read_header(decode_text(read_bytes(path), path.name)[0])
    except (PostError, OSError):
        return ""
    title = header.fields.get("title")
    return title if isinstance(title, str) and title.strip() else take_heading(header.body)[0]
