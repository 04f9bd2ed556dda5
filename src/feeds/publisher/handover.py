"""One composed issue and its receiver: try, and learn what became of it, never trying twice what may have arrived."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from feeds.errors import PermanentError, TemporaryError, UnknownOutcome
from feeds.models import Issue, IssueState, Receipt
from feeds.state import Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.publisher.desk import Desk
    from feeds.state import Attempt

FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=4)
PATIENCE = timedelta(days=5)


class Ending(IntEnum):
    """How the mailing of a newsletter ended, by its exit status."""

    DONE = 0
    FAILED = 1
    NEEDS_PERSON = 3
    TRY_LATER = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """What became of one newsletter in one run: a sentence for a person, and the issue it is about, if there is one."""

    newsletter: str
    ending: Ending
    message: str
    issue: Issue | None = None


def hand_over(desk: Desk, issue: Issue) -> Mailing:
    """Try a composed or deferred issue once, with the bytes that were stored. Raises LockedError, StateError."""
    transport = desk.open_transport(issue.transport)
    prepared = desk.ledger.issues.read_prepared(issue)
    attempt = desk.ledger.attempts.start(issue, lease=desk.lease, now=desk.now)
    try:
        receipt = transport.deliver(prepared, issue.key)
    except TemporaryError as error:
        return _defer(desk, issue, attempt, error)
    except PermanentError as error:
        return _close(desk, issue, attempt, Outcome.REFUSED, error.message)
    except UnknownOutcome as error:
        return _close(desk, issue, attempt, Outcome.UNKNOWN, error.message)
    return _close(desk, issue, attempt, Outcome.ACCEPTED, "", receipt=receipt)


def recover(desk: Desk, issue: Issue) -> Mailing | None:
    """Find out what became of an issue whose run ended in the middle of handing it over.

    None if its receiver has nothing of it, and it may be tried again: it is deferred then. Raises LockedError,
    StateError.
    """
    transport = desk.open_transport(issue.transport)
    attempt = desk.ledger.attempts.list_all(issue)[-1]
    desk.ledger.leases.renew(desk.lease)
    if not transport.can_look_up:
        return _close(desk, issue, attempt, Outcome.UNKNOWN, "a run ended while the issue was being handed over")
    try:
        receipt = transport.look_up(desk.ledger.issues.read_prepared(issue), issue.key)
    except TemporaryError as error:
        message = f"a run ended while the issue was being handed over, and {error.message}"
        _close(desk, issue, attempt, Outcome.UNKNOWN, message)
        return _report(desk, issue, Ending.TRY_LATER, f"is unknown: {message}")
    if receipt is not None:
        return _close(desk, issue, attempt, Outcome.ACCEPTED, "", receipt=receipt)
    message = "a run ended while the issue was being handed over; the receiver has nothing of it"
    desk.ledger.attempts.finish(attempt, Outcome.DEFERRED, message=message, now=desk.now, retry_at=desk.now)
    return None


def look_again(desk: Desk, issue: Issue) -> Mailing | None:
    """Ask the receiver for an issue that is unknown, where it can be asked; as `recover` otherwise."""
    transport = desk.open_transport(issue.transport)
    if not transport.can_look_up:
        return _report(desk, issue, Ending.NEEDS_PERSON, f"{_advise(issue)} ({issue.reason})")
    try:
        receipt = transport.look_up(desk.ledger.issues.read_prepared(issue), issue.key)
    except TemporaryError as error:
        return _report(desk, issue, Ending.TRY_LATER, f"is unknown, and {error.message}")
    if receipt is None:
        desk.ledger.issues.move(issue, IssueState.DEFERRED, lease=desk.lease, retry_at=desk.now)
        return None
    desk.ledger.issues.accept(issue, receipt, lease=desk.lease, now=desk.now)
    return _report(desk, issue, _weigh(receipt), f"is delivered: {receipt}")


def follow(desk: Desk, issue: Issue) -> Mailing | None:
    """What the receiver says of an issue that it has accepted and is still busy with; None if all goes well so far."""
    try:
        receipt = desk.open_transport(issue.transport).look_up(desk.ledger.issues.read_prepared(issue), issue.key)
    except TemporaryError as error:
        return _report(desk, issue, Ending.TRY_LATER, f"is delivered, but {error.message}")
    if receipt is None and issue.draft:
        return _report(desk, issue, Ending.NEEDS_PERSON, _advise_on_lost_draft(issue))
    if receipt is None:
        # Said once: nobody can bring it back, and what it has mailed until then stays mailed.
        receipt = Receipt(reference=issue.receipt, trouble="no longer on its way at its receiver; look there")
    desk.ledger.issues.accept(issue, receipt, lease=desk.lease, now=desk.now)
    if receipt.settled or receipt.trouble:
        return _report(desk, issue, _weigh(receipt), f"is delivered: {receipt}")
    return None


def next_attempt_at(key: str, tries: int, now: datetime, *, asked: timedelta | None = None) -> datetime:
    """When to try again after `tries` refusals in a row: after a minute, then twice as long, up to four hours.

    Up to a quarter more comes from the key, so that many sites on one receiver do not knock together and a run can be
    repeated. `asked` is what the receiver wants to be waited at least; after five days it is asked in any case.
    """
    share = int(hashlib.sha256(f"{key} {tries}".encode()).hexdigest()[:8], 16) / 2**32
    delay = min(FIRST_DELAY * (1 << min(tries - 1, 20)) * (1 + share / 4), LONGEST_DELAY)
    return now + max(delay, min(asked, PATIENCE) if asked else delay)


def advise_on_failure(issue: Issue) -> str:
    """What a person reads of an issue that its receiver has refused."""
    return f"failed: {issue.reason}; then `feeds resolve {issue.newsletter}/{issue.number} --again` or --cancel"


def _defer(desk: Desk, issue: Issue, attempt: Attempt, error: TemporaryError) -> Mailing:
    refusals = _count_refusals(desk, issue)
    if desk.now - refusals[0].started_at > PATIENCE:
        return _close(desk, issue, attempt, Outcome.REFUSED, f"{error.message}; given up after {PATIENCE.days} days")
    retry_at = next_attempt_at(issue.key, len(refusals), desk.now, asked=error.retry_after)
    return _close(desk, issue, attempt, Outcome.DEFERRED, error.message, retry_at=retry_at)


def _count_refusals(desk: Desk, issue: Issue) -> list[Attempt]:
    """The attempts since anything but a temporary refusal came back, with the one under way; oldest first."""
    found: list[Attempt] = []
    for attempt in reversed(desk.ledger.attempts.list_all(issue)):
        if attempt.outcome not in {Outcome.OPEN, Outcome.DEFERRED}:
            break
        found.append(attempt)
    return found[::-1]


def _close(
    desk: Desk,
    issue: Issue,
    attempt: Attempt,
    outcome: Outcome,
    message: str,
    *,
    receipt: Receipt | None = None,
    retry_at: datetime | None = None,
) -> Mailing:
    decided = desk.ledger.attempts.finish(
        attempt, outcome, message=message, now=desk.now, receipt=receipt, retry_at=retry_at
    )
    if not decided:
        return _report(desk, issue, Ending.TRY_LATER, "was taken over by another run; `feeds status` tells")
    if receipt is not None:
        return _report(desk, issue, _weigh(receipt), f"is delivered: {receipt}")
    if outcome is Outcome.DEFERRED:
        return _report(desk, issue, Ending.TRY_LATER, f"waits until {retry_at:%Y-%m-%d %H:%M %Z}: {message}")
    if outcome is Outcome.REFUSED:
        return _report(desk, issue, Ending.FAILED, advise_on_failure(replace(issue, reason=message)))
    return _report(desk, issue, Ending.NEEDS_PERSON, f"{_advise(issue)} ({message})")


def _report(desk: Desk, issue: Issue, ending: Ending, said: str) -> Mailing:
    latest = desk.ledger.issues.get(issue.newsletter, issue.number)
    return Mailing(
        newsletter=desk.newsletter, ending=ending, message=f"issue {issue.number} {said}", issue=latest or issue
    )


def _weigh(receipt: Receipt) -> Ending:
    return Ending.NEEDS_PERSON if receipt.trouble else Ending.DONE


def _advise_on_lost_draft(issue: Issue) -> str:
    decide = f"`feeds resolve {issue.newsletter}/{issue.number}"
    return f"is no longer among its receiver's drafts; {decide} --cancel` makes its posts new again, --sent does not"


def _advise(issue: Issue) -> str:
    which = f"{issue.newsletter}/{issue.number}"
    return f"may or may not have arrived: look, then `feeds resolve {which} --sent`, --again or --cancel"
