"""Shortcodes that show a file of the site: as code, or as more of the post's own text."""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feeds.render.code import fence_code, protect_code

if TYPE_CHECKING:
    from feeds.render.shortcodes import Call
    from feeds.render.stand_ins import StandIns

# Hexo's and Octopress' code_dir, the one of Pelican's liquid_tags, Nikola's listings, Hugo's static files; below the
# site and below the folder of its content.
FOLDERS = ("downloads/code", "code", "listings", "static", "assets", "")
LANGUAGES = {
    "cc": "cpp",
    "h": "c",
    "hs": "haskell",
    "js": "javascript",
    "md": "markdown",
    "py": "python",
    "rb": "ruby",
    "rs": "rust",
    "sh": "bash",
    "ts": "typescript",
    "yml": "yaml",
}
_FILE = re.compile(r"[\w./@+ -]*[\w+-]\.[A-Za-z]\w{0,9}$|[\w.-]+(?:/[\w.-]+)+$")
# Whose text is the post's own language; what calls for more in it is not followed.
_PROSE = frozenset({"htm", "html", "markdown", "md"})
_HEADER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_CALLS = re.compile(r"\{\{[<%].*?[>%]\}\}|\{%.*?%\}", re.DOTALL)
_LINES = re.compile(r"(\d*)-(\d*)$")
_CHOICE = re.compile(r"(lang|from|to|lines|start|end)[:=](\S*)$")


def show_file(kit: StandIns, call: Call) -> str | None:
    """What takes the place of a shortcode one of whose arguments names a text file of the site; None if none does."""
    words = [value for value in call.values if not re.match(r":\w+:$", value)]
    chosen = {found[1]: found[2] for value in words if (found := _CHOICE.match(value))} | dict(call.options)
    words = [value for value in words if not _CHOICE.match(value)]
    names = [call.get("file", "path", "src", "filename")] if call.options else []
    # Hexo's path comes last, Pelican's first.
    for name in [*filter(None, names), *(word for word in (*words[-1:], *words[:-1]) if _FILE.match(word))]:
        text = kit.site.inclusions.find(name, _list_folders(kit.post.source))
        if (
            text is not None
            and posixpath.splitext(name)[1].lstrip(".").lower() in _PROSE
            and not {"lang", "language"} & set(chosen)
        ):
            return f"\n\n{_CALLS.sub('', protect_code(_HEADER.sub('', text))).strip()}\n\n"
        if text is not None:
            title = call.get("title", "caption") or " ".join(word for word in words if word != name)
            return _write_code(_cut(text, chosen), name, chosen, title)
    return None


def _list_folders(source: str) -> list[str]:
    content = source.partition("/")[0] if "/" in source else ""
    above = [str(folder).removeprefix(".") for folder in PurePosixPath(source).parents]
    partials = [f"{folder}/{name}".strip("/") for folder in above for name in ("_partials", "_includes")]
    return [above[0], *FOLDERS, *(f"{content}/{folder}".strip("/") for folder in FOLDERS), *partials]


def _cut(text: str, chosen: dict[str, str]) -> str:
    """The lines of `text` that the arguments choose, counted from 1."""
    span = _LINES.match(chosen.get("lines", ""))
    first, last = (
        span.groups()
        if span
        else (
            chosen.get("from") or chosen.get("start") or "",
            chosen.get("to") or chosen.get("end") or "",
        )
    )
    lines = text.rstrip("\n").split("\n")
    return "\n".join(
        lines[max(int(first) - 1, 0) if first.isdecimal() else 0 : int(last) if last.isdecimal() else None]
    )


def _write_code(code: str, name: str, chosen: dict[str, str], title: str) -> str:
    ending = posixpath.splitext(name)[1].lstrip(".").lower()
    language = chosen.get("lang") or chosen.get("language") or LANGUAGES.get(ending, ending)
    caption = f"\n\n**{title}**" if title else ""
    return caption + fence_code(code, language)
