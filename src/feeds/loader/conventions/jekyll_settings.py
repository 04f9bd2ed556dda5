"""Where Jekyll's posts are, and what `_config.yml` says about them: https://jekyllrb.com/docs/configuration/."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from feeds.loader.conventions.packages import join_folders
from feeds.loader.conventions.places import count_dated
from feeds.loader.folders import NEVER
from feeds.loader.keys import is_true
from feeds.loader.people import parse_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from feeds.loader.convention import Convention

# What of `_config.yml` a post may show as `site.name`.
_PLAIN_DATA = (str, int, float, list, dict)
POST_FOLDERS = frozenset({"_posts", "_drafts"})
_SUFFIXES = {"pretty": "/", "date": ":output_ext", "ordinal": ":output_ext", "none": ":output_ext"}


def find_post_folders(root: Path, source: str) -> tuple[str, ...]:
    """The `_posts` and `_drafts` below the source, not those of dependencies or output; outermost only."""
    return tuple(_scan(root, source))


def _scan(root: Path, folder: str) -> Iterator[str]:
    try:
        entries = sorted(entry.name for entry in (root / folder).iterdir() if entry.is_dir())
    except OSError:
        return
    for name in entries:
        path = f"{folder}/{name}" if folder else name
        if name in POST_FOLDERS:
            yield path
        # Jekyll::EntryFilter leaves out what starts with one of these.
        elif (name[0] not in "_.#~" and name not in NEVER - {"public", "out"}) or name == "_collections":
            yield from _scan(root, path)


def find_source(root: Path, config: Mapping[str, Any]) -> str:
    """The folder of the site's source, "" for the site's own.

    One that a build script has yet to make (`.tmp/src`) is made of the folder that the posts are in.
    """
    source = re.sub(r"^(?:\./)+|^\.$", "", str(config.get("source") or "")).strip("/")
    if (root / source).is_dir():
        return source
    return next((folder.rpartition("/")[0] for folder in find_post_folders(root, "")), "")


def find_collections(
    root: Path, source: str, config: Mapping[str, Any], convention: Convention
) -> dict[str, tuple[str, str]]:
    """The collections that are written and hold dated files, by folder: label and permalink (docs/collections/)."""
    found = {}
    tables = config.get("collections")
    style = str(config.get("permalink") or "date")
    suffix = _SUFFIXES.get(style, next((end for end in ("/", ":output_ext") if style.endswith(end)), ""))
    parent = join_folders(source, str(config.get("collections_dir") or ""))
    for label, table in tables.items() if isinstance(tables, dict) else ():
        folder = join_folders(parent, f"_{label}")
        written = isinstance(table, dict) and is_true(table.get("output"))
        if written and label != "posts" and sum(count_dated(root, folder, convention).values()):
            own = table.get("permalink")
            found[folder] = (str(label), own if isinstance(own, str) else f"/:collection/:path{suffix}")
    return found


def read_options(config: Mapping[str, Any], source: str, base: str) -> dict[str, Any]:
    """What reading one post needs of the configuration; `base` is the site's folder without slashes."""
    collections = config.get("collections")
    posts = collections.get("posts") if isinstance(collections, dict) else None
    permalink = (posts.get("permalink") if isinstance(posts, dict) else None) or config.get("permalink")
    extensions = [name.strip() for name in str(config.get("markdown_ext") or "").split(",")]
    return {
        "permalink": permalink if isinstance(permalink, str) else "date",
        "defaults": _read_defaults(config.get("defaults")),
        "future": is_true(config.get("future")),
        "unpublished": is_true(config.get("unpublished")),
        "show_drafts": is_true(config.get("show_drafts")),
        "source": join_folders(source, str(config.get("collections_dir") or "")),
        "extensions": [f".{name}" for name in extensions if name],
        "exclude": [name.strip("/") for name in parse_names(config.get("exclude"))],
        "prefix": f"/{base}" if base else "",
        "languages": list(parse_names(config.get("languages"))),
        "default_language": str(config.get("default_lang") or ""),
        "variables": {key: value for key, value in config.items() if isinstance(value, _PLAIN_DATA)},
    }


def is_in_scope(source: str, scope: str) -> bool:
    """Whether a path is what a scope or an exclusion names: itself, below it, or by a pattern with `*`."""
    if "*" in scope:
        parts = source.split("/")
        return any(fnmatchcase("/".join(parts[:count]), scope) for count in range(1, len(parts) + 1))
    return not scope or source == scope or source.startswith(f"{scope}/")


def _read_defaults(value: Any) -> list[tuple[str, str, dict[str, Any]]]:
    """`defaults` as (path, type, values), the narrower scope later (Jekyll::FrontmatterDefaults)."""
    found = []
    for item in value if isinstance(value, list) else []:
        scope, values = (item.get("scope"), item.get("values")) if isinstance(item, dict) else (None, None)
        if isinstance(values, dict):
            scope = scope if isinstance(scope, dict) else {}
            table = {str(key).lower(): inner for key, inner in values.items()}
            found.append((str(scope.get("path") or "").strip("/"), str(scope.get("type") or ""), table))
    return sorted(found, key=lambda one: (len(one[0]), bool(one[1])))
