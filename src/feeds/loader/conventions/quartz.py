"""Quartz: https://quartz.jzhao.xyz/configuration and /features/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from feeds.loader.conventions.packages import Program, find_program
from feeds.loader.conventions.routed import Routed
from feeds.models import Status

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.loader.clues import Clues
    from feeds.loader.convention import Page


class Quartz(Routed):
    """Every dated note below `content`; its address is its path, as Quartz writes it."""

    name = "quartz"

    def find(self, root: Path) -> Program | None:
        """quartz.config.ts."""
        return find_program(root, settings=("quartz.config",), packages=("@jackyzha0/quartz",))

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

    def is_post(self, source: str) -> bool:
        """A note outside of `templates` and `private`, the default ignorePatterns."""
        return super().is_post(source) and not {"templates", "private"} & set(source.lower().split("/"))

    def judge(self, page: Page) -> tuple[Status, str]:
        """As everywhere; a folder's own index is a list."""
        if page.file.inside.rpartition("/")[2] == "index.md":
            return Status.HIDDEN, "a folder's index"
        return super().judge(page)

    def slug_parts(self, page: Page) -> Iterator[str]:
        """quartz/util/path.ts, sluggify."""
        for part in super().slug_parts(page):
            spaced = re.sub(r"\s", "-", part).replace("&", "-and-").replace("%", "-percent")
            yield re.sub(r"[?#]", "", spaced)
