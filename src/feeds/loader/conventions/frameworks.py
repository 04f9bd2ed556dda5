"""SvelteKit, Nuxt, VitePress, VuePress, Remix and others; what they have in common is all that is known here.

https://svelte.dev/docs/kit/routing, https://content.nuxt.com/docs, https://vitepress.dev/guide/routing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feeds.loader.conventions.packages import Program, find_program, join_folders, read_program_settings
from feeds.loader.conventions.routed import Routed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from feeds.loader.clues import Clues
    from feeds.loader.convention import Page

SETTINGS = (
    "svelte.config", "nuxt.config", "gridsome.config", "remix.config", "react-router.config", "vocs.config",
    ".vitepress/config", "docs/.vitepress/config", ".vuepress/config", "docs/.vuepress/config",
    "contentlayer.config", "content-collections.config", "velite.config", "waku.config",
)  # fmt: skip
PACKAGES = (
    "@sveltejs/kit", "nuxt", "@nuxt/content", "gridsome", "@remix-run/react", "@react-router/dev",
    "vitepress", "vuepress", "contentlayer", "contentlayer2", "velite", "@content-collections/core",
    "@tanstack/react-start", "waku",
)  # fmt: skip


class Frameworks(Routed):
    """A site of any other program in JavaScript."""

    name = "javascript"
    posts_folders = ("", "static", "public")

    def find(self, root: Path) -> Program | None:
        """A settings file or a dependency of one of them."""
        return find_program(root, settings=SETTINGS, packages=PACKAGES)

    def note_settings(self, clues: Clues, settings: Mapping[str, Any], origin: str) -> str:
        """VitePress's and VuePress's `base` is the path below the domain."""
        super().note_settings(clues, settings, origin)
        base = settings.get("base") if "press/" in origin else None
        return f"/{base.strip('/')}" if isinstance(base, str) and base.strip("/") else ""

    def guess(self, root: Path, program: Program, folder: str) -> tuple[str, str] | None:
        """Files below `routes` or VitePress's folder are their own addresses."""
        if found := re.search(r"(?:^|/)src/routes(?=/|$)", folder):
            return re.sub(r"/\([^)]*\)", "", folder[found.end() :]).rstrip("/") + "/", "src/routes"
        if program.settings and "press/" in program.settings:
            base = program.settings.partition(".vitepress")[0].partition(".vuepress")[0].strip("/")
            # https://vitepress.dev/guide/routing#source-directory
            source = join_folders(base, str(read_program_settings(root, program).get("srcDir") or ""))
            return re.sub("/+", "/", f"/{folder.removeprefix(source).strip('/')}/"), program.settings
        return super().guess(root, program, folder)

    def slug_parts(self, page: Page) -> Iterator[str]:
        """The path; Nuxt Content's numbers in front only sort (`1.intro.md`)."""
        for part in super().slug_parts(page):
            yield re.sub(r"^\d{1,3}\.(?=\D)", "", part)
