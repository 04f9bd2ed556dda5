"""An entry of feeds that are written already in the place of what it was, where nothing else in them changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.feed.pieces import write_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeds.models import Entry, Feed


class Exchange:
    """The new entry for each old one, both finished. Their bytes are made once for all feeds of a language."""

    def __init__(self, pairs: Iterable[tuple[Entry, Entry]]) -> None:
        self._pairs = {old.id: (old, new) for old, new in pairs}
        self._made: dict[tuple[str, str | None], tuple[dict[str, bytes], dict[str, bytes]]] = {}

    def exchange(self, feed: Feed, documents: Mapping[str, bytes], ids: Iterable[str]) -> dict[str, bytes] | None:
        """The documents of `feed` by format, with the new entries of these ids in them.

        None if an old one does not stand in each of them just once. What `feed` says of itself must be as it was.
        """
        made = dict(documents)
        for id_ in ids:
            old, new = self._make_pieces(feed, id_)
            for name, document in made.items():
                # What is text in a piece is escaped, so that no piece is part of another.
                if document.count(old[name]) != 1:
                    return None
                made[name] = document.replace(old[name], new[name])
        return made

    def _make_pieces(self, feed: Feed, id_: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
        key = id_, feed.language
        if key not in self._made:
            pieces = write_pieces(feed, self._pairs[id_])
            self._made[key] = (
                {name: old for name, (old, _) in pieces.items()},
                {name: new for name, (_, new) in pieces.items()},
            )
        return self._made[key]
