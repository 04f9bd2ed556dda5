"""Which post is which, whatever moves, and what subscribers of a feed would notice."""

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
