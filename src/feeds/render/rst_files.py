"""Directives of reStructuredText that show a file of the site; docutils' own could read any file of the machine."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.render.inclusions import Inclusions

MAX_DEPTH = 10  # of one in another
MAX_LENGTH = 1_000_000  # characters that they may add to a post
LISTINGS = "listings"  # where Nikola keeps what it shows: LISTINGS_FOLDERS' default
# Those of the three together; what is not among them would cost the directive.
OPTIONS = (
    "caption", "class", "code", "emphasize-lines", "encoding", "end-before", "end-line", "language", "linenos", "lines",
    "literal", "name", "number-lines", "pyobject", "start-after", "start-at", "start-line", "tab-width",
)  # fmt: skip


class Files:
    """What the directives of one post may read, and how much they have; docutils carries it in its settings."""

    def __init__(self, inclusions: Inclusions, source: str) -> None:
        self.inclusions = inclusions
        self.folders = (posixpath.dirname(source), "")
        self.depth = self.length = 0

    def find(self, name: str, *, listing: bool) -> str | None:
        """The text of the file that a directive names, None if there is none or it would be too much."""
        text = self.inclusions.find(name, (LISTINGS, *self.folders) if listing else self.folders)
        self.length += len(text or "")
        return text if self.length <= MAX_LENGTH and self.depth < MAX_DEPTH else None


def make_directives() -> Iterator[tuple[tuple[str, ...], Any]]:
    """The directives, each with its names: docutils' `include`, Sphinx' `literalinclude`, Nikola's `listing`."""
    from docutils import nodes
    from docutils.parsers.rst import Directive, directives
    from docutils.statemachine import StringList

    class Include(Directive):
        required_arguments = 1
        optional_arguments = 1
        final_argument_whitespace = True
        option_spec = dict.fromkeys(OPTIONS, directives.unchanged)

        def run(self) -> list[Any]:
            files: Files = self.state.document.settings.feeds_files
            path, _, language = " ".join(self.arguments).partition(" ")
            text = files.find(path.strip("<>"), listing=self.name == "listing")
            if text is None:
                reporter = self.state.document.reporter
                return [reporter.error(f"{self.name} {path} is no text file of the site", line=self.lineno)]
            lines = _cut(text, self.options)
            language = self.options.get("code") or self.options.get("language") or language.strip()
            if self.name != "include" or {"code", "literal"} & set(self.options):
                ending = posixpath.splitext(path)[1].lstrip(".")
                return [nodes.literal_block("\n".join(lines), "\n".join(lines), classes=["code", language or ending])]
            box = nodes.container()
            files.depth += 1
            self.state.nested_parse(StringList(lines, source=path), 0, box, match_titles=True)
            files.depth -= 1
            return list(box.children)

    yield ("include", "listing", "literalinclude"), Include


def _cut(text: str, options: dict[str, str]) -> list[str]:
    """The lines that the options choose (https://docutils.sourceforge.io/docs/ref/rst/directives.html#include)."""
    lines = text.expandtabs(8).split("\n")
    bounds = [options.get(name, "") for name in ("start-line", "end-line")]
    start, end = (int(bound) if bound.lstrip("-").isdecimal() else None for bound in bounds)
    text = "\n".join(lines[start:end])
    if (mark := options.get("start-after")) and mark in text:
        text = text.partition(mark)[2]
    if (mark := options.get("start-at")) and mark in text:
        text = mark + text.partition(mark)[2]
    if (mark := options.get("end-before")) and mark in text:
        text = text.partition(mark)[0]
    return text.strip("\n").split("\n")
