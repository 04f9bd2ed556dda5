"""Patterns of paths as settings write them: `blog/**/*.{md,mdx}`."""

from __future__ import annotations

import re
from functools import lru_cache

_SIGN = re.compile(r"\*\*|\*|\?|\[[^\]]*\]|\{|\}|,|\\.|.", re.DOTALL)
_ODD = re.compile(r"[\[&|~]|-(?=-)")  # what Python may take for an operation on sets one day
_WILD = {"**": ".*", "*": "[^/]*", "?": "[^/]", "{": "(?:", "}": ")"}


@lru_cache(maxsize=256)
def compile_glob(glob: str) -> re.Pattern[str]:
    """A glob as a pattern: `**` crosses folders, `*` does not, braces hold alternatives; it is in lower case."""
    inside = 0
    parts = []
    for sign in _SIGN.findall(glob.lower()):
        inside += (sign == "{") - (sign == "}")
        if sign == "," and inside:
            parts.append("|")
        elif sign.startswith("[") and len(sign) > 1:
            signs = _ODD.sub(r"\\\g<0>", sign[1:])
            parts.append(f"[^{signs[1:]}" if signs[0] == "!" else f"[{signs}")
        else:
            parts.append(_WILD.get(sign) or re.escape(sign.removeprefix("\\")))
    try:
        return re.compile("".join(parts))
    except re.error:
        return re.compile(re.escape(glob.lower()))


def matches_glob(path: str, glob: str) -> bool:
    """Whether a path is one that the glob means where `**/` stands for no folder, too, as in JavaScript's micromatch.

    >>> matches_glob("_a/b.md", "**/_*/**"), matches_glob("a/b.md", "*.md")
    (True, False)
    """
    rooted = "/" + glob.removeprefix("./").removeprefix("/")
    return compile_glob(rooted.replace("/**/", "{/,/**/}")).fullmatch(f"/{path.lower()}") is not None
