"""`{{ … }}` and `{# … #}` of template languages that Hexo and Eleventy run over a post before its Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeds.models import Post

_COMMENT = re.compile(r"\{#(?=\s).*?\s#\}", re.DOTALL)
_OUTPUT = re.compile(r"\{\{-?\s*(?P<expression>[^{}]*?)\s*-?\}\}")
_NAME = re.compile(r"(?:page\.|post\.)?(\w+)\s*(?:\|.*)?$", re.DOTALL)
_LITERAL = re.compile(r"""(?:"([^"]*)"|'([^']*)')\s*(?:\|.*)?$""", re.DOTALL)


def replace_outputs(text: str, post: Post, *, lose: Callable[[str, str], object]) -> str:
    """`text`, whose code is protected, with what its outputs say, as far as the post's own header says it.

    `lose` is told the expression and the source of each of the others, which vanish.
    """

    def show(found: re.Match[str]) -> str:
        expression = found["expression"]
        if literal := _LITERAL.match(expression):
            return literal[1] or literal[2] or ""
        name = _NAME.match(expression)
        value = {"title": post.title, **post.extra}.get(name[1]) if name else None
        if isinstance(value, str | int | float):
            return str(value)
        if expression:
            lose(f"{{{{ {expression} }}}}", found[0])
        return ""

    return _OUTPUT.sub(show, _COMMENT.sub("", text))
