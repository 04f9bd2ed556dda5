"""Formulas, which a feed shows as their author wrote them: no renderer of Markdown may eat a star or a line."""

from __future__ import annotations

import re

from feeds.render.code import shift

# The rules of pandoc's tex_math_dollars: no space inside the dollars, no digit behind them.
_INLINE = re.compile(r"(?<![\\$\w])\$(?![\s$])((?:[^$\\\n]|\\.)+?)(?<!\s)\$(?![\w$])")
# KaTeX takes spaces inside the dollars, too; what is between them has to look like TeX then.
_SPACED = re.compile(r"(?<![\\$\w])\$[ \t](?=[^$\n]*?(?:\\[A-Za-z]|[\^_]\{))([^$\n]+?)[ \t]\$(?![\w$])")
_DISPLAY = re.compile(r"(?<!\\)\$\$(?:(?!\n\s*\n).)+?\$\$", re.DOTALL)
_BRACKETED = re.compile(r"\\{1,2}(?:\((?:(?!\n\s*\n).)+?\\{1,2}\)|\[(?:(?!\n\s*\n).)+?\\{1,2}\])", re.DOTALL)
_ACTIVE = re.compile(r"[*_\\<>^~\[\]`{}&|]")
_TEX = re.compile(r"\\[A-Za-z]+|[\^_=]")


def protect_formulas(text: str) -> str:
    """`text` with its formulas shifted, delimiters included, wherever Markdown would change them."""
    if "$" in text:
        text = _DISPLAY.sub(_shift_active, text)
        text = _INLINE.sub(_shift_active, text)
        text = _SPACED.sub(_shift_active, text)
    if "\\(" in text or "\\[" in text:
        text = _BRACKETED.sub(lambda found: shift(found[0]) if _TEX.search(found[0][2:-2]) else found[0], text)
    return text


def _shift_active(found: re.Match[str]) -> str:
    return shift(found[0]) if _ACTIVE.search(found[0].strip("$")) else found[0]
