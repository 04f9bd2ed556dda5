"""`:tada:` as the character that it stands for, on sites that show it so, and icons' names away."""

from __future__ import annotations

import re

# The sets of icons that Material for MkDocs ships: https://squidfunk.github.io/mkdocs-material/reference/icons-emojis/.
_ICON = re.compile(r":(?:material|fontawesome|octicons|simple)-[a-z0-9-]+:(?:\{[^{}\n]*\})?[ \t]?")
_NAME = re.compile(r"(?<![\w:/]):[a-z0-9_+-]+:(?![\w/])")


def replace_emoji(text: str) -> str:
    """`text`, whose code is protected, with GitHub's short names of emoji as characters, and without icons."""
    text = _ICON.sub("", text)
    return _NAME.sub(_show, text) if _NAME.search(text) else text


def _show(found: re.Match[str]) -> str:
    from pymdownx import gemoji_db  # half a megabyte that few posts need

    name = gemoji_db.aliases.get(found[0], found[0])
    codes = gemoji_db.emoji.get(name, {}).get("unicode")
    return "".join(chr(int(code, 16)) for code in codes.split("-")) if codes else found[0]
