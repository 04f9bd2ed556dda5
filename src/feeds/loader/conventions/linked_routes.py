"""Where posts say that posts are: the path above each other's names in their own links."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote

from feeds.loader.conventions.dated_names import INDEXES, read_dated_name
from feeds.loader.files import read_loosely
from feeds.loader.witness import JUDGED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SAMPLE = 500  # posts that are read for their links; the first by name, so that a new one seldom changes the guess
MOST = 50  # links of one post
FEWEST = 2  # posts that are linked to alike: one may be a slip
# `](/a/b)`, `href="/a/b"`, `[x]: /a/b`, each by a pattern that begins with plain letters, which is found ten times
# faster; what ends like a file is no page. Whole addresses, which most links are, tell nothing here: an edit that adds
# one must not make all be judged anew.
_PATH = r"(/(?!/)[^\s\"'<>()#?]+)"
_LINKS = tuple(re.compile(start + _PATH) for start in (r"\]\(\s*<?", r"href=[\"']", r"\]:[ \t]*<?"))
_FILE = re.compile(r"\.(?!html?$)[a-z][a-z0-9]{1,4}$", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W\d_]+")
# The same for what is ASCII, in a fifth of the time.
_ASCII_LETTERS = {code: chr(code) if chr(code).isalpha() else None for code in range(128)}
# What of a post's path stands in its address, best first; of two that fit as well the first is taken.
_SHAPES = ("whole", "undated", "name", "slug")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedRoute:
    """The `route` above the posts, what of a post's path stands below it (`shape`), and how many links say so."""

    route: str
    shape: str
    links: int

    @property
    def why(self) -> str:
        """The evidence, in words."""
        return f"a guess: {self.links} links in its posts"


def find_linked_route(root: Path, sources: Iterable[str], folder: str) -> LinkedRoute | None:
    """The route that more than half of the links of `sources`, the posts below `folder`, to each other say; or None."""
    sources = sorted(sources)
    links = [link for source in sources[:SAMPLE] for link in JUDGED.ask(read_links, root / source).split()]
    paths = [_fold(re.sub(r"(?:/index)?\.html?$", "", link)) for link in links]
    # Most posts are not linked to, and their shapes take longer to find out than the letters of their names.
    letters = {_list_letters(path.rpartition("/")[2]) for path in paths}
    near = [one for one in sources if _list_letters(_fold(_name(_inside(one, folder)))) in letters]
    posts = {shape: {_fold(shape_path(_inside(one, folder), shape)): one for one in near} for shape in _SHAPES}
    counts: Counter[tuple[str, str]] = Counter()
    linked: dict[tuple[str, str], set[str]] = {}
    found = 0
    for path in paths:
        last = path.rpartition("/")[2]
        if last not in posts["name"] and last not in posts["slug"]:
            continue
        found += 1
        for key, target in _explain(path, posts):
            counts[key] += 1
            linked.setdefault(key, set()).add(target)
    if not counts:
        return None
    best = min(counts, key=lambda key: (-counts[key], _SHAPES.index(key[1]), key[0]))
    if len(linked[best]) < FEWEST or counts[best] * 2 <= found:
        return None
    return LinkedRoute(route=best[0], shape=best[1], links=counts[best])


def read_links(path: Path) -> str:
    """The paths of the site that the file links to and that may be pages, with spaces between them."""
    try:
        text = read_loosely(path)
    except OSError:
        return ""
    links = (link.rstrip("/") for pattern in _LINKS for link in pattern.findall(text))
    return " ".join(list(dict.fromkeys(link for link in links if link and not _FILE.search(link)))[:MOST])


def shape_path(inside: str, shape: str) -> str:
    """What of a post's path below the folder of posts stands in its address, by one of the shapes that links have."""
    if shape == "whole":
        return inside.rpartition("/")[0] if _stands_for_folder(inside) else inside.rpartition(".")[0]
    if shape == "name":
        return _name(inside)
    name = read_dated_name(inside)
    return "/".join((*name.folders, name.slug)) if shape == "undated" else name.slug


def _name(inside: str) -> str:
    folders, _, last = inside.rpartition("/")
    return folders.rpartition("/")[2] if _stands_for_folder(inside) else last.rpartition(".")[0]


def _stands_for_folder(inside: str) -> bool:
    folders, _, last = inside.rpartition("/")
    return bool(folders) and last.rpartition(".")[0].lower() in INDEXES


def _list_letters(name: str) -> str:
    """What a name and its part behind a date have in common."""
    return name.translate(_ASCII_LETTERS) if name.isascii() else _NO_LETTERS.sub("", name)


def _explain(path: str, posts: dict[str, dict[str, str]]) -> Iterator[tuple[tuple[str, str], str]]:
    """Each route and shape by which the path is that of a post."""
    parts = path.split("/")
    for shape in _SHAPES:
        for start in range(1, len(parts)):
            target = posts[shape].get("/".join(parts[start:]))
            # `docs/docs/a.md` at /docs/a: one of its folders is in its address after all.
            if target is not None and (
                shape in {"whole", "undated"} or parts[start - 1] not in target.lower().split("/")
            ):
                yield ("/".join((*parts[:start], "")), shape), target
                break


def _fold(path: str) -> str:
    return normalize("NFC", unquote(path)).casefold()


def _inside(source: str, folder: str) -> str:
    return source[len(folder) :].lstrip("/") if folder else source
