"""Where a program's routes show the posts: a guess from its route files, since routes are code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.loader.files import walk_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# A folder's name that says nothing about the address.
_SILENT = frozenset(
    {
        "content",
        "contents",
        "src",
        "data",
        "public",
        "static",
        "app",
        "pages",
        "routes",
        "md",
        "mdx",
        "markdown",
        "_content",
        "",
    }
)
# A parameter that stands for a post's name: `[slug]`, `[...id]`, `$slug`, `_slug`, `[[...slug]]`.
_PARAMETER = re.compile(r"\[?\[(?:\.\.\.)?(\w+)\]\]?|\$(\w+)|\$|_(\w+)")
_OTHER = frozenset(
    {"tag", "tags", "category", "categories", "page", "author", "authors", "lang", "locale", "year", "path"}
)
_LISTS = frozenset(
    {
        "tag",
        "tags",
        "category",
        "categories",
        "topic",
        "topics",
        "author",
        "authors",
        "page",
        "api",
        "og",
        "archive",
    }
)


def find_routes(root: Path, folders: Iterable[str], endings: Iterable[str]) -> dict[str, str]:
    """The addresses that have one parameter for a post, with its file: `/blog/` for `pages/blog/[slug].js`.

    Groups such as `(site)` are no part of an address; lists of tags and pages are left out.
    """
    routes: dict[str, str] = {}
    wanted = tuple(endings)
    for folder in folders:
        for source in walk_files(root, folder, skip=frozenset({"node_modules"})):
            if source.endswith(wanted) and (route := _as_route(source[len(folder) :].strip("/"))):
                routes.setdefault(route, source)
    return routes


def _as_route(path: str) -> str | None:
    parts = re.sub(r"(?:/?(?:page|index|\+page(?:\.server)?|route))?\.[\w.]+$", "", path).split("/")
    parts = [
        part
        for part in parts
        if part and not (part.startswith("(") and part.endswith(")")) and not part.startswith("@")
    ]
    at = next((number for number, part in enumerate(parts) if _PARAMETER.fullmatch(part)), None)
    if at is None or at != len(parts) - 1:
        return None
    match = _PARAMETER.fullmatch(parts[at])
    name = next((group for group in match.groups() if group), "") if match else ""
    if name.lower() in _OTHER or _LISTS & {part.lower() for part in parts[:at]}:
        return None
    return "/" + "".join(f"{part}/" for part in parts[:at])


def guess_route(folder: str, routes: dict[str, str], texts: dict[str, str]) -> tuple[str, str]:
    """The address above the posts of `folder`, and why: a route that names it, the only one, or its own name.

    `texts` are what the route files say: one that names the folder (`getCollection("blog")`) is its route.
    """
    name = re.sub(r"^[_(]+|\)+$", "", folder.rpartition("/")[2])
    for route, source in sorted(routes.items()):
        if name and re.search(rf"[\"'`/]{re.escape(name)}[\"'`/]", texts.get(source, "")):
            return route, f"guessed: {source} names {name!r}"
    matching = [route for route in sorted(routes) if name and route.strip("/").rpartition("/")[2] == name]
    if matching:
        return matching[0], f"guessed: {routes[matching[0]]}"
    likely = [route for route in sorted(routes) if re.search(r"blog|post|article|writing|note|news", route)]
    if len(likely or routes) == 1:
        route = next(iter(likely or routes))
        return route, f"guessed: {routes[route]}"
    if name.lower() in _SILENT:
        return "/", "guessed: the folder's name says nothing"
    return f"/{name}/", f"guessed: the folder {folder}"
