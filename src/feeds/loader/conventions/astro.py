"""Astro: https://docs.astro.build/en/guides/content-collections/ and /en/guides/routing/.

Starlight and its blog: https://starlight.astro.build/reference/configuration/ and
https://starlight-blog-docs.vercel.app/configuration/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from feeds.loader.conventions.packages import Program, find_program
from feeds.loader.conventions.program_facts import note_table
from feeds.loader.conventions.routed import Routed
from feeds.loader.datafiles import read_text
from feeds.loader.js_settings import read_js_argument
from feeds.loader.js_slugs import github_slug
from feeds.loader.people import read_people

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.loader.clues import Clues
    from feeds.loader.convention import Page


_IMPORT = re.compile(r"^import\s+(\w+)\s+from\s+[\"'](starlight-blog|@astrojs/starlight)[\"']", re.MULTILINE)


class Astro(Routed):
    """A collection below `src/content` or `src/data`, shown by a route of `src/pages`; or Markdown pages."""

    name = "astro"
    route_folders = ("src/pages",)
    posts_folders = ("src/content", "src/data", "src/pages", "src", "content", "")

    def find(self, root: Path) -> Program | None:
        """astro.config.*, or the dependency."""
        return find_program(root, settings=("astro.config",), packages=("astro",))

    def note_settings(self, clues: Clues, settings: Mapping[str, Any], origin: str) -> str:
        """`site` is the origin, `base` the path below it."""
        base = str(settings.get("base") or "").strip("/")
        if isinstance(site := settings.get("site"), str):
            clues.note("url", f"{site.rstrip('/')}/{base}", origin)
        i18n = settings.get("i18n")
        if isinstance(i18n, Mapping):
            clues.note("language", i18n.get("defaultLocale"), origin)
        note_table(clues, {key: value for key, value in settings.items() if key in {"title", "description"}}, origin)
        return f"/{base}" if base else ""

    def note_files(self, clues: Clues, root: Path, program: Program) -> None:
        """Starlight's `title`, and the people that its blog plugin is given, by what they are imported as."""
        if program.settings is None:
            return
        text = read_text(root / program.settings)
        for function, package in _IMPORT.findall(text):
            given = read_js_argument(text, function)
            if package == "starlight-blog":
                clues.authors |= read_people(given.get("authors"))
            else:
                clues.note("title", given.get("title"), program.settings)
                clues.note("description", given.get("description"), program.settings)

    def guess(self, root: Path, program: Program, folder: str) -> tuple[str, str] | None:
        """Pages in Markdown are their own routes; a collection is where a route shows it."""
        pages = program.below("src/pages")
        if folder == pages or folder.startswith(f"{pages}/"):
            return folder[len(pages) :].rstrip("/") + "/", "src/pages"
        return super().guess(root, program, folder)

    def slug_parts(self, page: Page) -> Iterator[str]:
        """The entry's id: each part of the path as github-slugger writes it, without `index`."""
        for part in super().slug_parts(page):
            yield part if "/pages/" in f"/{page.file.source}" else github_slug(part)
