"""Code in tokens, for mail alone: a feed's reader has its own colours or none."""

from __future__ import annotations

import functools
import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.formatters.html import HtmlFormatter

_BLOCK = re.compile(r'<pre><code class="language-([^"]+)">([^<]*)</code></pre>')


def highlight_code(clean: str) -> str:
    """An entry's HTML with each token of its code in a `<span>` with the short Pygments class of its kind (`k`, `s2`).

    The letters stay as they are. So does a block in a language that Pygments does not know, or with tags of its own.
    """
    return _BLOCK.sub(_highlight_one, clean) if "<pre><code class=" in clean else clean


def _highlight_one(found: re.Match[str]) -> str:
    from pygments import highlight
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(found[1], stripnl=False, ensurenl=False)
    except ClassNotFound:
        return found[0]
    tokens = highlight(html.unescape(found[2]), lexer, _make_formatter())
    return f'<pre><code class="language-{found[1]}">{tokens}</code></pre>'


@functools.cache
def _make_formatter() -> HtmlFormatter[str]:
    from pygments.formatters.html import HtmlFormatter

    return HtmlFormatter(nowrap=True)
