"""Eleventy's data cascade, as far as it is data: https://www.11ty.dev/docs/data-cascade/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from feeds.errors import ConfigError, PostError
from feeds.loader.conventions.eleventy_programs import read_permalink, read_with_imports
from feeds.loader.datafiles import ENDINGS, read_value
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

    `endings` are those that the site's settings add.
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
                value = _read_module(root, f"{stem}{ending}") if ending.endswith("js") else read_value(file)
            except ConfigError:
                # Eleventy would stop; a post needs it only for what its own header does not say.
                continue
            merged = merge_data(
                merged,
                {str(key).lower(): inner for key, inner in value.items()} if isinstance(value, dict) else {},
            )
    return merged


def _read_module(root: Path, name: str) -> dict[str, Any]:
    """What a data module exports, with a permalink that is a function as the template that it fills."""
    value = read_js_settings(root / name)
    permalink = None if "permalink" in value else read_permalink(read_with_imports(root, name))
    return value if permalink is None else {**value, "permalink": permalink}


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
