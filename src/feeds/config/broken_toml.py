"""What is wrong with a text that is no TOML, and on which line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tomllib

PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def describe_toml_error(error: tomllib.TOMLDecodeError, text: str) -> tuple[str, int]:
    """What tomllib says of `text`, without its place, and the line.

    Of a text that ends too early it names none: then it is the last one on which something stands.
    """
    message = str(error)
    found = PLACE.search(message)
    line = int(found[1]) if found and found[1] else text.rstrip().count("\n") + 1
    return PLACE.sub("", message), line
