"""YAML of which each line can be read by itself, as most headers are: no parser is needed to know what it says.

It is told by its form, and anything that is not of it is for the parser. A line is a key and a value: a text in quotes
without escapes, one without quotes, or a list of words, between brackets or a line each, all plain as they stand.
"""

from __future__ import annotations

import re
from typing import Any

from feeds.loader.honest_yaml import read_plain

_KEY = r"(?!(?i:true|false|null):)[A-Za-z_][A-Za-z0-9_-]{0,63}"  # a truth value may be a key, too
# Not: what begins or ends something else (an alias, a tag, a block, a comment, another key).
_TEXT = r"[^\s?:,\[\]{}#&*!|>'\"%@`~<=-][^\n:#]*(?::[^\s:#][^\n:#]*)*(?<! )"
_ITEM = r"[^\W_][\w./+()&'-]*(?: [\w./+()&'-]+)*"
_LINE = re.compile(
    rf"({_KEY}):(?: +(?:({_TEXT})|\"([^\"\\\n]*)\"|'([^'\n]*)'|\[({_ITEM}(?:, {_ITEM})*)\])\n|\n((?: *- {_ITEM}\n)+))"
    r"|([\s\S]+)"
)


def read_simple(text: str) -> dict[str, Any] | None:
    """What the honest loader makes of `text`, None if it is not of the form that is read here."""
    lines = _LINE.findall(text)
    # What cannot be printed may be forbidden, or end a line.
    if not lines or lines[-1][6] or not text.replace("\n", "").isprintable():
        return None
    fields: dict[str, Any] = {}
    for key, plain, double, single, items, block, _ in lines:
        if plain:
            fields[key] = read_plain(plain)
        elif items:
            fields[key] = [*map(read_plain, items.split(", "))]
        elif block:
            first, mark, rest = block.partition("- ")
            written = rest[:-1].split(f"\n{first}{mark}")
            if any("\n" in one for one in written):  # a list in another, or what only looks like one
                return None
            fields[key] = [*map(read_plain, written)]
        else:
            fields[key] = double or single
    return fields
