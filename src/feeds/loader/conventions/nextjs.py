"""Next.js: https://nextjs.org/docs/app/guides/mdx and /docs/app/getting-started/layouts-and-pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from feeds.loader.conventions.packages import Program, find_program
from feeds.loader.conventions.routed import Routed
from feeds.loader.datafiles import read_text
from feeds.loader.js_settings import read_js_values

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.loader.clues import Clues

_ROUTES = re.compile(r"(?:^|/)(?:src/)?(?:pages|app)(?=/|$)")
# What every page is in: https://nextjs.org/docs/app/api-reference/file-conventions/layout#root-layout.
_LAYOUTS = (
    "app/layout.tsx",
    "app/layout.jsx",
    "app/layout.js",
    "src/app/layout.tsx",
    "src/app/layout.jsx",
    "src/app/layout.js",
)
_HTML_LANGUAGE = re.compile(r"<html\b[^>]*?\blang=\{?[\"'`]([\w-]+)")


class NextJs(Routed):
    """Posts wherever the program reads them from; below `app` or `pages` they are their own routes."""

    name = "nextjs"
    route_folders = ("app", "src/app", "pages", "src/pages")
    # `public` is the last: what is in it is served as it is, but some keep their posts there.
    posts_folders = ("", "public")

    def find(self, root: Path) -> Program | None:
        """next.config.*, or the dependency."""
        return find_program(root, settings=("next.config",), packages=("next",))

    def note_files(self, clues: Clues, root: Path, program: Program) -> None:
        """The root layout's `metadata` (docs/app/api-reference/functions/generate-metadata) and its language."""
        for name in map(program.below, _LAYOUTS):
            if not (root / name).is_file():
                continue
            text = read_text(root / name)
            metadata = read_js_values(text).get("metadata")
            if isinstance(metadata, Mapping):
                title, shared = metadata.get("title"), metadata.get("openGraph")
                table: Mapping[str, Any] = shared if isinstance(shared, Mapping) else {}
                clues.note("title", table.get("siteName"), name)
                clues.note("title", title.get("default") if isinstance(title, Mapping) else title, name)
                clues.note("url", metadata.get("metadataBase") or table.get("url"), name)
                clues.note("description", metadata.get("description"), name)
            if found := _HTML_LANGUAGE.search(text):
                clues.note("language", found[1], name)

    def guess(self, root: Path, program: Program, folder: str) -> tuple[str, str] | None:
        """Below `app`, `pages` and `public` a post's address is its path, but in a private folder (`app/blog/_posts`).

        https://nextjs.org/docs/app/getting-started/project-structure#private-folders.
        """
        inside = program.inside(folder)
        if (found := _ROUTES.match(inside)) and not re.search(r"(?:^|/)_", inside[found.end() :]):
            return re.sub(r"/\([^/]*\)", "", inside[found.end() :]).rstrip("/") + "/", found[0]
        if inside == "public" or inside.startswith("public/"):
            return inside.removeprefix("public") + "/", "public"
        return super().guess(root, program, folder)
