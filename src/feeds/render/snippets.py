"""Snippets, with which MkDocs puts files of the site into a post: https://facelessuser.github.io/pymdown-extensions/extensions/snippets/."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeds.render.inclusions import Inclusions

MARK = "8<-"
MAX_DEPTH = 10  # of one in another
MAX_LENGTH = 1_000_000  # characters that snippets may add to a post

# `--8<-- "file"`, or `--8<--` around lines that each name a file; a semicolon in front shows the mark itself.
_LINE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<escape>;*)-{1,}8<-{1,}(?:[ \t]+(?P<quote>[\"'])(?P<name>.+?)(?P=quote))?[ \t]*$"
)
_LINES = re.compile(r"(?P<file>.*?)(?P<ranges>:\d*(?::\d*)?(?:,\d*(?::\d*)?)*)$")
_SECTION = re.compile(r"(?P<file>.+):(?P<name>[A-Za-z][\w-]*)$")
_SECTION_MARK = re.compile(
    r"^.*?-{1,}8<-{1,}[ \t]+\[[ \t]*(?P<kind>start|end)[ \t]*:[ \t]*(?P<name>[A-Za-z][\w-]*)[ \t]*\].*$"
)


def insert_snippets(text: str, inclusions: Inclusions, folders: Iterable[str]) -> tuple[str, list[tuple[int, str]]]:
    """`text` with the files that it names in their places, in code too; and each that is not there, with its line.

    A name is looked for below each of `folders` of the site. An address on the network is never fetched.
    """
    lost: list[tuple[int, str]] = []
    kit = _Kit(inclusions=inclusions, folders=tuple(folders))
    out: list[str] = []
    for number, line, names in _read_lines(text):
        if names is None:
            out.append(line)
            continue
        for name, indent in names:
            found = kit.read(name, 0)
            if found is None:
                lost.append((number, name))
            else:
                out += [f"{indent}{inner}".rstrip() for inner in found]
    return "\n".join(out), lost


def _read_lines(text: str) -> Iterator[tuple[int, str, list[tuple[str, str]] | None]]:
    """Each line by its number, with the names of the files that stand in its place, None if it is no mark."""
    lines = text.split("\n")
    marks = [
        number
        for number, line in enumerate(lines)
        if (found := _LINE.match(line)) and not (found["escape"] or found["name"])
    ]
    # What is never closed is no block.
    blocks = dict(zip(marks[::2], marks[1::2], strict=False))
    end, indent = -1, ""
    for number, line in enumerate(lines):
        found = _LINE.match(line)
        if number < end:
            name = line.strip().strip("\"'")
            yield number + 1, line, [(name, indent)] if name and not name.startswith(";") else []
        elif found and found["escape"]:
            yield number + 1, line.replace(";", "", 1), None
        elif found and found["name"]:
            yield number + 1, line, [(found["name"], found["indent"])]
        elif found:
            end, indent = blocks.get(number, end), found["indent"]
            yield number + 1, line, []
        else:
            yield number + 1, line, None


class _Kit:
    """Reads snippets, and those in them; what they add up to is bounded."""

    def __init__(self, *, inclusions: Inclusions, folders: tuple[str, ...]) -> None:
        self._inclusions = inclusions
        self._folders = folders
        self._length = 0

    def read(self, name: str, depth: int) -> list[str] | None:
        """The lines of what `name` stands for, None if it is not there."""
        if "://" in name or depth > MAX_DEPTH or self._length > MAX_LENGTH:
            return None
        text = self._inclusions.find(name, self._folders)
        part: re.Match[str] | None = None
        if text is None and (part := _LINES.fullmatch(name) or _SECTION.fullmatch(name)) is not None:
            text = self._inclusions.find(part["file"], self._folders)
        if text is None:
            return None
        self._length += len(text)
        lines = text.rstrip("\n").split("\n")
        if part is not None:
            lines = _choose(lines, part["ranges"]) if part.re is _LINES else _cut_section(lines, part["name"])
        out: list[str] = []
        for _, line, names in _read_lines("\n".join(lines)):
            if names is None:
                out += [] if _SECTION_MARK.match(line) else [line]
                continue
            for inner, indent in names:
                out += [f"{indent}{one}".rstrip() for one in self.read(inner, depth + 1) or ()]
        return out


def _choose(lines: list[str], ranges: str) -> list[str]:
    """The lines that `:3`, `:1:3` or `:1:3,5:6` mean; they are counted from 1."""
    chosen: list[str] = []
    for part in ranges.lstrip(":").split(","):
        first, colon, last = part.partition(":")
        start = max(int(first or 1), 1) - 1
        chosen += lines[start : int(last) if last else None] if colon or not first else lines[start:]
    return chosen


def _cut_section(lines: list[str], name: str) -> list[str]:
    """The lines between the marks that start and end the section `name`, without the marks of others."""
    out: list[str] = []
    inside = False
    for line in lines:
        found = _SECTION_MARK.match(line)
        if found and found["name"] == name:
            inside = found["kind"] == "start"
        elif inside and not found:
            out.append(line)
    return out
