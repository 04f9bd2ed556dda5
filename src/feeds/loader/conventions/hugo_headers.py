"""Hugo's headers: https://gohugo.io/content-management/front-matter/.

A line that begins with the mark closes one, whatever stands behind it (the lexer of Hugo's `parser/pageparser`).
"""

from __future__ import annotations

import re

from feeds.loader.headers import HANDLERS, HeaderHandler, TomlHandler, YamlHandler


class HugoYamlHandler(YamlHandler):
    """YAML up to a line that begins with `---`."""

    closing = re.compile(r"\n(?:---[^\n]*|\.\.\.[ \t]*)(?:\n|\Z)")


class HugoTomlHandler(TomlHandler):
    """TOML up to a line that begins with `+++`."""

    closing = re.compile(r"\n(?:\+\+\+[^\n]*|---[ \t]*)(?:\n|\Z)")


HUGO_HANDLERS: tuple[HeaderHandler, ...] = (HugoYamlHandler(), HugoTomlHandler(), *HANDLERS[2:])
