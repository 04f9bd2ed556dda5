"""Headers of MDX files that are code: `export const metadata = {…}` (https://nextjs.org/docs/app/guides/mdx#frontmatter)."""

from __future__ import annotations

import re
from typing import Any

from feeds.loader.headers import HANDLERS, HeaderHandler

NAMES = ("metadata", "meta", "frontmatter", "frontMatter", "post", "article", "info")

_EXPORT = re.compile(rf"^export\s+(?:const|let|var)\s+(?:{'|'.join(NAMES)})\b[^=\n]*=\s*\{{", re.MULTILINE)


class ExportHandler(HeaderHandler):
    """An exported table near the start of an MDX file; it is read as data and not executed."""

    def detect(self, text: str) -> bool:
        """Whether only imports and blank lines stand before the table."""
        found = _EXPORT.search(text)
        return found is not None and _imports_only(text[: found.start()])

    def split(self, text: str) -> tuple[str, str]:
        """Everything up to the end of the table, and what follows."""
        found = _EXPORT.search(text)
        start = found.end() - 1 if found else 0
        end = _find_end(text, start)
        return text[:end], text[end:].lstrip(" \t;,").removeprefix("\n")

    def load(self, fm: str) -> dict[str, Any]:
        """The table's fields."""
        # Reading JavaScript takes many patterns, and few headers are any.
        from feeds.loader.js_settings import read_js_values

        values = read_js_values(fm)
        return next((dict(values[name]) for name in NAMES if isinstance(values.get(name), dict)), {})


def _imports_only(text: str) -> bool:
    return all(
        not line.strip() or re.match(r"\s*(?:import\b|export\s+\{|from\b|//|/?\*|\}|[\w$*{},\s]+,?$)", line)
        for line in text.split("\n")
    )


def _find_end(text: str, start: int) -> int:
    """The place after the bracket that closes the table, strings and templates skipped."""
    depth = 0
    for token in re.finditer(r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|`(?:\\.|[^`\\])*`|[{}]", text[start:]):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0:
            return start + token.end()
    return len(text)


MDX_HANDLERS = (*HANDLERS, ExportHandler())
