"""Settings in JavaScript or TypeScript as far as they are data. They are read as text, never executed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feeds.loader.datafiles import read_text
from feeds.loader.js_values import UNKNOWN, Reader

if TYPE_CHECKING:
    from pathlib import Path

_CONST = re.compile(r"(?m)^[ \t]*(?:export\s+)?(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=\n]*)?=(?!=|>)")
_EXPORT = re.compile(r"(?m)^[ \t]*(?:export\s+default\b|module\.exports\s*=(?!=)|exports\.default\s*=(?!=))")
_RETURN = re.compile(r"\breturn\s*\(?\s*(?=\{)")
_ARROW = re.compile(r"\s*(?:async\s+)?(?:\([^()]*\)|\w+)\s*=>\s*\(\s*(?=\{)")


def read_js_settings(path: Path) -> dict[str, Any]:
    """What the module exports by default, as far as it is data; of a function, the last object it returns.

    {} where it exports no object. Raises ConfigError if the file cannot be read.
    """
    text = read_text(path)
    values = read_js_values(text)
    exported: Any = UNKNOWN
    reader = Reader(text, values)
    for match in _EXPORT.finditer(text):
        arrow = _ARROW.match(text, match.end())
        exported = reader.read((arrow or match).end())
    if isinstance(exported, dict):
        return exported
    returned: dict[str, Any] = {}
    end = 0
    for match in _RETURN.finditer(text):
        # What a function among the settings returns is none.
        if match.start() >= end and isinstance(value := reader.read(match.end()), dict) and value:
            returned, end = value, reader.at
    return returned


def read_js_values(text: str) -> dict[str, Any]:
    """The constants that start a line of `text`, a module or MDX, as far as they are data."""
    values: dict[str, Any] = {}
    reader = Reader(text, values)
    for match in _CONST.finditer(text):
        value = reader.read(match.end())
        if value is not UNKNOWN:
            values.setdefault(match[1], value)
    return values


def read_js_argument(text: str, function: str) -> dict[str, Any]:
    """The object that `text` first calls the function of that name with, as far as it is data; {} without one."""
    called = re.search(rf"(?<![\w.$]){re.escape(function)}\(\s*(?=\{{)", text)
    value = Reader(text, read_js_values(text)).read(called.end()) if called else None
    return value if isinstance(value, dict) else {}
