"""Hexo's headers, in the forms of https://github.com/hexojs/hexo-front-matter."""

from __future__ import annotations

import json
import re
from typing import Any

from feeds.errors import PostError
from feeds.loader.datafiles import spread_tabs
from feeds.loader.headers import HANDLERS, FencedHandler, HeaderHandler, YamlHandler


class HexoYamlHandler(YamlHandler):
    """YAML in which tabs may indent, two spaces each."""

    def load(self, fm: str) -> dict[str, Any]:
        """The fields."""
        return super().load(spread_tabs(fm))


class BareYamlHandler(HexoYamlHandler):
    """The older form: keys from the first line on, ended by `---`."""

    offset = 0
    opening = re.compile(r"(?=[A-Za-z_]+[ \t]*:[ \t\n])")

    def detect(self, text: str) -> bool:
        """Whether keys and a closing line stand at the start, with no blank line between."""
        closed = self.find_closing(text, 0)
        return self.opening.match(text) is not None and closed is not None and "\n\n" not in text[: closed[0]]


class MembersHandler(FencedHandler):
    """The members of a JSON object, without its braces, between `;;;` lines."""

    opening = re.compile(r";{3,}[ \t]*\n")
    closing = re.compile(r"\n;{3,}[ \t]*(?:\n|\Z)")

    def load(self, fm: str) -> dict[str, Any]:
        """The fields."""
        try:
            return dict(json.loads(f"{{{fm}}}"))
        except json.JSONDecodeError as error:
            raise PostError(f"has a header that is no JSON: {error.msg}", line=error.lineno) from None


class BareMembersHandler(MembersHandler):
    """The same without a first line."""

    offset = 0
    opening = re.compile(r"(?=\"[^\"\n]+\"[ \t]*:)")


HEXO_HANDLERS: tuple[HeaderHandler, ...] = (
    HexoYamlHandler(),
    *HANDLERS[1:],
    BareYamlHandler(),
    MembersHandler(),
    BareMembersHandler(),
)
