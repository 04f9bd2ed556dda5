"""Nikola's headers: https://getnikola.com/handbook.html#metadata-fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feeds.errors import PostError
from feeds.loader.conventions.pelican_headers import FieldListHandler, MetaDataHandler
from feeds.loader.files import decode_text, read_bytes
from feeds.loader.headers import HANDLERS, HeaderHandler, read_header

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# nikola.metadata_extractors.NikolaMetadata
_LINE = re.compile(r"^\s*\.\. (.*?): (.*)", re.MULTILINE)
_START = re.compile(r"\s*(?:<!--\s*)?\.\. [A-Za-z_][\w -]*:(?:[ \t]|$)", re.MULTILINE)
# The older form of a side-car has values alone, in this order (nikola.post, before version 8).
_ORDER = ("title", "slug", "date", "tags", "link", "description", "type")


class CommentHandler(HeaderHandler):
    """`.. title: …` lines up to the first blank line; in Markdown and HTML they stand in a comment."""

    def detect(self, text: str) -> bool:
        """Whether the first line is such a line."""
        return _START.match(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        """What stands before the first blank line (or the end of the comment), and what follows it."""
        if text.lstrip().startswith("<!--"):
            closed = text.find("-->")
            if closed < 0:
                raise PostError("opens a header with `<!--` that is never closed; close it with `-->`", line=1)
            return text[:closed], text[closed + 3 :].lstrip("\n")
        header, _, body = text.partition("\n\n")
        return header, body

    def load(self, fm: str) -> dict[str, Any]:
        """The fields as text; a field without a value is not there."""
        return {key.strip().lower(): value.strip() for key, value in _LINE.findall(fm) if value.strip()}


NIKOLA_HANDLERS = (CommentHandler(), *HANDLERS, FieldListHandler())
_SIDE_CAR_HANDLERS = (CommentHandler(), *HANDLERS, MetaDataHandler())


def read_side_car(file: Path, source: str) -> Mapping[str, Any]:
    """The fields of a `.meta` file: `.. key: value` lines, YAML or TOML in fences, or the older bare lines.

    Raises PostError if it cannot be read.
    """
    try:
        text, _ = decode_text(read_bytes(file), source)
        header = read_header(text.rstrip("\n") + "\n", _SIDE_CAR_HANDLERS)
    except OSError as error:
        raise PostError(f"cannot be read ({error.strerror})", path=source) from None
    except PostError as error:
        raise PostError(error.message, path=source, line=error.line) from None
    if header.fields:
        return header.fields
    values = [line.strip() for line in text.split("\n")]
    return {key: value for key, value in zip(_ORDER, values, strict=False) if value}
