"""Eleventy's shortcodes, which are JavaScript: what can be read of one without running it.

That is a text that a function returns as it stands (https://www.11ty.dev/docs/shortcodes/), and the data file that the
argument of a call is the name of.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feeds.render.inclusions import Inclusions
    from feeds.render.shortcodes import Call
    from feeds.render.stand_ins import StandIns

SETTINGS = (
    ".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts",
)  # fmt: skip
MAX_FILES = 1000  # of data, among which one is looked for

_MODULE = re.compile(r"""\s*,\s*require\(\s*["'](\.[^"']+)["']\s*\)""")
_NAME = re.compile(r"\s*,\s*(?:\w+\.)?(\w+)\s*\)")
# A function that is given nothing and has one text in it, before the next shortcode begins.
_TEXT = re.compile(r"\A(?:(?!addShortcode|addPairedShortcode|addFilter)[^`])*?`([^`$]*)`", re.DOTALL)
_DATA_NAME = re.compile(r"[\w.-]+$")


def read_text(inclusions: Inclusions, name: str) -> str | None:
    """The text that the shortcode `name` of the site returns, None if it is not written out in its settings."""
    for settings in SETTINGS:
        text = inclusions.read(settings)
        found = re.search(rf"""Shortcode\(\s*["']{re.escape(name)}["']""", text) if text else None
        if text is None or found is None:
            continue
        behind = text[found.end() :]
        if module := _MODULE.match(behind):
            behind = _read_module(inclusions, module[1])
        elif named := _NAME.match(behind):
            imported = re.search(
                rf"""\b{named[1]}\b[^;\n]*?(?:from\s*|require\(\s*)["'](\.[^"']+)["']""", text[: found.start()]
            )
            behind = _read_module(inclusions, imported[1]) if imported else ""
        written = _TEXT.match(behind)
        return written[1] if written else None
    return None


def _read_module(inclusions: Inclusions, path: str) -> str:
    path = posixpath.normpath(path)
    return next((text for end in ("", ".js", ".mjs", ".cjs") if (text := inclusions.read(path + end))), "")


def show_data(kit: StandIns, call: Call) -> str:
    """A link to what the data file says that has the call's only argument for its name, "" if there is none."""
    if len(call.values) != 1 or not _DATA_NAME.match(call.values[0]):
        return ""
    data = _find_data(
        kit.site.inclusions, [f"{folder}/_data".lstrip("/") for folder in kit.site.includes], call.values[0]
    )
    said = {key.lower(): value for key, value in data.items() if isinstance(value, str)}
    title, address = said.get("title") or said.get("name", ""), said.get("url") or said.get("link", "")
    if not title or not address:
        return ""
    description = said.get("description") or said.get("summary", "")
    return kit.link(address, title) + (f": {description}" if description else "")


def _find_data(inclusions: Inclusions, folders: list[str], name: str) -> Mapping[str, Any]:
    for folder in folders:
        for number, file in enumerate((inclusions.root / folder).rglob("*.json")):
            if number >= MAX_FILES:
                break
            if file.name == f"{name}.json":
                try:
                    found = json.loads(inclusions.read(file.relative_to(inclusions.root).as_posix()) or "null")
                except ValueError:
                    return {}
                inner = found.get("data") if isinstance(found, Mapping) else None
                return inner if isinstance(inner, Mapping) else found if isinstance(found, Mapping) else {}
    return {}
