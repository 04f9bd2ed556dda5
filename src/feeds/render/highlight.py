"""Code in tokens, for mail alone: a feed's reader has its own colours or none."""

from __future__ import annotations

import functools
import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pygments.formatters.html import HtmlFormatter
    from pygments.token import _TokenType

STANDSTILL = 1000  # empty tokens in a row

_BLOCK = re.compile(r'<pre><code class="language-([^"]+)">([^<]*)</code></pre>')


def highlight_code(clean: str) -> str:
    """An entry's HTML with each token of its code in a `<span>` with the short Pygments class of its kind (`k`, `s2`).

    The letters stay as they are. So does a block in a language that Pygments does not know, or with tags of its own.
    """
    return _BLOCK.sub(_highlight_one, clean) if "<pre><code class=" in clean else clean


def _highlight_one(found: re.Match[str]) -> str:
    from pygments import format as format_tokens
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(found[1], stripnl=False)
    except ClassNotFound:
        return found[0]
    try:
        tokens = format_tokens(_advance(lexer.get_tokens(html.unescape(found[2]))), _make_formatter())
    except _StandstillError:
        return found[0]
    return f'<pre><code class="language-{found[1]}">{tokens}</code></pre>'


class _StandstillError(Exception):
    """A lexer that goes round and round, as Pygments' (2.21) for tracebacks does behind a bare `in`."""


def _advance(tokens: Iterable[tuple[_TokenType, str]]) -> Iterator[tuple[_TokenType, str]]:
    """The tokens; raises `_StandstillError` once so many are empty that no text can be between them."""
    standing = 0
    for kind, letters in tokens:
        standing = 0 if letters else standing + 1
        if standing > STANDSTILL:
            raise _StandstillError
        yield kind, letters


@functools.cache
def _make_formatter() -> HtmlFormatter[str]:
    from pygments.formatters.html import HtmlFormatter

    return HtmlFormatter(nowrap=True)
