"""What an Eleventy site's programs give, as far as their text tells; none is run.

Permalinks that are functions (https://www.11ty.dev/docs/permalinks/), filters that write a date (/docs/filters/) and
the endings of data files (/docs/data-custom/).
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from feeds.loader.datafiles import ENDINGS, read_text
from feeds.loader.files import read_loosely

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

UNREADABLE = "{% a program %}"  # a tag, which no permalink is filled with
GUESSED = "{# a program #}"  # a comment before what a program with more than one way through is taken to give
# permalink: ({ page }) => `/web/${page.fileSlug}/`, also as a function that returns the template and nothing else
_PERMALINK = re.compile(
    r"\bpermalink\s*(?::\s*(?:async\s+)?(?:function\b\s*\w*\s*)?)?(?:\([^()]*\)|\w+)\s*(?:=>\s*)?"
    r"(?:\{\s*return\s*)?`((?:[^`\\]|\\.)*)`"
)
_SOME_PERMALINK = re.compile(r"^[^\S\n]*[\"']?permalink[\"']?\s*(?::|\([^()]*\)\s*\{)", re.MULTILINE)
_DATA_EXTENSION = re.compile(r"\baddDataExtension\(\s*(\[[^\]]*\]|[\"'`][^\"'`]*[\"'`])")
# addFilter("slugDate", (date) => DateTime.fromJSDate(date).toFormat("yyyy/MM")), of Luxon, Day.js or Moment
_FILTERS = re.compile(r"\badd\w*Filter\(\s*[\"'`](\w+)[\"'`]((?:(?!\badd[A-Z]).)*)", re.DOTALL)
_DATE_PATTERN = re.compile(r"\.\s*(?:(?:toFormat|format)\(\s*[\"'`]([^\"'`]+)[\"'`]\s*\)|toISODate\(\))")
_HOLE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
_RETURNED = re.compile(r"\breturn\s*\(?\s*`((?:[^`\\]|\\.)*)`")
_DEFINED = re.compile(r"\b(?:const|let|var)\s+(\w+)\s*=\s*([^;\n]+)")
_IMPORTED = re.compile(r"(?:\bfrom\s*|\brequire\(\s*|\bimport\(?\s*)[\"'](\.{1,2}/[^\"']+)[\"']")
# What a part of a date is called or asked for with, and its token.
_PARTS = (
    (re.compile(r"year|yyyy|.*\bget(?:UTC)?FullYear\(\).*", re.IGNORECASE), "yyyy"),
    (re.compile(r"month|mm|.*\bget(?:UTC)?Month\(\).*", re.IGNORECASE), "MM"),
    (re.compile(r"day|dd|.*\bget(?:UTC)?Date\(\).*", re.IGNORECASE), "dd"),
)
# What an expression of a permalink function is in a template.
_VARIABLES = (
    (re.compile(r"(?:data\.)?(title|lang|locale|page\.\w+)"), r"\1"),
    (re.compile(r".*slugify\(\s*(?:data\.)?title\b.*", re.IGNORECASE), "title | slugify"),
    (re.compile(r".*\bfileSlug\b.*"), "page.fileSlug"),
)
_SLUG = re.compile(r"\w*slug", re.IGNORECASE)
_MODULES = 30


def read_with_imports(root: Path, file: str) -> str:
    """The text of a module with that of the site's own modules that it takes in, where filters often stand.

    Raises ConfigError if the module itself cannot be read; the others are only looked through.
    """
    texts: dict[str, str] = {}
    waiting = [file]
    while waiting and len(texts) < _MODULES:
        name = waiting.pop(0)
        if name in texts:
            continue
        texts[name] = text = _look_through(root / name) if texts else read_text(root / name)
        below = (posixpath.normpath(posixpath.join(posixpath.dirname(name), one)) for one in _IMPORTED.findall(text))
        waiting += [found for one in below if (found := _find_module(root, one))]
    return "\n".join(texts.values())


def _look_through(file: Path) -> str:
    try:
        return read_loosely(file)
    except OSError:
        return ""


def _find_module(root: Path, name: str) -> str | None:
    names = (name, *(f"{name}{end}" for end in (".js", ".mjs", ".cjs", ".ts", "/index.js", "/index.mjs", "/index.cjs")))
    scripts = (one for one in names if one.endswith(("js", "ts")) and not one.startswith(".."))
    return next((one for one in scripts if (root / one).is_file()), None)


def find_data_endings(settings: str) -> list[str]:
    """The endings of data files that the text of the settings adds, as far as we can read them."""
    said = " ".join(_DATA_EXTENSION.findall(settings))
    return [ending for ending in ENDINGS if re.search(rf"\b{ending[1:]}\b", said)]


def find_date_filters(settings: str) -> dict[str, str]:
    """The site's own filters that write a date and nothing else, with the pattern that they write it in."""
    found = {}
    for name, body in _FILTERS.findall(settings):
        if pattern := _DATE_PATTERN.search(body):
            found[name] = pattern[1] or "yyyy-MM-dd"
        elif returned := _RETURNED.findall(body):
            made = _HOLE.sub(lambda hole: _name_part(hole[1]) or "?", returned[-1])
            if "?" not in made:
                found[name] = made
    return found


def read_permalink(text: str) -> str | None:
    """The permalink of a data module as the template that it fills; None if it says nothing of a permalink.

    GUESSED stands before what a function with more than one way through returns last; one that does more is
    UNREADABLE.
    """
    if found := _PERMALINK.search(text):
        return _HOLE.sub(lambda hole: f"{{{{ {hole[1].removeprefix('data.')} }}}}", found[1])
    if (some := _SOME_PERMALINK.search(text)) is None:
        return None
    body = _take_body(text[some.end() :])
    returned, defined = _RETURNED.findall(body), dict(_DEFINED.findall(body))
    if not returned:
        return UNREADABLE
    filled = _HOLE.sub(lambda hole: f"{{{{ {_name_variable(hole[1], defined) or '?'} }}}}", returned[-1])
    return UNREADABLE if "{{ ? }}" in filled else GUESSED + filled


def _name_part(expression: str) -> str | None:
    """The token of the part of a date that the expression gives."""
    return next((token for asked, token in _PARTS if asked.fullmatch(expression.strip())), None)


def _name_variable(expression: str, defined: Mapping[str, str]) -> str | None:
    """What an expression of a permalink function is in a template, None if nothing tells.

    >>> _name_variable("dt.toFormat('yyyy')", {}), _name_variable("slug", {"slug": "slugify(data.title)"})
    ('page.date | date: "yyyy"', 'title | slugify')
    """
    if pattern := _DATE_PATTERN.search(expression):
        return f'page.date | date: "{pattern[1] or "yyyy-MM-dd"}"'
    if token := _name_part(expression.removeprefix("data.")):
        return f'page.date | date: "{token}"'
    for asked, variable in _VARIABLES:
        if found := asked.fullmatch(expression):
            return found.expand(variable)
    known = defined.get(expression)
    told = None if known is None else _name_variable(known.strip(), {})
    return told or ("page.fileSlug" if _SLUG.fullmatch(expression) else None)


def _take_body(text: str) -> str:
    """The first block in braces that is no list of parameters, "" if there is none or it has no end."""
    start = re.match(r"[^{(]*(?:\([^()]*\))?\s*(?:=>)?\s*\{", text)
    depth = 1
    for mark in re.finditer(r"[{}]", text[start.end() :] if start else ""):
        depth += 1 if mark[0] == "{" else -1
        if not depth and start:
            return text[start.end() : start.end() + mark.start()]
    return ""
