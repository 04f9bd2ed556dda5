"""Entries as bytes: each is written once in each format, however many feeds hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feeds.feed.build import assemble_feed, finish_entry
from feeds.scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Entry, Feed
    from feeds.scratch import Place
    from feeds.selection import FeedPlan

FORMATS = ("rss", "atom", "json")
# What stands before the first entry, before each other one, and behind the last one.
BETWEEN = {
    "rss": (b"\n    ", b"\n    ", b""),
    "atom": (b"\n  ", b"\n  ", b""),
    "json": (b"\n    ", b",\n    ", b"\n  "),
}
MAX_SERVED = 64_000_000  # bytes; the pieces that they were made of are no more
# What makes an entry's bytes differ from feed to feed: shown in full or not, and the language that it must declare.
Key = tuple[str, bool, str | None]


class MadePieces(NamedTuple):
    """Where the pieces of an entry lie, one for each format, and when it last changed."""

    updated: datetime
    place: Place


class Workshop:
    """Makes the pieces of entries where these are rendered, in whichever process that is, and feeds of them later.

    They are pieces of the feed of `plan`, and of all others in its language.
    """

    def __init__(self, config: Config, plan: FeedPlan) -> None:
        self._scratch: Scratch | None = None
        self._config = config
        self._feed = assemble_feed(config, plan, ())

    def open(self) -> None:
        """To be called before the processes begin, if there will be any."""
        from feeds.feed import entries  # once, instead of in each of them

        del entries
        self._scratch = Scratch()

    def make(self, entries: Sequence[Entry], contents: Sequence[bytes]) -> list[MadePieces] | None:
        """The pieces of each of some entries as they were rendered; None where nobody could hand them over.

        `contents` are those of the entries in UTF-8, without what XML forbids.
        """
        if self._scratch is None or not self._scratch.is_open:
            return None
        from feeds.feed.entries import write_entry

        finished = [finish_entry(self._config, entry) for entry in entries]
        names = _find_names(self._feed)
        bundles = [
            write_entry(self._feed, new, names, content if new.content is old.content else None)
            for old, new, content in zip(entries, finished, contents, strict=True)
        ]
        places = self._scratch.put(bundles)
        if places is None:
            return None
        return [MadePieces(entry.updated, place) for entry, place in zip(finished, places, strict=True)]

    def join(self, feed: Feed, made: Sequence[MadePieces]) -> dict[str, bytes] | None:
        """The feed's documents by format, of the pieces of all its entries; None if these are not for this feed."""
        if self._scratch is None or feed.language != self._feed.language or feed.urls.keys() != self._feed.urls.keys():
            return None
        names = _find_names(feed)
        pieces = zip(*map(self._scratch.take, [one.place for one in made]), strict=True)
        return join_pieces(feed, dict(zip(names, pieces, strict=True)))


class Pieces:
    """The entries that a build has made already, as bytes.

    For one build only: a piece is found by the entry's id, and an id stands for one content as long as a build runs.
    """

    def __init__(self) -> None:
        self._made: dict[str, dict[Key, bytes]] = {name: {} for name in FORMATS}
        self._served = 0

    def find(self, feed: Feed, name: str) -> list[bytes]:
        """The pieces of the feed's entries in that format, in their order; what is missing is made in all formats."""
        keys = [make_key(feed, entry) for entry in feed.entries]
        missing = [entry for entry, key in zip(feed.entries, keys, strict=True) if key not in self._made[name]]
        if missing:
            new = [make_key(feed, entry) for entry in missing]
            for one, pieces in write_pieces(feed, missing).items():
                self._made[one] |= zip(new, pieces, strict=True)
        return [self._made[name][key] for key in keys]

    def measure(self, feed: Feed, entry: Entry, name: str) -> int:
        """The number of bytes of a piece that was made."""
        return len(self._made[name][make_key(feed, entry)])

    def limit(self, documents: Mapping[str, bytes]) -> None:
        """Forget all pieces once they may fill a small machine; what is asked for again is made again.

        `documents` were made of them last.
        """
        self._served += sum(map(len, documents.values()))
        if self._served > MAX_SERVED:
            self._served = 0
            for pieces in self._made.values():
                pieces.clear()


def make_key(feed: Feed, entry: Entry) -> Key:
    """What tells the pieces of an entry from those of others, and from its own in another kind of feed."""
    return entry.id, bool(entry.content), entry.language if entry.language != feed.language else None


def write_pieces(feed: Feed, entries: Sequence[Entry]) -> dict[str, list[bytes]]:
    """The bytes of each entry in each of the feed's formats."""
    # A build that finds nothing changed writes no feed, and need not import what does.
    from feeds.feed.entries import write_entry

    names = _find_names(feed)
    made = [write_entry(feed, entry, names) for entry in entries]
    return {name: [pieces[number] for pieces in made] for number, name in enumerate(names)}


def _find_names(feed: Feed) -> tuple[str, ...]:
    return tuple(name for name in FORMATS if name in feed.urls)


def join_pieces(feed: Feed, pieces: Mapping[str, Iterable[bytes | memoryview]]) -> dict[str, bytes]:
    """The feed's documents around the pieces of its entries, by format, whatever entries it has itself."""
    from feeds.feed.frames import write_frames

    frames = write_frames(feed, tuple(pieces))
    return {name: _join(name, *frame, pieces[name]) for name, frame in zip(pieces, frames, strict=True)}


def _join(name: str, head: bytes, tail: bytes, pieces: Iterable[bytes | memoryview]) -> bytes:
    first, between, last = BETWEEN[name]
    parts = [part for piece in pieces for part in (between, piece)]
    return b"".join((head, first, *parts[1:], last, tail)) if parts else head + tail
