"""The words by which a post is recognised once it is renamed, kept anew where nothing else of it has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.cache.listing import list_files
from feeds.state import locate_file, renew_words

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
    as it was when `record` was made, does not know a post or cannot be written.
    """
    if not config.stable_url or not words:
        return record.ours if _look(record) == record.ours else None
    file = locate_file(config)
    assert file is not None  # any other ledger cannot be looked at, so that there is no record
    try:
        return renew_words(file, words, look=lambda: _look(record), expected=record.ours, now=now)
    except LookupError:
        raise Doubt from None


def _look(record: Record) -> dict[str, str]:
    return list_files(record.ours, fresh_since=record.fresh)
