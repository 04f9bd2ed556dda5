"""What is remembered between runs: ids, issues, attempts and leases, in SQLite or PostgreSQL."""

from feeds.state.attempts import Attempt, Attempts, Outcome
from feeds.state.issues import Issues, issue_key
from feeds.state.leases import Lease, Leases
from feeds.state.ledger import Ledger, locate_state, open_ledger
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
    "is_unsent_draft",
    "issue_key",
    "locate_state",
    "open_ledger",
]
