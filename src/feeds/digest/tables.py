"""Tables that fit: words are broken only where the table would be wider than the column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.digest.pictures import COLUMN, PHONE_COLUMN
from feeds.theme import display_width

if TYPE_CHECKING:
    from lxml import html

WIDE_TABLE = 4
# In pixels, of a wide face.
TABLE_CHARACTER = 8.5
CELL_PADDING = 12


def adapt_table(table: html.HtmlElement) -> None:
    """Mark the table for the style sheet: `wide` if it has many columns, and the cells whose words may be broken."""
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
    columns = max(map(len, rows), default=1) or 1
    table.set("class", "data wide" if columns > WIDE_TABLE else "data")
    for name in ("width", "cellpadding", "cellspacing", "border"):
        table.set(name, "100%" if name == "width" else "0")
    if not any(True for _ in table.iter("th", "caption")):
        table.set("role", "presentation")
    longest = [max((_longest_word(row[n]) for row in rows if n < len(row)), default=0) for n in range(columns)]
    for name, room in (("broken", COLUMN), ("tight", PHONE_COLUMN)):
        if sum(longest) * TABLE_CHARACTER + columns * CELL_PADDING > room:
            # Only a word that is longer than its share of the room is broken, so that short ones stay whole.
            share = (room / columns - CELL_PADDING) / TABLE_CHARACTER
            for row in rows:
                for cell in row:
                    if _longest_word(cell) > share and "class" not in cell.attrib:
                        cell.set("class", name)


def _longest_word(cell: html.HtmlElement) -> int:
    return max(map(display_width, cell.text_content().split()), default=0) + any(True for _ in cell.iter("code"))
