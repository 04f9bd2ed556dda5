"""The words by which a post is recognised once it is renamed, kept anew where nothing else of it has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.cache.listing import list_files
from feeds.errors import OutdatedError
from feeds.state import read_history

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from feeds.cache.record import Record
    from feeds.config import Config


class Doubt(Exception):  # noqa: N818 - nothing is wrong, there is only more to do
    """Something may have changed that more depends on than was looked at."""


def remember_words(config: Config, words: Mapping[str, str], *, record: Record, now: datetime) -> dict[str, str] | None:
    """Let the ledger know the words of published posts by source, and say how its files look then.

    None where somebody else may have changed it meanwhile. Raises Doubt, and has changed nothing, if the ledger is not
    as it was when `record` was made, or does not know a post. Raises StateError.
    """
    if not config.stable_url or not words:
        return record.ours if _look(record) == record.ours else None
    try:
        before = read_history(config)
    except OutdatedError:
        raise Doubt from None
    known = {old.source: old for old in before.posts if old.published}
    if _look(record) != record.ours or not words.keys() <= known.keys():
        raise Doubt
    new = {
        known[source].id: replace(known[source], fingerprint=mark)
        for source, mark in words.items()
        if known[source].fingerprint != mark
    }
    if not new:
        return record.ours
    from feeds.state import open_ledger  # which takes as long as all the rest

    open_ledger(config).posts.remember(new.values(), now=now)
    looks = _look(record)
    expected = replace(before, posts=tuple(new.get(old.id, old) for old in before.posts))
    return looks if read_history(config) == expected else None


def _look(record: Record) -> dict[str, str]:
    return list_files(record.ours, fresh_since=record.fresh)
