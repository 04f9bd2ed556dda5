"""Code in colour, for mail: a site's own script is not there to do it."""

from __future__ import annotations

import html
import re

BLOCK = re.compile(r'<pre><code class="language-([^"\s]+)">(.*?)</code></pre>', re.DOTALL)
LARGEST = 20_000  # characters; beyond that colours cost more than they give


def highlight_code(content: str) -> str:
    """`content` with each block of code whose language is known marked up by Pygments' short class names.

    The text of a block stays as it is to the letter; a style sheet gives the classes their colours.
    """
    return BLOCK.sub(_highlight_block, content) if '<pre><code class="language-' in content else content


def _highlight_block(found: re.Match[str]) -> str:
    # Pygments takes a tenth of a second to import, and only mail needs it.
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    name, escaped = found[1], found[2]
    code = html.unescape(escaped)
    if "<" in escaped or len(code) > LARGEST:
        return found[0]
    try:
        lexer = get_lexer_by_name(html.unescape(name), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return found[0]
    marked = highlight(code, lexer, HtmlFormatter(nowrap=True))
    return f'<pre><code class="language-{name}">{marked}</code></pre>'
