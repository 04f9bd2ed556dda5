"""Fenced code with more on its first line than a language: a title that is shown, marks that are not."""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"^(?P<prefix>(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])[ \t]+|[ \t]*>)*[ \t]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)$"
)
_TITLE = re.compile(
    r"""(?:title|filename|file|name|caption|label)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|([^\s}]+))""", re.IGNORECASE
)
_LANGUAGE = re.compile(r"\{?\s*\.?((?!title\b|filename\b|brush\b)[A-Za-z][\w+#.-]*|C\+\+)(?![\w-]*=)")
_BRUSH = re.compile(r"(?:\.brush:?\s*)\.?([\w+#-]+)")
_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])")


def simplify_fences(text: str, *, titles_follow: bool) -> str:
    """`text` with nothing but a language on the first line of each fence; its title stands in bold above it.

    `titles_follow` is for Hexo, where what follows the language is the title.
    """
    out: list[str] = []
    fence = ""
    for line in text.split("\n"):
        found = _OPENING.match(line)
        if fence:
            stripped = line.strip().lstrip("> \t")
            if stripped.startswith(fence) and not stripped.strip(fence[0]):
                fence = ""
        elif found:
            fence = found["fence"]
            if found["info"].strip() and not re.fullmatch(r"[\w+#.-]+\s*", found["info"]):
                out += _simplify(found, titles_follow=titles_follow)
                continue
        out.append(line)
    return "\n".join(out)


def _simplify(found: re.Match[str], *, titles_follow: bool) -> list[str]:
    prefix, info = found["prefix"], found["info"]
    named = _TITLE.search(info)
    title = (named[1] or named[2] or named[3] or "") if named else ""
    language = _BRUSH.search(info) or _LANGUAGE.match(info)
    word = language[1] if language else ""
    if titles_follow and not title and language:
        title = " ".join(part for part in info[language.end() :].split() if not re.match(r"\{|https?:|\w+:\S", part))
    opening = f"{found['fence']}{word}"
    if not title.strip():
        return [f"{prefix}{opening}"]
    inside = _MARKER.sub(lambda marker: " " * len(marker[0]), prefix)
    return [f"{prefix}**{title.strip()}**", inside.rstrip(), f"{inside}{opening}"]
