"""Cells that reach over rows, which some dialects of Markdown write as `^^`: GitHub's tables have none."""

from __future__ import annotations

import re

UPWARDS = "^^"

_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t([dh])\b([^>]*)>(.*?)</t\1>", re.DOTALL)


def merge_cells(html: str) -> str:
    """`html` with each `^^` of a table, as markdown-it-multimd-table reads it, merged into the cell above."""
    return _TABLE.sub(lambda table: _merge(table[0]), html)


def _merge(table: str) -> str:
    rows = [list(_CELL.finditer(row[0])) for row in _ROW.finditer(table)]
    width = len(rows[0]) if rows else 0
    # Where cells differ in width, no cell is above another.
    if any(len(row) != width or any("span=" in cell[2] for cell in row) for row in rows):
        return table
    spans = [[1] * width for _ in rows]
    for column in range(width):
        top = 0
        for number, row in enumerate(rows):
            if number and row[column][3].strip() == UPWARDS:
                spans[top][column] += 1
                spans[number][column] = 0
            else:
                top = number
    numbers = iter(range(len(rows)))

    def write(row: re.Match[str]) -> str:
        columns = iter(spans[next(numbers)])
        return _CELL.sub(lambda cell: _write_cell(cell, next(columns)), row[0])

    return _ROW.sub(write, table)


def _write_cell(cell: re.Match[str], span: int) -> str:
    if span == 1:
        return cell[0]
    return f'<t{cell[1]}{cell[2]} rowspan="{span}">{cell[3]}</t{cell[1]}>' if span else ""
