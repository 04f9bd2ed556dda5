"""Adapted HTML as plain text of 72 columns, its links numbered and listed at its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from feeds.config.secure import prefer_https
from feeds.digest.elements import drop_invisible, split_names
from feeds.theme import collapse_spaces, delimit_url, display_width, wrap_text

if TYPE_CHECKING:
    from lxml import html

    from feeds.digest.elements import Say

WIDTH = 72
SENTENCE = 10
# What a line begins with: spaces, and the mark of a comment or a quotation.
LINE_START = re.compile(r"\s*(?:(?:#+|//+|;+|--|>+|\*)\s+)?")
# A word of a sentence with its punctuation, or a dash; no option of a command, such as --all.
WORD = re.compile(r"""["'“‘(*`]*[^\W\d_]+(?:[-'’][^\W\d_]+)*["'”’)*`.,:;!?…]*|[-–—*]+""")
BLOCKS = split_names("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre table hr")
# Inline elements that have a mark of their own, as people write them and mail programs know them.
MARKS = {"strong": "*", "b": "*", "em": "*", "i": "*", "code": "`", "kbd": "`", "samp": "`"}


def write_plain(root: html.HtmlElement, *, say: Say) -> str:
    """The blocks of `root`, with an empty line between two, and its links at the end as `[1] https://…`.

    `root` is used up.
    """
    writer = _Writer(say)
    blocks = writer.write_blocks(root, WIDTH)
    notes = [f"[{number}] {delimit_url(url)}" for number, url in enumerate(writer.links, start=1)]
    return drop_invisible("\n\n".join([*blocks, *(["\n".join(notes)] if notes else [])]))


class _Writer:
    """The text of one post in the making; `links` collects its addresses in the order of their first mention."""

    def __init__(self, say: Say) -> None:
        self.links: list[str] = []
        self.say = say

    def write_blocks(self, parent: html.HtmlElement, width: int) -> list[str]:
        """The blocks within `parent`; loose words between them are a block of their own."""
        blocks: list[str] = []
        words = _flatten(parent.text)
        for child in parent:
            if child.tag in BLOCKS:
                if words.strip():
                    blocks.append(_wrap(words, width))
                words = _flatten(child.tail)
                if written := self._write_block(child, width):
                    blocks.append(written)
            else:
                words += self._write_inline(child) + _flatten(child.tail)
        if words.strip():
            blocks.append(_wrap(words, width))
        return blocks

    def _write_block(self, block: html.HtmlElement, width: int) -> str:
        match block.tag:
            case "pre":
                lines = block.text_content().expandtabs(4).strip("\n").split("\n")
                # As it is, between two marks: what is copied from a mail must run.
                written = "\n".join(["```", *(_wrap_prose(line, width) for line in lines), "```"])
            case "hr":
                written = "* * *"
            case "ul" | "ol" | "dl":
                written = self._write_list(block, width)
            case "blockquote":
                written = _indent("\n\n".join(self.write_blocks(block, width - 2)), "> ")
            case "table" if block.get("class") == "code":
                written = "\n\n".join(text for cell in block.iter("td") for text in self.write_blocks(cell, width))
            case "table":
                written = self._write_table(block, width)
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                # It is marked as a whole, and its words stand together.
                etree.strip_tags(block, *MARKS)
                numbers = [self._number_link(link) for link in block.iter("a")]
                etree.strip_tags(block, "a")
                heading = _wrap(self._write_words(block).rstrip() + "".join(dict.fromkeys(numbers)), width)
                rule = "=" if block.get("class") == "s1" else "-"
                written = f"{heading}\n{rule * min(width, max(map(display_width, heading.splitlines()), default=0))}"
            case _:
                written = "\n\n".join(self.write_blocks(block, width))
        return written

    def _write_list(self, parent: html.HtmlElement, width: int) -> str:
        start = parent.get("start", "")
        number = int(start) if start.lstrip("-").isdigit() else 1
        items = []
        for item in parent:
            mark = (
                "  " if item.tag == "dd" else "" if item.tag == "dt" else f"{number}. " if parent.tag == "ol" else "- "
            )
            number += 1
            pad = " " * len(mark)
            # One paragraph and what is listed under it belong together.
            blocks = [child.tag for child in item if child.tag in BLOCKS]
            tight = {*blocks[1:]} <= {"ul", "ol"}
            written = ("\n" if tight else "\n\n").join(self.write_blocks(item, width - len(mark)))
            items.append((mark + _indent(written, pad)[len(pad) :]).rstrip())
        return "\n".join(item for item in items if item)

    def _write_table(self, table: html.HtmlElement, width: int) -> str:
        """Columns side by side if they fit, else each row as a list of its cells."""
        caption = [_wrap(self._write_words(element), width) for element in table.iter("caption")]
        rows = [[" ".join(self._write_words(cell).split()) for cell in row] for row in table.iter("tr")]
        count = max(map(len, rows), default=0)
        widths = [max(display_width(row[n]) if n < len(row) else 0 for row in rows) for n in range(count)]
        if sum(widths) + 3 * (count - 1) <= width:
            lines = [" | ".join(_pad(cell, widths[n]) for n, cell in enumerate(row)).rstrip() for row in rows]
            if any(True for _ in table.iter("th")) and lines:
                lines.insert(1, "-+-".join("-" * column for column in widths))
            return "\n\n".join([*caption, "\n".join(lines)])
        if len(rows) > 1 and all(cell.tag == "th" for cell in next(table.iter("tr"))):
            heads = [f"{head}: " if head else "" for head in rows.pop(0)]
            rows = [[head + cell for head, cell in zip(heads, row, strict=False) if cell] for row in rows]
        lists = ["\n".join(wrap_text(cell, width, "  ") for cell in row if cell) for row in rows]
        return "\n\n".join([*caption, *filter(None, lists)])

    def _write_words(self, element: html.HtmlElement) -> str:
        parts = [self._write_inline(child) + _flatten(child.tail) for child in element]
        return _flatten(element.text) + "".join(parts)

    def _write_inline(self, element: html.HtmlElement) -> str:
        match element.tag:
            case "br":
                return "\n"
            case "img":
                alt = element.get("alt", "")
                return f"[{self.say('picture')}: {alt}]" if alt else ""
            case "a":
                return self._write_link(element, self._write_words(element))
        words = self._write_words(element)
        if element.tag == "sup":
            return f"^{words}"
        if element.tag in MARKS:
            return _mark(words, MARKS[element.tag])
        return f" {words} " if element.tag in BLOCKS | {"li", "tr", "td", "th"} else words

    def _write_link(self, link: html.HtmlElement, words: str) -> str:
        url = link.get("href", "")
        shown = words.strip(" `*")
        if url == f"mailto:{shown}":
            return shown
        if url != prefer_https(shown):
            return words + self._number_link(link)
        # Text without spaces goes on at once, and would be taken for a part of the address.
        follows = (link.tail or "")[:1]
        return delimit_url(url) if url.isascii() and follows.isascii() else f"<{url}>"

    def _number_link(self, link: html.HtmlElement) -> str:
        url = link.get("href", "")
        if url not in self.links:
            self.links.append(url)
        return f" [{self.links.index(url) + 1}]"


def _flatten(text: str | None) -> str:
    """Text as HTML shows it, so that a line break in the result is a `<br>`."""
    return collapse_spaces(text or "")


def _mark(words: str, sign: str) -> str:
    """Words between two signs, if they are on one line and it is clear where they end."""
    bare = words.strip()
    if not bare or sign in bare or "\n" in bare or display_width(bare) > WIDTH:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}{sign}{bare}{sign}{after}"


def _wrap(words: str, width: int) -> str:
    """Wrapped words; a line break that `<br>` asked for stays one, any other white space does not."""
    return "\n".join(wrap_text(line, width) for line in words.split("\n") if line.strip())


def _wrap_prose(line: str, width: int) -> str:
    """A line of a code block; one that is too long is wrapped if it is a sentence, but never if it is code.

    A comment's or a quotation's mark begins each line of it, so that what is copied still runs.
    """
    words = line.split()
    plain = sum(WORD.fullmatch(word) is not None for word in words)
    if display_width(line) <= width or len(words) < SENTENCE or plain < len(words) * 0.8:
        return line
    start = LINE_START.match(line)
    pad = start[0] if start else ""
    return wrap_text(line[len(pad) :], width, pad)


def _indent(text: str, mark: str) -> str:
    return "\n".join((mark + line).rstrip() for line in text.split("\n"))


def _pad(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))
