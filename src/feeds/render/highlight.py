"""Code in colours for mail, where no style sheet and no script reaches: Pygments, with every style inline."""

from __future__ import annotations

import functools
import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.formatters.html import HtmlFormatter

# The shipped style whose faintest colour is still 4.8 : 1 on the light grey that mails put behind code (WCAG AA: 4.5).
STYLE = "xcode"
_BLOCK = re.compile(r'<pre><code class="language-([^"]+)">(.*?)</code></pre>', re.DOTALL)


def highlight_code(clean: str) -> str:
    """An entry's HTML with the colours of each block of code, whose language it names, as inline styles.

    Letters stay as they are; a block in a language that Pygments does not know stays as it is.
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
    if "<" in found[2]:  # marked up by hand already
        return found[0]
    coloured = highlight(html.unescape(found[2]), lexer, _make_formatter())
    return f'<pre><code class="language-{found[1]}">{coloured}</code></pre>'


@functools.cache
def _make_formatter() -> HtmlFormatter[str]:
    from pygments.formatters.html import HtmlFormatter

    return HtmlFormatter(noclasses=True, nowrap=True, style=STYLE)
