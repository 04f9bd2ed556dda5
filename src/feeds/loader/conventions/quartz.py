"""Quartz: https://quartz.jzhao.xyz/configuration and /features/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from feeds.loader.conventions.packages import Program, find_program, read_package
from feeds.loader.conventions.routed import Routed
from feeds.loader.datafiles import read_text
from feeds.loader.keys import is_true
from feeds.models import Status

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.loader.clues import Clues
    from feeds.loader.convention import Page, SourceFile

PACKAGE = "@jackyzha0/quartz"
# The default of `ignorePatterns` (configuration).
IGNORED = ("private", "templates", ".obsidian")
_EXPLICIT = re.compile(r"^(?!\s*//).*\bExplicitPublish\s*\(", re.MULTILINE)


class Quartz(Routed):
    """Every dated note below `content`; its address is its path, as Quartz writes it."""

    name = "quartz"
    title_heading = ""
    # The package is Quartz itself: its author is Quartz's.
    package_is_ours = False

    def find(self, root: Path) -> Program | None:
        """quartz.config.ts; or package.json, which is Quartz's own, as a garden is a copy of it."""
        found = find_program(root, settings=("quartz.config",), packages=(PACKAGE,))
        copied = read_package(root).get("name") == PACKAGE
        return found or (Program(folder="", evidence="package.json") if copied else None)

    def note_settings(self, clues: Clues, settings: Mapping[str, Any], origin: str) -> str:
        """`configuration.pageTitle`, `baseUrl` (without a scheme) and `locale`."""
        said = settings.get("configuration")
        table: Mapping[str, Any] = said if isinstance(said, Mapping) else {}
        clues.note("title", table.get("pageTitle"), origin)
        clues.note("language", table.get("locale"), origin)
        if isinstance(base := table.get("baseUrl"), str):
            clues.note("url", base if "://" in base else f"https://{base}", origin)
        return ""

    def find_folder(self, root: Path, program: Program, settings: Mapping[str, Any]) -> tuple[str, str]:
        """`content`."""
        del settings
        folder = program.below("content")
        return (
            (folder, "Quartz's content folder") if (root / folder).is_dir() else (program.folder, "no content folder")
        )

    def guess(self, root: Path, program: Program, folder: str) -> tuple[str, str]:
        """The path is the address."""
        del root, program, folder
        return "/", "Quartz's rule"

    def read_options(self, root: Path, program: Program, settings: Mapping[str, Any]) -> dict[str, Any]:
        """What is never published, and whether a note has to say that it is."""
        said = settings.get("configuration")
        patterns = said.get("ignorePatterns") if isinstance(said, Mapping) else None
        text = read_text(root / program.settings) if program.settings else ""
        return {
            "ignored": [one for one in patterns if isinstance(one, str)] if isinstance(patterns, list) else [*IGNORED],
            "explicit": _EXPLICIT.search(text) is not None,
        }

    def find_files(self, root: Path, folders: tuple[str, ...], options: Mapping[str, Any]) -> Iterator[SourceFile]:
        """The notes that no `ignorePatterns` names."""
        ignored = [pattern.strip("/") for pattern in options.get("ignored", IGNORED)]
        for file in super().find_files(root, folders, options):
            parts = file.inside.split("/")
            paths = {"/".join(parts[start:end]) for end in range(len(parts) + 1) for start in range(end)}
            if not any(fnmatchcase(path, one) or fnmatchcase(f"/{path}", one) for one in ignored for path in paths):
                yield file

    def judge(self, page: Page) -> tuple[Status, str]:
        """As everywhere; a folder's own index is a list."""
        if page.file.inside.rpartition("/")[2] == "index.md":
            return Status.HIDDEN, "a folder's index"
        if page.facts.options.get("explicit") and not is_true(page.fields.get("publish")):
            return Status.HIDDEN, "has no publish: true, which the plugin ExplicitPublish asks for"
        return super().judge(page)

    def make_title(self, page: Page) -> str:
        """The file's name as it is."""
        return page.file.source.rpartition("/")[2].rpartition(".")[0]

    def address(self, page: Page) -> str:
        """A page of its own, without a slash at the end."""
        return super().address(page).rstrip("/") or "/"

    def slug_parts(self, page: Page) -> Iterator[str]:
        """quartz/util/path.ts, sluggify."""
        for part in super().slug_parts(page):
            spaced = re.sub(r"\s", "-", part).replace("&", "-and-").replace("%", "-percent")
            yield re.sub(r"[?#]", "", spaced)
