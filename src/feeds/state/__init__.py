"""What is remembered between runs: ids, issues, attempts and leases, in SQLite or PostgreSQL.

SQLAlchemy takes a fifth of a second to import, so that whatever talks to a database is imported when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from feeds.state.keys import issue_key
from feeds.state.place import has_ledger, locate_state

if TYPE_CHECKING:
    from feeds.state.attempts import Attempt, Attempts, Outcome
    from feeds.state.issues import Issues
    from feeds.state.leases import Lease, Leases
    from feeds.state.ledger import Ledger, open_ledger
    from feeds.state.posts import Posts
    from feeds.state.transitions import is_unsent_draft

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
    "locate_state",
    "open_ledger",
]

_HOMES = {
    "Attempt": "attempts",
    "Attempts": "attempts",
    "Outcome": "attempts",
    "Issues": "issues",
    "Lease": "leases",
    "Leases": "leases",
    "Ledger": "ledger",
    "open_ledger": "ledger",
    "Posts": "posts",
    "is_unsent_draft": "transitions",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
