"""Formulas, which a feed shows as their author wrote them: no renderer of Markdown may eat a star or a line."""

from __future__ import annotations

import re

from feeds.render.code import shift

# The rules of pandoc's tex_math_dollars: no space inside the dollars, no digit behind them.
_INLINE = re.compile(r"(?<![\\$\w])\$(?![\s$])((?:[^$\\\n]|\\.)+?)(?<!\s)\$(?![\w$])")
# KaTeX takes spaces inside the dollars, too; what is between them has to look like TeX then.
_SPACED = re.compile(r"(?<![\\$\w])\$[ \t](?=[^$\n]*?(?:\\[A-Za-z]|[\^_]\{))([^$\n]+?)[ \t]\$(?![\w$])")
_DISPLAY = re.compile(r"(?<!\\)\$\$(?:(?!\n\s*\n).)+?\$\$", re.DOTALL)
_QUOTED_LINE = re.compile(r"((?:^|\n)[ \t]*(?:>[ \t]?)*)([^\n]*)")
_BRACKET = re.compile(r"\\{1,2}([(\[])")
_CLOSES = {"(": "\\)", "[": "\\]"}
# A paragraph's end, or a link, a footnote or another item of a list: the bracket was escaped for its own sake.
_NO_FORMULA = re.compile(r"\n\s*\n|\]\((?:https?:|[/#.])|\n[ \t]*[-*+] |\[\^[^\]\s]+\]")
_ACTIVE = re.compile(r"[*_\\<>^~\[\]`{}&|]")
# Two dollars with such a tag between them belong to two texts.
_HTML = re.compile(r"</[a-z]\w*>|<(?:a|b|br|code|div|em|font|i|img|li|p|span|strong|td)\b[^<>]*>|&nbsp;", re.IGNORECASE)
_TEX = re.compile(r"\\[A-Za-z]+|[\^_=]")


def protect_formulas(text: str) -> str:
    """`text` with its formulas shifted, delimiters included, wherever Markdown would change them."""
    if "$" in text:
        text = _DISPLAY.sub(_shift_active, text)
        text = _INLINE.sub(_shift_active, text)
        text = _SPACED.sub(_shift_active, text)
    if "\\(" in text or "\\[" in text:
        text = _protect_bracketed(text)
    return text


def _protect_bracketed(text: str) -> str:
    """`text` with what LaTeX's brackets enclose in one paragraph shifted if it looks like TeX."""
    out: list[str] = []
    position = at = 0
    while opened := _BRACKET.search(text, at):
        at = opened.end()
        end = text.find(_CLOSES[opened[1]], at)
        if end > at and not _NO_FORMULA.search(text, at, end) and _TEX.search(text, at, end):
            at = end + 2
            out += [text[position : opened.start()], shift(text[opened.start() : at])]
            position = at
    return "".join(out) + text[position:]


def _shift_active(found: re.Match[str]) -> str:
    if not _ACTIVE.search(found[0].strip("$")) or ("<" in found[0] and _HTML.search(found[0])):
        return found[0]
    start = found.string.rfind("\n", 0, found.start()) + 1
    quoted = "\n" in found[0] and found.string[start : found.start()].lstrip().startswith(">")
    return _QUOTED_LINE.sub(lambda line: line[1] + shift(line[2]), found[0]) if quoted else shift(found[0])
