"""Which post is which, whatever moves."""

from feeds.identity.ids import Identified, assign_ids

__all__ = ["Identified", "assign_ids"]
