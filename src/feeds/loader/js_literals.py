"""JavaScript's strings and numbers as Python's."""

from __future__ import annotations

import re
import sys

_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r?\n)|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": ""}


def read_number(text: str) -> int | float:
    """The number that a numeric literal stands for (ECMA-262 section 12.9.3)."""
    plain = text.replace("_", "").rstrip("n")
    if "0x" in plain:
        return int(plain, 16)
    return float(plain) if re.search(r"[.e]", plain) else int(plain)


def unescape(text: str) -> str:
    """The characters that the escape sequences of a string literal stand for (ECMA-262 section 12.9.4)."""

    def character(match: re.Match[str]) -> str:
        code = match[1] or match[2] or match[3]
        if code:
            return chr(int(code, 16)) if int(code, 16) <= sys.maxunicode else ""
        return "" if match[4] else _ESCAPED.get(match[5], match[5])

    plain = _ESCAPE.sub(character, text)
    # Two escaped halves of a surrogate pair are one character; half a one is none.
    return plain if plain.isascii() else plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
