"""What Hugo's sections hand down to the pages below them: https://gohugo.io/configuration/cascade/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeds.errors import PostError
from feeds.loader.conventions.hugo_settings import lower_keys
from feeds.loader.files import decode_text
from feeds.loader.headers import read_header

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def read_cascade(root: Path, folder: str, known: dict[str, Mapping[str, Any]], content: str) -> Mapping[str, Any]:
    """What the `_index.md` of the folder and of those above it hand down."""
    if folder in known:
        return known[folder]
    above = read_cascade(root, folder.rpartition("/")[0], known, content) if "/" in folder and folder != content else {}
    own: Mapping[str, Any] = {}
    file = root / folder / "_index.md"
    if file.is_file():
        try:
            own = merge_cascade(read_header(decode_text(file.read_bytes(), folder)[0]).fields.get("cascade"))
        except PostError:
            own = {}  # a section's page is no post; what is wrong with it is not ours to say
    known[folder] = {**above, **own}
    return known[folder]


def merge_cascade(cascade: Any) -> dict[str, Any]:
    """The values of a cascade that are for every page below."""
    merged: dict[str, Any] = {}
    for one in cascade if isinstance(cascade, list) else [cascade]:
        table = lower_keys(one)
        target = lower_keys(table.pop("_target", None) or table.pop("target", None))
        if not target or target == {"kind": "page"}:
            merged |= table
    return merged
