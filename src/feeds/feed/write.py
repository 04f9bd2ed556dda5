"""A `Feed` becomes the bytes of its formats, within its budget; what several feeds share is made once."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.feed.pieces import Pieces, join_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeds.models import Feed


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFeed:
    """A feed as it is published: `feed` shows which entries kept their content, `documents` has each format's bytes.

    `note` says what was left out to fit the budget, "" if nothing was.
    """

    feed: Feed
    documents: Mapping[str, bytes]
    note: str = ""


def to_rss(feed: Feed, pieces: Pieces | None = None) -> bytes:
    """The feed as RSS 2.0, UTF-8. The same feed gives the same bytes, with `pieces` or without."""
    return _write(feed, ["rss"], pieces or Pieces())["rss"]


def to_atom(feed: Feed, pieces: Pieces | None = None) -> bytes:
    """The feed as Atom 1.0 (RFC 4287), UTF-8. The same feed gives the same bytes, with `pieces` or without."""
    return _write(feed, ["atom"], pieces or Pieces())["atom"]


def to_json(feed: Feed, pieces: Pieces | None = None) -> bytes:
    """The feed as JSON Feed 1.1, UTF-8. The same feed gives the same bytes, with `pieces` or without."""
    return _write(feed, ["json"], pieces or Pieces())["json"]


def write_feed(feed: Feed, *, max_bytes: int, pieces: Pieces | None = None) -> WrittenFeed:
    """The feed in each of its formats, none larger than `max_bytes` if that can be had by summaries.

    The oldest entries lose their content first, in all formats alike. A feed of summaries that is still too large is
    written as it is: it is for `feeds.limit` to leave entries out.
    """
    pieces = pieces or Pieces()
    documents = _write(feed, feed.urls, pieces)
    if measure_largest(documents) <= max_bytes:
        return WrittenFeed(feed=feed, documents=documents)
    size = measure_largest(documents)
    fitted = _shorten(feed, documents, max_bytes, pieces)
    documents = _write(fitted, feed.urls, pieces)
    short = sum(not entry.content for entry in fitted.entries)
    note = f"{size:,} bytes would be more than feeds.max_bytes ({max_bytes:,}): "
    note += f"{short} of {len(feed.entries)} entries show their summary"
    if measure_largest(documents) > max_bytes:
        note += f", and {measure_largest(documents):,} bytes are left; lower feeds.limit"
    return WrittenFeed(feed=fitted, documents=documents, note=note)


def _write(feed: Feed, names: Iterable[str], pieces: Pieces) -> dict[str, bytes]:
    return join_pieces(feed, {name: pieces.find(feed, name) for name in names})


def measure_largest(documents: Mapping[str, bytes]) -> int:
    """The number of bytes of the largest document."""
    return max(map(len, documents.values()), default=0)


def _shorten(feed: Feed, documents: Mapping[str, bytes], max_bytes: int, pieces: Pieces) -> Feed:
    """The feed with just so many of its oldest entries reduced to their summary that each document fits."""
    short = tuple(dataclasses.replace(entry, content="") for entry in feed.entries)
    _write(dataclasses.replace(feed, entries=short), feed.urls, pieces)
    excess = {name: len(document) - max_bytes for name, document in documents.items()}
    count = 0
    for full, summary in zip(reversed(feed.entries), reversed(short), strict=True):
        if max(excess.values()) <= 0:
            break
        count += 1
        for name in excess:
            excess[name] -= pieces.measure(feed, full, name) - pieces.measure(feed, summary, name)
    kept = len(feed.entries) - count
    return dataclasses.replace(feed, entries=feed.entries[:kept] + short[kept:])
