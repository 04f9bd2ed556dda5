"""The files of many feeds, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.feed.pieces import Pieces
from feeds.feed.write import measure_largest, write_feed
from feeds.phases import phase
from feeds.workers import map_ordered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from feeds.models import Feed

ENOUGH = 60  # feeds; fewer are sooner made than handed over
CHUNK = 4


class FeedFiles(Mapping[str, bytes]):
    """The files of all feeds by their path below the output, made when they are asked for.

    Only one feed's bytes are held at a time, so that a site of any size fits into memory: the files of a feed follow
    each other, and whoever asks in that order has each feed made once. `join` has the documents of a feed whose entries
    are bytes already, by format; any other `fill` makes whole before it is written. `notes` has grown complete when
    each path was asked for once: a feed's path and what was left out of it. Raises ConfigError if two feeds would be
    one file.
    """

    def __init__(
        self,
        feeds: Sequence[Feed],
        *,
        max_bytes: int,
        fill: Callable[[Feed], Feed] = lambda feed: feed,
        join: Callable[[Feed], Mapping[str, bytes] | None] = lambda _: None,
    ) -> None:
        self.notes: dict[str, str] = {}
        self._fill = fill
        self._join = join
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
        ahead = zip(whole, feeds, strict=True)
        # The processes begin with the first: later, a thread that writes would be in their way.
        self._ahead = chain(list(islice(ahead, 1)), ahead)
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
        documents = self._join(feed)
        if documents is not None and measure_largest(documents) <= self._max_bytes:
            return documents, ""
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
