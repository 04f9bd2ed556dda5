"""What Hugo's configuration and sections hand down to the pages below: https://gohugo.io/configuration/cascade/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeds.errors import PostError
from feeds.loader.conventions.hugo_settings import lower_keys
from feeds.loader.files import decode_text, read_bytes
from feeds.loader.globs import compile_glob
from feeds.loader.headers import read_header

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# Which pages it is for, as globs by what they are compared with, and what it says of them.
Cascade = tuple[dict[str, list[str]], dict[str, Any]]
# A page of the section it stands for, not the section itself; as it is when the site is published.
_CONSTANTS = {"kind": "page", "environment": "production"}


def read_cascades(written: Any) -> list[Cascade]:
    """The parts of a `cascade`, a table or a list of them: the first that says something about a key holds."""
    found: list[Cascade] = []
    for one in written if isinstance(written, list) else [written]:
        table = lower_keys(one)
        target = lower_keys(table.pop("_target", None) or table.pop("target", None))
        matrix = lower_keys(lower_keys(target.pop("sites", None)).get("matrix"))
        if (languages := target.pop("lang", None) or matrix.get("languages")) is not None:
            target["language"] = languages
        if table:
            found.append(({key: list(_read_globs(value)) for key, value in target.items()}, table))
    return found


def find_cascades(root: Path, folder: str, known: dict[str, list[Cascade]], content: str) -> list[Cascade]:
    """Those of the `_index.md` of the folder and of those above it, the nearest first."""
    if folder in known:
        return known[folder]
    above = (
        find_cascades(root, folder.rpartition("/")[0], known, content) if "/" in folder and folder != content else []
    )
    own: list[Cascade] = []
    file = root / folder / "_index.md"
    if file.is_file():
        try:
            own = read_cascades(read_header(decode_text(read_bytes(file), folder)[0]).fields.get("cascade"))
        except PostError:
            own = []  # a section's page is no post; what is wrong with it is not ours to say
    known[folder] = [*own, *above]
    return known[folder]


def apply_cascades(cascades: Iterable[Cascade], *, path: str, language: str) -> dict[str, Any]:
    """What they say together about the page with this logical path (`/posts/a`) in this language."""
    said = {"path": path.lower(), "language": language, **_CONSTANTS}
    merged: dict[str, Any] = {}
    for target, values in cascades:
        if all(any(compile_glob(glob).fullmatch(said.get(key, "")) for glob in globs) for key, globs in target.items()):
            merged = {**values, **merged}
    return merged


def _read_globs(value: Any) -> Iterable[str]:
    """One glob, or a list of them."""
    return (str(one) for one in value) if isinstance(value, list) else (str(value),)
