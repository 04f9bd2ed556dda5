"""Next.js: https://nextjs.org/docs/app/guides/mdx and /docs/app/getting-started/layouts-and-pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.loader.conventions.packages import Program, find_program
from feeds.loader.conventions.routed import Routed

if TYPE_CHECKING:
    from pathlib import Path

_ROUTES = re.compile(r"(?:^|/)(?:src/)?(?:pages|app)(?=/|$)")


class NextJs(Routed):
    """Posts wherever the program reads them from; below `app` or `pages` they are their own routes."""

    name = "nextjs"
    route_folders = ("app", "src/app", "pages", "src/pages")
    # `public` is the last: what is in it is served as it is, but some keep their posts there.
    posts_folders = ("", "public")

    def find(self, root: Path) -> Program | None:
        """next.config.*, or the dependency."""
        return find_program(root, settings=("next.config",), packages=("next",))

    def guess(self, root: Path, program: Program, folder: str) -> tuple[str, str]:
        """Below `app`, `pages` and `public` a post's address is its path."""
        inside = folder[len(program.folder) :].strip("/") if program.folder else folder
        if found := _ROUTES.match(inside):
            return inside[found.end() :].rstrip("/") + "/", found[0]
        if inside == "public" or inside.startswith("public/"):
            return inside.removeprefix("public") + "/", "public"
        return super().guess(root, program, folder)
