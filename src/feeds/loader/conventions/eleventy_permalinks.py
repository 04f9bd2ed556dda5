"""The template variables and filters that permalinks are written with: https://www.11ty.dev/docs/permalinks/.

A permalink is a Liquid or Nunjucks template. What it may hold is endless, what permalinks do hold is a few
variables and filters; these are filled, and a permalink with anything else is not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from feeds.loader.js_slugs import loose_slug, simple_slug
from feeds.loader.keys import is_false

if TYPE_CHECKING:
    from feeds.loader.convention import Page

_HOLE = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_FILTER = re.compile(r"\s*([\w.]+)\s*(?:[:(]\s*(.*?)\s*\)?)?\s*$", re.DOTALL)
_PIPE = re.compile(r"\|(?=(?:[^\"']|\"[^\"]*\"|'[^']*')*$)")
_QUOTED = re.compile(r"([\"'])(.*?)\1")


def find_permalink(page: Page) -> str:
    """The permalink of the post's data as it is written, "" without one."""
    own = page.fields.get("permalink")
    if isinstance(own, Mapping):
        own = own.get("build")
    return own.strip() if isinstance(own, str) else ""


def fill_template(template: str, page: Page) -> str | None:
    """The permalink with its variables filled, or None if it asks for something that we do not know."""
    if is_false(page.fields.get("dynamicpermalink")):
        return template
    if _TAG.search(template):
        return None
    unknown = False

    def fill(match: re.Match[str]) -> str:
        nonlocal unknown
        value = _evaluate(match[1], page)
        unknown = unknown or value is None
        return value or ""

    filled = _HOLE.sub(fill, _COMMENT.sub("", template))
    return None if unknown else filled


def _evaluate(expression: str, page: Page) -> str | None:
    first, *filters = _PIPE.split(expression)
    value: Any = _look_up(first.strip(), page)
    for part in filters:
        match = _FILTER.match(part)
        own = page.facts.options.get("date_filters", {})
        value = _apply(match[1], match[2] or "", value, own) if match and value is not None else None
    if isinstance(value, datetime):
        return None
    return None if value is None else str(value)


def _look_up(name: str, page: Page) -> Any:
    if quoted := _QUOTED.fullmatch(name):
        return quoted[2]
    stem = page.file.source.rpartition(".")[0]
    folder = str(page.facts.options.get("input", ""))
    below = stem[len(folder) :].lstrip("/") if folder else stem
    above, _, last = below.rpartition("/")
    values: dict[str, Any] = {
        "page.fileslug": page.name.slug,
        "page.filepathstem": "/" + "/".join(part for part in (above, re.sub(r"^\d{4}-\d{2}-\d{2}-", "", last)) if part),
        "page.date": page.published,
        "page.inputpath": f"./{page.file.source}",
        "page.outputfileextension": "html",
        "title": page.written or page.title,
        "date": page.published,
        "page.lang": page.language,
        "lang": page.language,
    }
    lowered = name.lower()
    if lowered in values:
        return values[lowered]
    value: Any = page.fields
    for part in lowered.split("."):
        value = (
            {str(key).lower(): inner for key, inner in value.items()}.get(part) if isinstance(value, Mapping) else None
        )
    return value if isinstance(value, str | int) and not isinstance(value, bool) else None


def _apply(name: str, argument: str, value: Any, own: Mapping[str, str]) -> Any:
    """The filters of Eleventy, Liquid and Nunjucks that permalinks use, and the site's `own` for dates; else None."""
    wanted = _QUOTED.search(argument)
    if isinstance(value, datetime):
        if wanted:
            return _format(value, wanted[2])
        if name in own:
            return _format(value, own[name])
        # A filter of the site's own, by names that say what it gives.
        return {"year": f"{value:%Y}", "month": f"{value:%m}", "day": f"{value:%d}"}.get(name.lower())
    text = str(value)
    if name.lower() in {"slugify", "slug", "urlslug", "safeslug"}:
        return loose_slug(text) if name == "slug" else simple_slug(text)
    if name in {"downcase", "lower"}:
        return text.lower()
    return text.strip() if name in {"url", "safe", "string", "trim", "strip", "default"} else None


_TOKENS = re.compile(r"[yY]{4}|LL?|MM?|dd?|DD?|y|[-/_. ]")


def _format(when: datetime, pattern: str) -> str | None:
    """A date in strftime's directives (Liquid) or in the tokens of Luxon or Moment (`yyyy/LL/dd`, `YYYY/MM/DD`)."""
    if "%" in pattern:
        return when.strftime(pattern)
    if _TOKENS.sub("", pattern):
        return None
    values = {"y": str(when.year), "L": str(when.month), "M": str(when.month), "D": str(when.day)}

    def write(match: re.Match[str]) -> str:
        token = match[0]
        value = values.get(token[0].replace("Y", "y").replace("d", "D"), token)
        return value.zfill(len(token)) if value.isdigit() else token

    return _TOKENS.sub(write, pattern)
