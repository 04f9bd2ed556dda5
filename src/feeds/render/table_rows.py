r"""Rows of a table that go over several lines, each with a backslash at its end but the last.

They are MultiMarkdown's, by way of markdown-it-multimd-table; a cell may hold a block of code so.
"""

from __future__ import annotations

import html
import re
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.render.pieces import Pieces

_BELOW_HEADS = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$")
_ROW = re.compile(r" {0,3}\|")
_BAR = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"```([\w+#-]*)\n(.*?)\n?```\s*$", re.DOTALL)


def join_rows(text: str, pieces: Pieces) -> str:
    """`text` with each such row on one line, the code in its cells as pieces."""
    out: list[str] = []
    row: list[str] = []
    in_table = False
    for line in text.split("\n"):
        in_table = bool(_BELOW_HEADS.match(line)) or (in_table and _ROW.match(line) is not None)
        if in_table and line.endswith("\\"):
            row.append(line[:-1])
        elif row:
            out.append(_join([*row, line] if in_table else row, pieces) + ("" if in_table else f"\n{line}"))
            row = []
        else:
            out.append(line)
    return "\n".join([*out, *([_join(row, pieces)] if row else [])])


def _join(lines: list[str], pieces: Pieces) -> str:
    cells = zip_longest(*(_BAR.split(line.strip().removeprefix("|").removesuffix("|")) for line in lines), fillvalue="")
    return f"| {' | '.join(_write([part.rstrip().removeprefix(' ') for part in parts], pieces) for parts in cells)} |"


def _write(parts: tuple[str, ...] | list[str], pieces: Pieces) -> str:
    found = _CODE.match("\n".join(parts).rstrip())
    if found is None:
        return " ".join(part.strip() for part in parts if part.strip())
    language = f' class="language-{found[1]}"' if found[1] else ""
    return pieces.place(f"<pre><code{language}>{html.escape(found[2])}\n</code></pre>")
