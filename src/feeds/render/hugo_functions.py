"""The functions of Hugo's templates that a definition of a shortcode may need: https://gohugo.io/functions/."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from feeds.render.markdown import render_commonmark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_RESULT = 1_000_000  # characters
_VERB = re.compile(r"%[vsdq]")


class Html(str):
    """A text that is HTML already."""

    __slots__ = ()


def say(value: Any) -> str:
    """A value as Go prints it."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _print(form: str, *values: Any) -> str:
    _bound(len(form) * max((len(say(value)) for value in values), default=1))
    rest = iter(values)
    return _VERB.sub(lambda found: f'"{next(rest)}"' if found[0] == "%q" else say(next(rest)), form)


def _replace(value: Any, old: str, new: str) -> str:
    text = say(value)
    _bound(text.count(old) * len(new))
    return text.replace(old, new)


def _bound(size: int) -> None:
    if size > MAX_RESULT:
        raise ValueError


def _markdownify(text: Any) -> Html:
    shown = render_commonmark(say(text)).strip()
    return Html(shown.removeprefix("<p>").removesuffix("</p>") if shown.count("<p>") == 1 else shown)


def _highlight(code: Any, language: Any = "", *_: Any) -> Html:
    word = html.escape(say(language))
    mark = f' class="language-{word}"' if word else ""
    return Html(f"<pre><code{mark}>{html.escape(code)}</code></pre>")


def _keep(value: Any, *_: Any) -> Any:
    return value


def _mark_safe(value: Any) -> Html:
    return Html(say(value))


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **dict.fromkeys(("absLangURL", "absURL", "anchorize", "int", "plainify", "relLangURL", "relURL", "urlize"), _keep),
    **dict.fromkeys(
        ("emojify", "htmlUnescape", "safeCSS", "safeHTML", "safeHTMLAttr", "safeJS", "safeURL"), _mark_safe
    ),
    **dict.fromkeys(("markdownify", ".Page.RenderString", "$.Page.RenderString"), _markdownify),
    **dict.fromkeys(("TrimSpace", "trim"), lambda value, *cut: type(value)(value.strip(*cut))),
    **dict.fromkeys(("errorf", "warnf"), lambda *_: ""),
    "and": lambda *values: next((value for value in values if not value), values[-1]),
    "cond": lambda choice, yes, no: yes if choice else no,
    "default": lambda fallback, value: value or fallback,
    "eq": lambda one, *others: one in others,
    "ge": lambda one, other: one >= other,
    "gt": lambda one, other: one > other,
    "hasPrefix": lambda text, start: say(text).startswith(start),
    "highlight": _highlight,
    "in": lambda text, part: part in text,
    "index": lambda values, key: values[key],
    "len": len,
    "lt": lambda one, other: one < other,
    "lower": lambda text: say(text).lower(),
    "ne": lambda one, other: one != other,
    "not": lambda value: not value,
    "or": lambda *values: next((value for value in values if value), values[-1]),
    "print": lambda *values: "".join(map(say, values)),
    "printf": _print,
    "replace": _replace,
    "string": _keep,
    "upper": lambda text: say(text).upper(),
}
