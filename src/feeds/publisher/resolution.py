"""A person's word on an issue that the program may not decide by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.models import IssueState, Receipt
from feeds.state import Outcome, is_unsent_draft

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.models import Issue
    from feeds.state import Lease, Ledger


class Decision(StrEnum):
    """What a person found out: the readers have it, they do not and shall, or they do not and shall not."""

    SENT = "sent"
    AGAIN = "again"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The issue after the decision, and a sentence on what follows."""

    issue: Issue
    message: str


def resolve_issue(
    ledger: Ledger, newsletter: str, number: int, decision: Decision, *, lease: Lease, now: datetime
) -> Resolved:
    """The issue after a person's decision.

    Raises ConfigError if it is none that waits for this decision, LockedError, StateError.
    """
    issue = ledger.issues.get(newsletter, number)
    if issue is None:
        raise ConfigError(f"{newsletter} has no issue {number}; `feeds status` shows them all")
    if issue.state is IssueState.SENDING:
        # The lease is ours: whoever was handing it over is gone or will find the lease gone.
        attempt = ledger.attempts.list_all(issue)[-1]
        ledger.attempts.finish(attempt, Outcome.UNKNOWN, message="a run ended while it was sending", now=now)
        issue = ledger.issues.get(newsletter, number) or issue
    by_hand = is_unsent_draft(issue) and decision is not Decision.AGAIN
    if issue.state not in _OPEN_TO[decision] and not by_hand:
        raise ConfigError(f"issue {number} of {newsletter} is {issue.state}; --{decision} cannot change that")
    match decision:
        case Decision.SENT:
            ledger.issues.accept(issue, Receipt(reference="said by a person"), lease=lease, now=now)
            said = "counts as delivered"
        case Decision.AGAIN:
            ledger.issues.move(issue, IssueState.DEFERRED, lease=lease, retry_at=now)
            said = "goes out with the next run, as the same bytes"
        case Decision.CANCEL:
            freed = ledger.attempts.cancel(issue, "cancelled by a person", lease=lease)
            said = "is cancelled; " + ("its posts are new again" if freed else "its posts are never mailed again")
    return Resolved(issue=ledger.issues.get(newsletter, number) or issue, message=f"issue {number} {said}")


_UNDECIDED = frozenset({IssueState.UNKNOWN, IssueState.FAILED})
_OPEN_TO = {
    Decision.SENT: _UNDECIDED | {IssueState.DEFERRED},
    Decision.AGAIN: _UNDECIDED,
    Decision.CANCEL: _UNDECIDED | {IssueState.DEFERRED, IssueState.CLAIMED, IssueState.COMPOSED},
}
