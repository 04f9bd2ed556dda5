"""A `Feed` becomes the bytes of its formats, within its budget; what several feeds share is made once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.feed import jsonfeed
from feeds.phases import phase
from feeds.workers import map_ordered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from feeds.models import Entry, Feed

ENOUGH = 60  # feeds; fewer are sooner made than handed over
CHUNK = 4
MAX_SERVED = 64_000_000  # bytes; the pieces that they were made of are no more
# What makes an entry's bytes differ from feed to feed: shown in full or not, and the language that it must declare.
Key = tuple[str, bool, str | None]


@dataclass(slots=True)
class Pieces:
    """The entries that a build has made already, as bytes: each goes through feedgen once, however many feeds hold it.

    For one build only: a piece is found by the entry's id, and an id stands for one content as long as a build runs.
    """

    made: dict[str, dict[Key, bytes]] = field(default_factory=lambda: {"rss": {}, "atom": {}, "json": {}})
    served: int = 0

    def limit(self, documents: Mapping[str, bytes]) -> None:
        """Forget all pieces once they may fill a small machine; what is asked for again is made again.

        `documents` were made of them last.
        """
        self.served += sum(map(len, documents.values()))
        if self.served > MAX_SERVED:
            self.served = 0
            for pieces in self.made.values():
                pieces.clear()


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
    # feedgen costs a tenth of a second to import, and a build that finds nothing changed writes no feed.
    from feeds.feed import xml

    known = (pieces or Pieces()).made["rss"]
    head, items, tail = xml.write_rss(feed, _missing(feed, known))
    return _join(head, _complete(feed, known, items), tail, indent=b"\n    ")


def to_atom(feed: Feed, pieces: Pieces | None = None) -> bytes:
    """The feed as Atom 1.0 (RFC 4287), UTF-8. The same feed gives the same bytes, with `pieces` or without."""
    from feeds.feed import xml

    known = (pieces or Pieces()).made["atom"]
    head, entries, tail = xml.write_atom(feed, _missing(feed, known))
    return _join(head, _complete(feed, known, entries), tail, indent=b"\n  ")


def to_json(feed: Feed, pieces: Pieces | None = None) -> bytes:
    """The feed as JSON Feed 1.1, UTF-8. The same feed gives the same bytes, with `pieces` or without."""
    known = (pieces or Pieces()).made["json"]
    items = jsonfeed.write_items(feed, _missing(feed, known))
    return jsonfeed.join_items(feed, _complete(feed, known, items))


WRITERS = {"rss": to_rss, "atom": to_atom, "json": to_json}


def write_feed(feed: Feed, *, max_bytes: int, pieces: Pieces | None = None) -> WrittenFeed:
    """The feed in each of its formats, none larger than `max_bytes` if that can be had by summaries.

    The oldest entries lose their content first, in all formats alike. A feed of summaries that is still too large is
    written as it is: it is for `feeds.limit` to leave entries out.
    """
    pieces = pieces or Pieces()
    documents = _write_all(feed, pieces)
    if _largest(documents) <= max_bytes:
        return WrittenFeed(feed=feed, documents=documents)
    size = _largest(documents)
    fitted = _shorten(feed, documents, max_bytes, pieces)
    documents = _write_all(fitted, pieces)
    short = sum(not entry.content for entry in fitted.entries)
    note = f"{size:,} bytes would be more than feeds.max_bytes ({max_bytes:,}): "
    note += f"{short} of {len(feed.entries)} entries show their summary"
    if _largest(documents) > max_bytes:
        note += f", and {_largest(documents):,} bytes are left; lower feeds.limit"
    return WrittenFeed(feed=fitted, documents=documents, note=note)


def make_pieces(feed: Feed, entry: Entry) -> dict[str, bytes]:
    """The entry by format, as it stands in the documents of `feed` and of every other of the site in its language."""
    pieces = Pieces()
    _write_all(dataclasses.replace(feed, entries=(entry,)), pieces)
    return {name: pieces.made[name][_key(feed, entry)] for name in feed.urls}


class FeedFiles(Mapping[str, bytes]):
    """The files of all feeds by their path below the output, made when they are asked for.

    Only one feed's bytes are held at a time, so that a site of any size fits into memory: the files of a feed follow
    each other, and whoever asks in that order has each feed made once. `fill` makes each feed whole before it is
    written. `notes` has grown complete when each path was asked for once: a feed's path and what was left out of it.
    Raises ConfigError if two feeds would be one file.
    """

    def __init__(
        self, feeds: Sequence[Feed], *, max_bytes: int, fill: Callable[[Feed], Feed] = lambda feed: feed
    ) -> None:
        self.notes: dict[str, str] = {}
        self._fill = fill
        self._places = _place_all(feeds)
        self._max_bytes = max_bytes
        self._pieces = Pieces()
        self._last: tuple[Feed, Mapping[str, bytes]] | None = None
        self._ahead: Iterator[tuple[int, tuple[Mapping[str, bytes], str]]] = iter(())
        self._awaited: set[int] = set()

    def write_ahead(self) -> None:
        """Make the files in several processes if there are many, in the order of the paths.

        Whoever asks for them in another order waits longer, and gets the same.
        """
        whole = {id(feed): feed for feed, _ in self._places.values() if feed.entries}
        feeds = map_ordered(self._write, list(whole.values()), enough=ENOUGH, chunk=CHUNK)
        self._ahead = zip(whole, feeds, strict=True)
        self._awaited = set(whole)

    def __getitem__(self, path: str) -> bytes:
        feed, name = self._places[path]
        if self._last is None or self._last[0] is not feed:
            with phase("build"):
                documents, note = self._take_ahead(feed) or self._write(feed)
            self._last = feed, documents
            if note:
                self.notes[feed.path] = note
        return self._last[1][name]

    def _take_ahead(self, feed: Feed) -> tuple[Mapping[str, bytes], str] | None:
        # What was made for a feed that nobody asked for before this one is gone.
        while id(feed) in self._awaited:
            one, made = next(self._ahead)
            self._awaited.remove(one)
            if not self._awaited:
                next(self._ahead, None)  # which ends the processes
            if one == id(feed):
                return made
        return None

    def _write(self, feed: Feed) -> tuple[Mapping[str, bytes], str]:
        written = write_feed(self._fill(feed), max_bytes=self._max_bytes, pieces=self._pieces)
        self._pieces.limit(written.documents)
        return written.documents, written.note

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _place_all(feeds: Sequence[Feed]) -> dict[str, tuple[Feed, str]]:
    """The feed and the format of each path: feed by feed, sorted by their first paths."""
    places: dict[str, tuple[Feed, str]] = {}
    for feed in feeds:
        for name, path in feed.files.items():
            other, _ = places.setdefault(path, (feed, name))
            if other is not feed:
                raise ConfigError(
                    f"gives two feeds one file, {path}: `{other.title}` and `{feed.title}`; give one of them another "
                    "slug (feeds.slugs) or all of its kind another address (feeds.paths)",
                    key="feeds.layout",
                )
    return dict(sorted(places.items(), key=lambda place: (min(place[1][0].files.values()), place[0])))


def _key(feed: Feed, entry: Entry) -> Key:
    return entry.id, bool(entry.content), entry.language if entry.language != feed.language else None


def _missing(feed: Feed, known: Mapping[Key, bytes]) -> list[Entry]:
    return [entry for entry in feed.entries if _key(feed, entry) not in known]


def _complete(feed: Feed, known: dict[Key, bytes], new: Sequence[bytes]) -> list[bytes]:
    """All pieces of the feed in its order, those in `new` (the missing ones) being remembered."""
    known |= zip((_key(feed, entry) for entry in _missing(feed, known)), new, strict=True)
    return [known[_key(feed, entry)] for entry in feed.entries]


def _join(head: bytes, pieces: Sequence[bytes], tail: bytes, *, indent: bytes) -> bytes:
    return b"".join((head, *(part for piece in pieces for part in (indent, piece)), tail))


def _write_all(feed: Feed, pieces: Pieces) -> dict[str, bytes]:
    return {name: WRITERS[name](feed, pieces) for name in feed.urls}


def _largest(documents: Mapping[str, bytes]) -> int:
    return max(map(len, documents.values()), default=0)


def _shorten(feed: Feed, documents: Mapping[str, bytes], max_bytes: int, pieces: Pieces) -> Feed:
    """The feed with just so many of its oldest entries reduced to their summary that each document fits."""
    short = tuple(dataclasses.replace(entry, content="") for entry in feed.entries)
    _write_all(dataclasses.replace(feed, entries=short), pieces)
    excess = {name: len(document) - max_bytes for name, document in documents.items()}
    count = 0
    for full, summary in zip(reversed(feed.entries), reversed(short), strict=True):
        if max(excess.values()) <= 0:
            break
        count += 1
        for name in excess:
            made = pieces.made[name]
            excess[name] -= len(made[_key(feed, full)]) - len(made[_key(feed, summary)])
    kept = len(feed.entries) - count
    return dataclasses.replace(feed, entries=feed.entries[:kept] + short[kept:])
