"""What is remembered between runs: ids, issues, attempts and leases, in SQLite or PostgreSQL.

SQLAlchemy takes a fifth of a second to import, so that whatever talks to a database is imported when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.imports import import_when_asked
from feeds.state.keys import issue_key
from feeds.state.place import has_ledger, locate_file, locate_state

if TYPE_CHECKING:
    from feeds.state.attempts import Attempt, Attempts, Outcome
    from feeds.state.history import read_history
    from feeds.state.issues import Issues
    from feeds.state.leases import Lease, Leases
    from feeds.state.ledger import Ledger, open_ledger
    from feeds.state.posts import Posts
    from feeds.state.transitions import is_unsent_draft
    from feeds.state.words import renew_words

__all__ = [
    "Attempt",
    "Attempts",
    "Issues",
    "Lease",
    "Leases",
    "Ledger",
    "Outcome",
    "Posts",
    "has_ledger",
    "is_unsent_draft",
    "issue_key",
    "locate_file",
    "locate_state",
    "open_ledger",
    "read_history",
    "renew_words",
]

__getattr__ = import_when_asked(
    __name__,
    {
        "attempts": ("Attempt", "Attempts", "Outcome"),
        "history": ("read_history",),
        "issues": ("Issues",),
        "leases": ("Lease", "Leases"),
        "ledger": ("Ledger", "open_ledger"),
        "posts": ("Posts",),
        "transitions": ("is_unsent_draft",),
        "words": ("renew_words",),
    },
)
