"""Tables as kramdown reads them (https://kramdown.gettalong.org/syntax.html#tables), for a renderer of GitHub's.

GitHub's wants a row of heads, a line below it with as many columns, and drops the cells of longer rows.
"""

from __future__ import annotations

import re

_ROW = re.compile(r" {0,3}\|")
# `|---`, `|:--:|--`, `|===`; a plus sign may stand for a bar.
_LINE = re.compile(r" {0,3}\|[-:=|+ \t]*$")
_BAR = re.compile(r"(?<!\\)\|")


def settle_tables(text: str) -> str:
    """`text`, whose code is protected, with each table that begins with a bar in the form that GitHub's has."""
    out: list[str] = []
    rows: list[str] = []
    for line in [*text.split("\n"), ""]:
        if _ROW.match(line) and (rows or not out or not out[-1].strip()):
            rows.append(line)
            continue
        out += _settle(rows) if rows else []
        rows = []
        out.append(line)
    return "\n".join(out[:-1])


def _settle(rows: list[str]) -> list[str]:
    lines = [bool(_LINE.match(row)) and ("-" in row or "=" in row) for row in rows]
    if lines[0] and len(rows) > 1:  # a line above the heads is for show
        return _settle(rows[1:])
    bodies = [row for row, line in zip(rows, lines, strict=True) if not line]
    if not bodies:
        return rows
    widths = [_count(row) for row in bodies]
    width = max(widths)
    headed = len(rows) > 1 and lines[1] and "-" in rows[1]
    if headed and sum(lines) == 1 and widths[0] == width == _count(rows[1]):
        return rows
    marks = _split(rows[1]) if headed else []
    marks = [mark.strip() if set(mark.strip()) <= set(":-") and mark.strip() else "---" for mark in marks]
    head = bodies[0] if headed else "|" + " |" * width
    below = "|" + "|".join((marks + ["---"] * width)[:width]) + "|"
    fill = " |" * (width - widths[0]) if headed else ""
    closed = head if not fill or head.rstrip().endswith("|") else f"{head} |"
    return [closed + fill, below, *(bodies[1:] if headed else bodies)]


def _split(row: str) -> list[str]:
    return _BAR.split(row.strip().removeprefix("|").removesuffix("|").replace("+", "|"))


def _count(row: str) -> int:
    return len(_BAR.split(row.strip().removeprefix("|").removesuffix("|")))
