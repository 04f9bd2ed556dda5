"""The one guarded way in which an issue changes its state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeds.errors import LockedError, StateError
from feeds.models import Issue, IssueState
from feeds.state.leases import Lease, require_lease
from feeds.state.schema import issue_posts, issues

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

# An issue leaves SENDING by what the receiver said; all else is the program's step or a person's decision.
# Nothing leads out of CANCELLED, and out of DELIVERED only what `is_unsent_draft` lets go.
ALLOWED: Mapping[IssueState, frozenset[IssueState]] = {
    IssueState.CLAIMED: frozenset({IssueState.COMPOSED, IssueState.CANCELLED}),
    IssueState.COMPOSED: frozenset({IssueState.SENDING, IssueState.CANCELLED}),
    IssueState.SENDING: frozenset({IssueState.DELIVERED, IssueState.DEFERRED, IssueState.FAILED, IssueState.UNKNOWN}),
    IssueState.DEFERRED: frozenset({IssueState.SENDING, IssueState.DELIVERED, IssueState.FAILED, IssueState.CANCELLED}),
    IssueState.FAILED: frozenset({IssueState.DEFERRED, IssueState.DELIVERED, IssueState.CANCELLED}),
    IssueState.UNKNOWN: frozenset({IssueState.DEFERRED, IssueState.DELIVERED, IssueState.FAILED, IssueState.CANCELLED}),
    IssueState.DELIVERED: frozenset(),
    IssueState.CANCELLED: frozenset(),
}


def move_issue(connection: Connection, issue: Issue, to: IssueState, *, lease: Lease, **values: Any) -> None:
    """Take the issue from the state it was read in to another, inside the caller's transaction.

    Raises LockedError if the lease is lost or the issue has moved since it was read, StateError if no way
    leads there.
    """
    called_off = to is IssueState.CANCELLED and is_unsent_draft(issue)
    if to not in ALLOWED[issue.state] and not called_off:
        raise StateError(f"issue {issue.number} of {issue.newsletter} is {issue.state} and cannot become {to}")
    require_lease(connection, lease)
    moved = connection.execute(
        issues.update()
        .where(
            issues.c.newsletter == issue.newsletter,
            issues.c.number == issue.number,
            issues.c.state == issue.state.value,
        )
        .values(state=to.value, **values)
    )
    if moved.rowcount != 1:
        raise LockedError(
            f"issue {issue.number} of {issue.newsletter} is no longer {issue.state}; somebody else is at it"
        )


def is_unsent_draft(issue: Issue) -> bool:
    """Whether the issue was left at its receiver for approval, and nobody has seen it leave from there."""
    return issue.state is IssueState.DELIVERED and issue.draft and not issue.settled


def release_posts(connection: Connection, issue: Issue) -> None:
    """Give the posts of a cancelled issue back, so that the next issue may carry them."""
    connection.execute(
        issue_posts.delete().where(issue_posts.c.newsletter == issue.newsletter, issue_posts.c.number == issue.number)
    )
