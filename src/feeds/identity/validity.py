"""Whether a feed, read back by other programs' parsers, is what it was meant to be."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from feeds.errors import FeedsError
from feeds.identity.published import read_feed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def find_faults(data: bytes, *, path: str, ids: Sequence[str]) -> tuple[str, ...]:
    """What is wrong with the bytes of a feed that should have entries with these `ids`, in this order: sentences.

    RSS and Atom must be well-formed, which a lenient reader forgives and a strict one does not (W3C XML 1.0,
    section 2.1); in every format each entry needs an id of its own and a date.
    """
    return tuple(_find_faults(data, path, ids))


def _find_faults(data: bytes, path: str, ids: Sequence[str]) -> Iterator[str]:
    if path.endswith(".xml"):
        try:
            ET.fromstring(data)  # noqa: S314 - our own document, without entities
        except ET.ParseError as error:
            yield f"is not well-formed: {error}"
            return
    try:
        entries = read_feed(data, path=path)
    except FeedsError as error:
        yield error.message
        return
    found = [entry.id for entry in entries]
    if found != list(ids):
        yield f"has {len(found)} entries, and not the {len(ids)} that it should have, in their order"
    for name, count in Counter(found).items():
        if count > 1:
            yield f"has {count} entries with the id {name}"
    for entry in entries:
        if entry.published is None:
            yield f"has an entry without a date, {entry.id}"
