"""Where a program's routes show the posts: a guess from its route files, since routes are code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.loader.folders import walk_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from feeds.loader.convention import Page

# Folders whose names say nothing about the address.
_SILENT = frozenset(
    ("content", "contents", "src", "data", "public", "static", "app", "pages", "routes", "md", "mdx", "markdown", "")
)
_POSTS = frozenset(("posts", "post", "articles", "entries"))
# `[slug]`, `[...id]`, `[[...slug]]` (Next.js, Astro, SvelteKit), `$slug` (Remix), `_slug` (Nuxt 2).
_PARAMETER = re.compile(r"\[?\[(?:\.\.\.)?(\w+)\]\]?|\$(\w+)|_(\w+)")
# Parameters in front of a post's name, by what fills them.
_PLACES = {"year": "year", "yyyy": "year", "month": "month", "mm": "month", "day": "day", "dd": "day"}
_PLACES |= {"category": "category", "section": "category", "topic": "category"}
_LANGUAGES = frozenset(("lang", "locale", "language"))
# A last parameter that is no post's name, and folders of lists.
_NO_NAMES = frozenset(("tag", "tags", "category", "categories", "topic", "page", "author", "authors", "path", *_PLACES))
_LISTS = frozenset(("tag", "tags", "categories", "topics", "authors", "author", "page", "api", "og", "archive"))
# Of a site in several languages; no part of the address in one that has only one.
LANGUAGE = ":language"
_TREE = ":tree/"
_TEST = re.compile(r"\.(?:test|spec|stories)\.[a-z]+$")  # beside a route, and none
_LIKELY = re.compile(r"blog|post|article|writing|journal|note|news", re.IGNORECASE)


def find_routes(root: Path, folders: Iterable[str], endings: tuple[str, ...]) -> dict[str, str]:
    """The addresses above a post, each with its file: `/blog/:year/` for `pages/blog/[year]/[slug].js`.

    Groups such as `(site)` are no part of an address; lists of tags are left out.
    """
    routes: dict[str, str] = {}
    seen: set[str] = set()
    # `app/routes` before `app`, which has it in it.
    for folder in sorted(folders, key=lambda folder: -folder.count("/")):
        for source in walk_files(root, folder, skip=frozenset({"node_modules"})):
            if source in seen or not source.endswith(endings) or _TEST.search(source):
                continue
            seen.add(source)
            if route := _as_route(source[len(folder) :].strip("/")):
                routes.setdefault(route, source)
    return routes


def guess_route(folder: str, routes: Mapping[str, str], texts: Mapping[str, str]) -> tuple[str, str] | None:
    """The address above the posts of `folder`, and what it was guessed from; None if no route file tells.

    `texts` are what the route files say. A route for any path, the site's own too (`[[...slug]]`), shows folders as
    they lie.
    """
    guessed = _guess_route(folder, routes, texts)
    if guessed is None:
        return None
    route, why = guessed
    if route.endswith(_TREE):
        name, route = folder.rpartition("/")[2], route.removesuffix(_TREE)
        route += "" if name.lower() in _SILENT or route.endswith(f"/{name}/") else f"{name}/"
    return route, why


def _guess_route(folder: str, routes: Mapping[str, str], texts: Mapping[str, str]) -> tuple[str, str] | None:
    """The route whose file names the folder, or that is called as the folder or as blogs are."""
    parts = _bare_parts(folder)
    name = parts[0]
    # As `getCollection("blog")` does in Astro.
    for route, source in sorted(routes.items()):
        if name and re.search(rf"[\"'`/]{re.escape(name)}[\"'`/]", texts.get(source, "")):
            return route, f"a guess: {source} names {name!r}"
    for part in parts:
        for route, source in sorted(routes.items()):
            if part.lower() not in _SILENT and part in route.split("/"):
                return route, f"a guess: {source}"
    tops = {"/", f"/{LANGUAGE}/"}
    likely = [route for route in sorted(routes) if _LIKELY.search(route) or route.removesuffix(_TREE) in tops]
    if len(likely) == 1:
        return likely[0], f"a guess: {routes[likely[0]]}"
    return None


def guess_by_folder(folder: str) -> tuple[str, str]:
    """The address above the posts if it is called as their folder is, and why."""
    parts = _bare_parts(folder)
    name = parts[0]
    if name.lower() in _POSTS and len(parts) > 1 and _LIKELY.search(parts[1]):
        name = parts[1]
    if name.lower() in _SILENT:
        return "/", "a guess: the folder's name says nothing"
    return f"/{name}/", f"a guess: the folder {folder}"


def _bare_parts(folder: str) -> list[str]:
    """The names of the folders, the innermost first, without the marks of groups."""
    return [re.sub(r"^[_(]+|\)+$", "", part) for part in reversed(folder.split("/"))]


def fill_route(route: str, page: Page) -> str:
    """The route with the post's language, the parts of its date and its category, its folder or the header's."""
    when = page.published
    folder = page.file.inside.rpartition("/")[0].partition("/")[0]
    values = {
        ":year": f"{when:%Y}" if when else "",
        ":month": f"{when:%m}" if when else "",
        ":day": f"{when:%d}" if when else "",
        LANGUAGE: (page.name.language or "") if page.facts.options.get("languages") else "",
        ":category": folder or (page.categories[0] if page.categories else ""),
    }
    return re.sub("/{2,}", "/", "/".join(values.get(part, part) for part in route.split("/")))


def _as_route(path: str) -> str | None:
    parts = list(_name_parts(path))
    if not parts or _LISTS & {part.lower() for part in parts[:-1]}:
        return None
    last = _parameter(parts[-1])
    tree = parts[-1].startswith("[[")
    if last is None or (last in _NO_NAMES | _LANGUAGES and not tree):
        return None
    literal = []
    for part in parts[:-1]:
        name = _parameter(part)
        if name is None:
            literal.append(part)
        elif name in _PLACES:
            literal.append(f":{_PLACES[name]}")
        elif name in _LANGUAGES:
            literal.append(LANGUAGE)
        else:
            return None
    return "/" + "".join(f"{part}/" for part in literal) + (_TREE if tree else "")


def _name_parts(path: str) -> Iterator[str]:
    bare = re.sub(r"(?:/?(?:page|index|\+page(?:\.server)?|route))?\.[\w.]+$", "", path)
    # React Router's names: `_app.blog.$slug` is `blog/$slug`, and `blog_` is `blog` without its layout.
    dotted = "$" in bare
    for part in re.split(r"[/.]" if dotted else "/", bare):
        if part and not re.fullmatch(r"\(.*\)", part) and not part.startswith(("@", "_") if dotted else "@"):
            yield part.removesuffix("_")


def _parameter(part: str) -> str | None:
    """The name of the parameter that the part is, in lower case; None for a plain name."""
    match = _PARAMETER.fullmatch(part)
    return next(group.lower() for group in match.groups() if group) if match else None
