"""What a subscriber would notice if one feed took the place of another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from feeds.identity.ids import url_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.identity.published import PublishedEntry


class Change(StrEnum):
    """What becomes of one entry. A re-identified one is shown to every subscriber again, as if it were new."""

    NEW = "new"
    EDITED = "edited"
    REIDENTIFIED = "re-identified"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One entry that changes. `old_id` differs from `id` only where it is re-identified."""

    change: Change
    id: str
    title: str
    url: str
    old_id: str


def compare_feeds(old: Sequence[PublishedEntry], new: Sequence[PublishedEntry]) -> tuple[Difference, ...]:
    """How `new` differs from `old`, in the order of `new`, then what is gone.

    An entry that only made room for newer ones is not gone: subscribers keep it.
    """
    by_id = {entry.id: entry for entry in old}
    by_path = {url_path(entry.url): entry for entry in old if entry.url}
    kept = {entry.id for entry in new}
    found: list[Difference] = []
    replaced: set[str] = set()
    for entry in new:
        if same := by_id.get(entry.id):
            if (same.words, same.updated) != (entry.words, entry.updated):
                found.append(_difference(Change.EDITED, entry))
        elif (twin := by_path.get(url_path(entry.url))) and twin.id not in kept:
            replaced.add(twin.id)
            found.append(_difference(Change.REIDENTIFIED, entry, old_id=twin.id))
        else:
            found.append(_difference(Change.NEW, entry))
    dates = [entry.published for entry in new if entry.published]
    oldest = min(dates) if dates and len(new) >= len(old) else None
    for entry in old:
        pushed_out = oldest is not None and entry.published is not None and entry.published <= oldest
        if entry.id not in kept and entry.id not in replaced and not pushed_out:
            found.append(_difference(Change.GONE, entry))
    return tuple(found)


def _difference(change: Change, entry: PublishedEntry, old_id: str | None = None) -> Difference:
    return Difference(change=change, id=entry.id, title=entry.title, url=entry.url, old_id=old_id or entry.id)
