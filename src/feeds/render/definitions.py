"""Definition lists of kramdown and goldmark, which CommonMark does not have."""

from __future__ import annotations

import re

_DEFINITION = re.compile(r"^ {0,3}:[ \t]+\S")
MAX_TERMS = 4  # of one definition; what has more is a paragraph
_NO_TERM = re.compile(r"^\s*(?:[#>|<:`~=+*-]|\d+[.)]\s|\[[^\]]+\]:|$)| {4}")


def replace_definitions(text: str) -> str:
    """`text`, whose code is protected, with `<dl>` around each `Term` that lines of `: meaning` follow."""
    lines = text.split("\n")
    out: list[str] = []
    at = 0
    while at < len(lines):
        terms, after = _read_terms(lines, at)
        if not terms:
            out.append(lines[at])
            at += 1
            continue
        out += ["", "<dl>"]
        for term in terms:
            out += ["<dt>", "", term, "", "</dt>"]
        at = after
        while at < len(lines) and _DEFINITION.match(lines[at]):
            body, at = _read_definition(lines, at)
            out += ["<dd>", "", *body, "", "</dd>"]
            if at + 1 < len(lines) and not lines[at].strip() and _DEFINITION.match(lines[at + 1]):
                at += 1
        out += ["</dl>", ""]
    return re.sub(r"\n</dl>\s*\n<dl>\n", "\n", "\n".join(out))


def _read_terms(lines: list[str], at: int) -> tuple[list[str], int]:
    """The lines from `at` that are terms, and the line of their first definition; none if they are something else."""
    end = at
    while end < len(lines) and end - at < MAX_TERMS and lines[end].strip() and not _NO_TERM.match(lines[end]):
        end += 1
    if end == at or (at > 0 and lines[at - 1].strip() and not _DEFINITION.match(lines[at - 1])):
        return [], at
    first = end + 1 if end < len(lines) and not lines[end].strip() else end
    if first < len(lines) and _DEFINITION.match(lines[first]):
        return lines[at:end], first
    return [], at


def _read_definition(lines: list[str], at: int) -> tuple[list[str], int]:
    """The lines of the definition at `at`, its mark and indentation taken off, and the line behind it."""
    mark = re.match(r" {0,3}:[ \t]+", lines[at])
    assert mark is not None
    body = [lines[at][mark.end() :]]
    at += 1
    while at < len(lines):
        line = lines[at]
        if _DEFINITION.match(line):
            break
        if not line.strip():
            ahead = at + 1
            if ahead >= len(lines) or not lines[ahead].startswith(("  ", "\t")):
                break
        body.append(re.sub(rf"^(?:\t| {{1,{max(mark.end(), 1)}}})", "", line))
        at += 1
    return body, at
