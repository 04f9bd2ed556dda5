"""`[[Wikilinks]]`, as notes made into a blog have them: a link where the page is a post, else its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.render.siblings import Siblings

_WIKILINK = re.compile(r"(!?)\[\[([^\[\]|\n#^]*)(#[^\[\]|\n]*)?(?:\\?\|([^\[\]\n]*))?\]\](?!\()")
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|avif)$", re.IGNORECASE)
_SIZE = re.compile(r"\d+(?:x\d+)?$")


def replace_wikilinks(text: str, *, siblings: Siblings, always: bool) -> str:
    """`text`, whose code is protected, with Markdown in the place of its wikilinks.

    Unless `always`, a bare word that names no post stays: more often it is a JavaScript slot or a TOML table.
    """

    def replace(found: re.Match[str]) -> str:
        embedded, target, heading, label = found[1], found[2].strip(), found[3] or "", (found[4] or "").strip()
        if embedded and _IMAGE.search(target):
            return f"![{'' if _SIZE.match(label) else label}](<{target}>)"
        page = siblings.find(target) if target else None
        place = heading.lstrip("#^")
        text = label or " > ".join(part for part in (target, place) if part)
        if page is not None:
            anchor = heading.lower().replace(" ", "-")
            return f"[{text}](<{page}{anchor}>)"
        if always or label or embedded:
            return text
        # What links by reference may stand in brackets, too.
        return text if re.search(r"[ /]|\.md$", target) and not heading else found[0]

    return _WIKILINK.sub(replace, text)
