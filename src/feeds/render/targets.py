"""Whether an address of the site leads anywhere, as far as the site's folder tells."""

from __future__ import annotations

import os
import re
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from feeds.models import Status
from feeds.slugs import make_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from feeds.models import Post

SKIPPED = {"node_modules", "__pycache__", "venv"}
# What generators make by themselves: lists of posts, feeds, the pages of a list, years and months.
MADE = re.compile(
    r"(?:page/?\d+|\d{4}(?:/\d{1,2}){0,2}|archives?|tags?|categor(?:y|ies)|authors?|topics?|series|search|blog|posts?"
    r"|feed|rss|atom|index|sitemap|subscribe|newsletters/.*)(?:\.(?:xml|json|rss|atom|html))?$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\.(?:md|mdx|markdown|rst|txt|html?|mdown|mkd|adoc|org|njk|liquid|astro|vue|svelte|[jt]sx?)$")
_INDEX = re.compile(r"(?:^|/)(?:_?index|readme)$", re.IGNORECASE)
_DATE = re.compile(r"(^|/)\d{4}-\d{1,2}-\d{1,2}-")
# The address that a page's own front matter gives it, in YAML or TOML.
_SAID = re.compile(rb"^(?:permalink|url|path|slug|id)\s*[:=]\s*[\"']?/?([^\s\"']+)", re.MULTILINE | re.IGNORECASE)
# Where hosts and generators are told of addresses that lead elsewhere: a line of `_redirects`, or a key of the others.
REDIRECTS = frozenset(
    {"_redirects", "netlify.toml", "vercel.json", "firebase.json", "staticwebapp.config.json"}
    | {f"{name}.{suffix}" for name in ("docusaurus.config", "next.config") for suffix in ("js", "mjs", "ts")}
)
_REDIRECT = re.compile(
    r"""^/\S+(?=[ \t]+\S)|\b["']?(?:from|source|route)["']?\s*[:=]\s*["'](/[^"'\s]+)""", re.MULTILINE
)
_WILD = re.compile(r"[*:(].*")
HEADER = 2000  # bytes of a page in which its front matter is looked for


class Targets:
    """The addresses of a site: its posts, its other pages and files, and the lists that generators make.

    It errs on the side of silence: an address whose end is that of any file in the folder counts as there.
    """

    def __init__(self, posts: Sequence[Post], *, root: Path, site: str) -> None:
        self._root = root
        self._site = site
        self._posts = {
            fold_path(urljoin(site, url)): post for post in posts for url in (post.url, *post.aliases) if url
        }
        self._names = {
            make_slug(name)
            for post in posts
            for name in (*post.tags, *post.categories, *(author.name for author in post.authors))
        }

    def has(self, url: str) -> bool:
        """Whether `url`, an absolute address of this site, leads somewhere."""
        path = fold_path(url)
        below = path.removeprefix(fold_path(self._site)).strip("/")
        post = self._posts.get(path)
        if post is not None:
            return post.status is Status.PUBLISHED
        return (
            not below
            or MADE.match(below) is not None
            or below.rpartition("/")[2] in self._names
            or path in self._sections
            or below in self._ends  # last, for it reads the whole folder once
            or self._is_elsewhere(below.rpartition("/")[2])
            or any(path == start or (path.startswith(start) and start.endswith("/")) for start in self._redirected)
        )

    def _is_elsewhere(self, name: str) -> bool:
        """Whether a page has this name: a language, a version or a collection may stand before it in its address.

        Where a post is, is known, and a picture or another file is where it lies.
        """
        return "." not in name and name in self._ends and all(path.rpartition("/")[2] != name for path in self._posts)

    def find_unpublished(self, url: str) -> Post | None:
        """The post that has this address and that nobody can see."""
        post = self._posts.get(fold_path(url))
        return None if post is None or post.status is Status.PUBLISHED else post

    @cached_property
    def _sections(self) -> set[str]:
        """What stands above a post in its address, which generators make a list of the posts below it."""
        return {parent for path in self._posts for parent in _parents(path)}

    @cached_property
    def _redirected(self) -> set[str]:
        """The paths that lead elsewhere, of which one with a wildcard ends with the slash before it."""
        found: set[str] = set()
        for path, entry in _walk(self._root):
            if path.rpartition("/")[2] in REDIRECTS:
                said = [match[1] or match[0] for match in _REDIRECT.finditer(_read(entry).decode("utf-8", "replace"))]
                found |= {_WILD.sub("", one) if _WILD.search(one) else fold_path(one) for one in said}
        return found - {"/", ""}

    @cached_property
    def _ends(self) -> set[str]:
        """The ends of the paths of all files, with and without a suffix, and of the addresses that pages say.

        A folder of pages is among them, for generators make a list of it.
        """
        found: set[str] = set()
        for path, entry in _walk(self._root):
            plain = _DATE.sub(r"\1", _INDEX.sub("", _SUFFIX.sub("", path)))
            found.update(*map(_cut_front, (path.casefold(), plain.casefold())))
            if plain != path:
                found.update(_cut_front(plain.casefold().strip("/").rpartition("/")[0]))
                found |= {fold_path(said).strip("/") for said in _read_addresses(entry)}
        return found


def fold_path(url: str) -> str:
    """The path of an address, in the form in which two spellings of one page's are equal."""
    path = unquote(urlsplit(url).path)
    return re.sub(r"(?:/index)?\.html?$", "", path).rstrip("/").casefold()


def _cut_front(path: str) -> Iterable[str]:
    parts = path.split("/")
    return ("/".join(parts[start:]) for start in range(len(parts)))


def _parents(path: str) -> Iterator[str]:
    while "/" in path.strip("/"):
        path = path.rpartition("/")[0]
        yield path


def _walk(root: Path, below: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        entries = sorted(os.scandir(root / below), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in SKIPPED:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(root, f"{below}{entry.name}/")
        else:
            yield f"{below}{entry.name}", entry


def _read_addresses(entry: os.DirEntry[str]) -> list[str]:
    return [said.decode("utf-8", "replace") for said in _SAID.findall(_read(entry, HEADER))]


def _read(entry: os.DirEntry[str], size: int = -1) -> bytes:
    try:
        with open(entry.path, "rb") as file:  # noqa: PTH123 - `scandir` has the path as text
            return file.read(size)
    except OSError:
        return b""
