"""Eleventy's data cascade, as far as it is data: https://www.11ty.dev/docs/data-cascade/."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from feeds.errors import ConfigError, PostError
from feeds.loader.datafiles import ENDINGS, read_text, read_value
from feeds.loader.files import decode_text, read_bytes
from feeds.loader.folders import walk_files
from feeds.loader.headers import read_header
from feeds.loader.js_settings import read_js_settings
from feeds.loader.keys import is_empty

if TYPE_CHECKING:
    from pathlib import Path

SITE_FILES = ("site", "metadata", "meta", "config", "global", "siteconfig", "settings")
# What a layout may say about the posts that use it.
_LAYOUT_KEYS = ("layout", "permalink", "tags", "author", "authors", "lang", "draft", "eleventyexcludefromcollections")
_MAX_LAYOUTS = 5
# permalink: ({ page }) => `/web/${page.fileSlug}/`, also as a function that returns the template and nothing else
_PERMALINK = re.compile(
    r"\bpermalink\s*(?::\s*(?:async\s+)?(?:function\b\s*\w*\s*)?)?(?:\([^()]*\)|\w+)\s*(?:=>\s*)?"
    r"(?:\{\s*return\s*)?`((?:[^`\\]|\\.)*)`"
)
_DATA_EXTENSION = re.compile(r"\baddDataExtension\(\s*(\[[^\]]*\]|[\"'`][^\"'`]*[\"'`])")
# addFilter("slugDate", (date) => DateTime.fromJSDate(date).toFormat("yyyy/MM")), of Luxon, Day.js or Moment
_FILTERS = re.compile(r"\badd\w*Filter\(\s*[\"'`](\w+)[\"'`]((?:(?!\badd[A-Z]).)*)", re.DOTALL)
_DATE_PATTERN = re.compile(r"\.\s*(?:(?:toFormat|format)\(\s*[\"'`]([^\"'`]+)[\"'`]\s*\)|toISODate\(\))")
_SOME_PERMALINK = re.compile(r"^\s*[\"']?permalink[\"']?\s*(?::|\([^()]*\)\s*\{)", re.MULTILINE)
UNREADABLE = "{% a program %}"  # a tag, which no permalink is filled with
_HOLE = re.compile(r"\$\{\s*(?:data\.)?([^{}]*?)\s*\}")


def read_global_data(root: Path, folder: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The tables in the data files that sites keep their facts in, as far as they are data."""
    for stem in SITE_FILES:
        for ending in (*ENDINGS, ".js", ".mjs", ".cjs", ".ts"):
            file = root / folder / f"{stem}{ending}"
            if file.is_file():
                value = read_value(file) if ending in ENDINGS else read_js_settings(file)
                if isinstance(value, Mapping):
                    yield f"{folder}/{stem}{ending}", value


def read_directory_data(root: Path, folder: str, source: str, endings: Iterable[str] = ()) -> dict[str, Any]:
    """The data of `folder`'s own files and of all above it up to the input folder, the nearest winning.

    `endings` are those that `find_data_endings` found.
    """
    merged: dict[str, Any] = {}
    parts = folder.split("/") if folder else []
    first = len(source.split("/")) if source else 0
    for count in range(first, len(parts) + 1):
        if parts[:count]:
            here = "/".join(parts[:count])
            merged = merge_data(merged, read_data_files(root, f"{here}/{parts[count - 1]}", endings))
    return merged


def read_data_files(root: Path, stem: str, endings: Iterable[str] = ()) -> dict[str, Any]:
    """The data files called `stem`, keys in lower case: `.11tydata.js` below `.11tydata.json` below `.json`.

    Those with the site's own `endings` are below them all.
    """
    merged: dict[str, Any] = {}
    own = (f"{kind}{ending}" for kind in ("", ".11tydata") for ending in endings)
    for ending in (*own, ".11tydata.js", ".11tydata.mjs", ".11tydata.cjs", ".11tydata.json", ".json"):
        file = root / f"{stem}{ending}"
        if file.is_file():
            try:
                value = _read_module(file) if ending.endswith("js") else read_value(file)
            except ConfigError:
                # Eleventy would stop; a post needs it only for what its own header does not say.
                continue
            merged = merge_data(
                merged,
                {str(key).lower(): inner for key, inner in value.items()} if isinstance(value, dict) else {},
            )
    return merged


def find_data_endings(settings: str) -> list[str]:
    """The endings of data files that the text of the settings adds (/docs/data-custom/), as far as we can read them."""
    said = " ".join(_DATA_EXTENSION.findall(settings))
    return [ending for ending in ENDINGS if re.search(rf"\b{ending[1:]}\b", said)]


def find_date_filters(settings: str) -> dict[str, str]:
    """The site's own filters that write a date and nothing else, with the pattern that they write it in."""
    found = {}
    for name, body in _FILTERS.findall(settings):
        if pattern := _DATE_PATTERN.search(body):
            found[name] = pattern[1] or "yyyy-MM-dd"
    return found


def _read_module(file: Path) -> dict[str, Any]:
    """What a data module exports, with a permalink function that only fills a template as that template.

    One that does more is UNREADABLE.
    """
    value, text = read_js_settings(file), read_text(file)
    if "permalink" in value:
        return value
    if found := _PERMALINK.search(text):
        return {**value, "permalink": _HOLE.sub(lambda hole: f"{{{{ {hole[1]} }}}}", found[1])}
    return {**value, "permalink": UNREADABLE} if _SOME_PERMALINK.search(text) else value


def read_layouts(root: Path, *folders: str) -> dict[str, dict[str, Any]]:
    """What the header of each layout says, by its path below the folders of layouts, keys in lower case."""
    layouts: dict[str, dict[str, Any]] = {}
    for folder in folders:
        for source in walk_files(root, folder, skip=frozenset()):
            try:
                text, _ = decode_text(read_bytes(root / source), source)
                fields = dict(read_header(text).fields)
            except (PostError, OSError):  # Eleventy would stop; a post needs it for little
                continue
            kept = {key: fields[key] for key in _LAYOUT_KEYS if key in fields}
            if kept:
                layouts.setdefault(source[len(folder) :].lstrip("/"), kept)
    return layouts


def read_layout_chain(layouts: Mapping[str, Mapping[str, Any]], name: object) -> dict[str, Any]:
    """The data of the layout of that name over those of the layouts that it is in itself; {} if there is none."""
    chain: list[Mapping[str, Any]] = []
    while isinstance(name, str) and len(chain) < _MAX_LAYOUTS:
        found = layouts.get(name) or next((layouts[path] for path in layouts if path.rpartition(".")[0] == name), None)
        if found is None:
            break
        chain.append(found)
        name = found.get("layout")
    merged: dict[str, Any] = {}
    for data in reversed(chain):
        merged = merge_data(merged, data)
    return merged


def merge_data(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Data merged deeply (https://www.11ty.dev/docs/data-deep-merge/): lists and tags are joined."""
    merged = dict(below)
    for key, value in above.items():
        known = merged.get(key)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            merged[key] = merge_data(known, value)
        elif key == "tags" and not is_empty(known) and not is_empty(value):
            merged[key] = [*_as_list(known), *_as_list(value)]
        elif isinstance(known, list) and isinstance(value, list):
            merged[key] = known + value
        else:
            merged[key] = value
    return merged


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
