"""Gatsby: https://www.gatsbyjs.com/docs/adding-markdown-pages/ and /docs/reference/config-files/."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from feeds.loader.conventions.packages import SCRIPT_ENDINGS, Program, find_program
from feeds.loader.conventions.places import find_posts_folder
from feeds.loader.conventions.program_facts import note_table
from feeds.loader.conventions.routed import Routed
from feeds.loader.datafiles import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.loader.clues import Clues

# gatsby-node.js: `/blog${slug}`, "/blog/" + slug
_PREFIX = re.compile(r"[`\"']/([\w-]+)/?(?:\$\{[^}]*slug|[\"']\s*\+)", re.IGNORECASE)
# createPage with a path that is the slug alone
_BARE = re.compile(r"\bpath:\s*[\w.?]+\.slug\b")
_BLOGS = re.compile(r"blog|post|article|writing|journal|news", re.IGNORECASE)
_LISTS = frozenset({"tag", "tags", "category", "categories", "author", "authors", "page", "src", "pages", "content"})
_LISTS |= {"topics", "topic", "series"}


class Gatsby(Routed):
    """Files of a source plugin's folder; by `createFilePath` the address is the path below it."""

    name = "gatsby"
    posts_folders = ("content", "src", "")

    def find(self, root: Path) -> Program | None:
        """gatsby-config.*, or the dependency."""
        return find_program(root, settings=("gatsby-config",), packages=("gatsby",))

    def note_settings(self, clues: Clues, settings: Mapping[str, Any], origin: str) -> str:
        """`siteMetadata` holds the facts, `pathPrefix` the path below the domain."""
        metadata = settings.get("siteMetadata")
        base = str(settings.get("pathPrefix") or "").strip("/")
        if isinstance(metadata, Mapping):
            url = metadata.get("siteUrl")
            if base and isinstance(url, str) and not url.rstrip("/").endswith(f"/{base}"):
                metadata = {**metadata, "siteUrl": f"{url.rstrip('/')}/{base}"}
            note_table(clues, metadata, origin)
        return f"/{base}" if base else ""

    def find_folder(self, root: Path, program: Program, settings: Mapping[str, Any]) -> tuple[str, str]:
        """The folder of a source plugin that holds dated files, else what looks most like posts."""
        for path in _source_paths(settings.get("plugins")):
            place = program.below(path)
            if (root / place).is_dir() and _BLOGS.search(place):
                folder, reason = find_posts_folder(root, self, below=place)
                if "no dated" not in reason:
                    # createFilePath counts from the plugin's folder.
                    return place, f"{program.settings}, {reason}"
                del folder
        return super().find_folder(root, program, settings)

    def guess(self, root: Path, program: Program, folder: str) -> tuple[str, str] | None:
        """The prefix that gatsby-node puts in front of a slug."""
        for name in (program.below(f"gatsby-node.{ending}") for ending in SCRIPT_ENDINGS):
            if (root / name).is_file() and (prefix := _find_prefix(read_text(root / name), folder)):
                return f"/{prefix}/", f"a guess: {name}"
        return None

    def assume(self, program: Program, folder: str) -> tuple[str, str]:
        """By `createFilePath`, as in Gatsby's starter, the path is the address."""
        del program, folder
        return "/", "a guess: Gatsby's starter"


def _find_prefix(text: str, folder: str) -> str | None:
    """The folder that gatsby-node's `text` puts before the posts' slugs: of several kinds of pages, that of posts."""
    found = [prefix for prefix in _PREFIX.findall(text) if prefix.lower() not in _LISTS]
    likely = (prefix for prefix in found if _BLOGS.search(prefix) or prefix in folder.split("/"))
    return next(likely, None if _BARE.search(text) else next(iter(found), None))


def _source_paths(plugins: Any) -> list[str]:
    paths = []
    for plugin in plugins if isinstance(plugins, list) else []:
        options = plugin.get("options") if isinstance(plugin, Mapping) else None
        path = options.get("path") if isinstance(options, Mapping) else None
        if isinstance(path, str):
            paths.append(path)
    return paths
