"""Which post is which, whatever moves, and what subscribers of a feed would notice.

Each part is imported when it is asked for: what reads other feeds is not needed to give posts their ids.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feeds.identity.adoption import Adoption, Match, OlderPost, adopt_ids, match_entries
    from feeds.identity.difference import Change, Difference, compare_feeds
    from feeds.identity.ids import Identified, assign_ids
    from feeds.identity.published import PublishedEntry, read_feed
    from feeds.identity.validity import find_faults

__all__ = [
    "Adoption",
    "Change",
    "Difference",
    "Identified",
    "Match",
    "OlderPost",
    "PublishedEntry",
    "adopt_ids",
    "assign_ids",
    "compare_feeds",
    "find_faults",
    "match_entries",
    "read_feed",
]

_HOMES = {
    "Adoption": "adoption",
    "Match": "adoption",
    "OlderPost": "adoption",
    "adopt_ids": "adoption",
    "match_entries": "adoption",
    "Change": "difference",
    "Difference": "difference",
    "compare_feeds": "difference",
    "Identified": "ids",
    "assign_ids": "ids",
    "PublishedEntry": "published",
    "read_feed": "published",
    "find_faults": "validity",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
