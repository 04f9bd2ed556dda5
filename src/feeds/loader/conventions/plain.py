"""Folders of Markdown without a generator: dates in headers or names, titles in first headings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from feeds.loader.addresses import find_own_address
from feeds.loader.clues import Clues
from feeds.loader.convention import MARKDOWN, Convention, Facts, FileName, Page, SourceFile
from feeds.loader.conventions.dated_names import read_dated_name
from feeds.loader.conventions.linked_routes import find_linked_route, shape_path
from feeds.loader.conventions.mdx_headers import MDX_HANDLERS
from feeds.loader.conventions.places import find_posts_folder
from feeds.loader.conventions.translations import find_translations, read_language
from feeds.loader.directory import find_people
from feeds.loader.folders import walk_files
from feeds.loader.titles import read_title
from feeds.models import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from feeds.config import Findings
    from feeds.loader.headers import HeaderHandler
# What stands in addresses as it is called on the disk; `posts` and `content` mostly do not.
_ADDRESSES = frozenset(
    ("blog", "blogs", "articles", "news", "journal", "writing", "writings", "essays", "notes", "updates")
)


class Plain(Convention):
    """What holds where nothing else does."""

    name = "plain"
    extensions: ClassVar[Mapping[str, Markup | None]] = {**dict.fromkeys(sorted(MARKDOWN)), ".mdx": Markup.MDX}
    handlers: ClassVar[tuple[HeaderHandler, ...]] = MDX_HANDLERS

    def detect(self, root: Path) -> str | None:
        """Nothing shows a plain folder; it is what is left."""
        del root
        return None

    def read_site(self, root: Path) -> Findings:
        """The folder of posts, and the domain if there is a CNAME."""
        return self.describe_site(root, find_posts_folder(root, self))

    def describe_site(self, root: Path, place: tuple[str, str]) -> Findings:
        """What `read_site` says where `find_posts_folder` has found `place`: that takes long on a large site."""
        folder, reason = place
        clues = Clues(self.name, evidence="no generator was found")
        clues.note_domain(root)
        for name in ("README.md", "readme.md", "index.md"):
            if (root / name).is_file():
                clues.note("title", read_title(root / name), name)
        above = folder.rpartition("/")[0]
        clues.authors = find_people(root, (folder, above, "", "data", "_data"), posts=folder)
        folders, languages = find_translations(root, folder)
        findings = clues.conclude(posts=folders, found_by=reason, options={"languages": languages})
        sources = filter(self.is_post, walk_files(root, folder))
        linked = find_linked_route(root, sources, folder)
        name = folder.rpartition("/")[2]
        told, why = ({"route": f"/{name}/"} if name.lower() in _ADDRESSES else {}), f"a guess: the folder {folder}"
        if linked is not None:
            whole = (linked.route, linked.shape) == ("/", "whole")
            told, why = {} if whole else {"route": linked.route, "shape": linked.shape}, linked.why
        if not told:
            return findings
        origins = {**findings.origins, "posts.permalink": why}
        return replace(findings, route=told["route"], options={**findings.options, **told}, origins=origins)

    def read_name(self, file: SourceFile, facts: Facts) -> FileName:
        """The date of the file's name, or of the nearest folder that has one; an index file is its folder."""
        name, language = read_dated_name(file.inside), read_language(file, facts)
        return replace(name, language=language) if language else name

    def address(self, page: Page) -> str:
        """The header's own; else the path of the file without its extension, what most servers answer to.

        An index file is its folder. Where the posts' own links say what is above them, that is, else the name of
        their folder if addresses have such names.
        """
        if own := find_own_address(page):
            return own
        route = page.facts.options.get("route", "/")
        if shape := page.facts.options.get("shape"):
            return f"{route}{shape_path(page.file.inside, shape)}"
        path = page.file.inside.rpartition(".")[0]
        return f"{route}{path.removesuffix('index')}" if path.rpartition("/")[2] == "index" else f"{route}{path}"
