"""Which post is which, whatever moves, and what subscribers of a feed would notice.

Each part is imported when it is asked for: what reads other feeds is not needed to give posts their ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.imports import import_when_asked

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

__getattr__ = import_when_asked(
    __name__,
    {
        "adoption": ("Adoption", "Match", "OlderPost", "adopt_ids", "match_entries"),
        "difference": ("Change", "Difference", "compare_feeds"),
        "ids": ("Identified", "assign_ids"),
        "published": ("PublishedEntry", "read_feed"),
        "validity": ("find_faults",),
    },
)
