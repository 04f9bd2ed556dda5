"""Attempts: each try to hand an issue over, noted before the first byte leaves, closed by what came back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, func, select

from feeds.models import Issue, IssueState, Receipt
from feeds.state.schema import attempts, issues
from feeds.state.transitions import is_unsent_draft, move_issue, release_posts

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.state.database import Database
    from feeds.state.leases import Lease


class Outcome(StrEnum):
    """How an attempt ended. OPEN is not known yet, or never will be: its process may have died."""

    OPEN = ""
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    UNKNOWN = "unknown"


STATES = {
    Outcome.ACCEPTED: IssueState.DELIVERED,
    Outcome.DEFERRED: IssueState.DEFERRED,
    Outcome.REFUSED: IssueState.FAILED,
    Outcome.UNKNOWN: IssueState.UNKNOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try. `attempt` counts from 1 within its issue; `holder` is `host:process`."""

    newsletter: str
    number: int
    attempt: int
    holder: str
    token: int
    started_at: datetime
    ended_at: datetime | None = None
    outcome: Outcome = Outcome.OPEN
    message: str = ""


class Attempts:
    """The attempts of every issue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_all(self, issue: Issue) -> tuple[Attempt, ...]:
        """The attempts of an issue, oldest first. Raises StateError."""
        with self._database.read() as connection:
            return _read_attempts(connection, issue)

    def start(self, issue: Issue, *, lease: Lease, now: datetime) -> Attempt:
        """A new attempt at a composed or deferred issue, now `sending`. Raises LockedError, StateError."""
        with self._database.write() as connection:
            last = select(func.max(attempts.c.attempt)).where(
                attempts.c.newsletter == issue.newsletter, attempts.c.number == issue.number
            )
            attempt = (connection.execute(last).scalar() or 0) + 1
            move_issue(connection, issue, IssueState.SENDING, lease=lease, attempt=attempt, retry_at=None, reason="")
            begun = Attempt(
                newsletter=issue.newsletter,
                number=issue.number,
                attempt=attempt,
                holder=lease.holder,
                token=lease.token,
                started_at=now,
            )
            connection.execute(
                attempts.insert().values(
                    newsletter=begun.newsletter,
                    number=begun.number,
                    attempt=begun.attempt,
                    holder=begun.holder,
                    token=begun.token,
                    started_at=begun.started_at,
                )
            )
            return begun

    def finish(
        self,
        attempt: Attempt,
        outcome: Outcome,
        *,
        message: str,
        now: datetime,
        receipt: Receipt | None = None,
        retry_at: datetime | None = None,
    ) -> bool:
        """Whether what came back decided the issue; it is stored in any case. Raises StateError.

        No lease is asked for: who made the attempt knows its outcome even if others gave it up meanwhile. It
        counts unless a newer attempt was begun or a person has decided.
        """
        with self._database.write() as connection:
            connection.execute(
                attempts.update()
                .where(
                    attempts.c.newsletter == attempt.newsletter,
                    attempts.c.number == attempt.number,
                    attempts.c.attempt == attempt.attempt,
                )
                .values(ended_at=now, outcome=outcome.value, message=message)
            )
            values: dict[str, Any] = {"state": STATES[outcome].value, "reason": message, "retry_at": retry_at}
            if outcome is Outcome.ACCEPTED:
                said = receipt or Receipt(reference="")
                values |= {
                    "delivered_at": now,
                    "receipt": str(said),
                    "settled": said.settled,
                    "reason": "",
                }
            decided = connection.execute(
                issues.update()
                .where(
                    issues.c.newsletter == attempt.newsletter,
                    issues.c.number == attempt.number,
                    issues.c.attempt == attempt.attempt,
                    issues.c.state.in_([IssueState.SENDING.value, IssueState.UNKNOWN.value]),
                )
                .values(**values)
            )
            return decided.rowcount == 1

    def cancel(self, issue: Issue, reason: str, *, lease: Lease) -> bool:
        """Whether the cancelled issue's posts are free again: only if no attempt can have reached anybody.

        The caller has seen that the receiver of a draft has it no more. Raises LockedError, StateError (an issue that
        was delivered and is no such draft cannot be cancelled).
        """
        harmless = {Outcome.DEFERRED, Outcome.REFUSED} | ({Outcome.ACCEPTED} if is_unsent_draft(issue) else set())
        with self._database.write() as connection:
            move_issue(connection, issue, IssueState.CANCELLED, lease=lease, reason=reason, retry_at=None)
            certain = all(attempt.outcome in harmless for attempt in _read_attempts(connection, issue))
            if certain:
                release_posts(connection, issue)
            return certain


def _read_attempts(connection: Connection, issue: Issue) -> tuple[Attempt, ...]:
    wanted = select(attempts).where(attempts.c.newsletter == issue.newsletter, attempts.c.number == issue.number)
    return tuple(_make_attempt(row) for row in connection.execute(wanted.order_by(attempts.c.attempt)))


def _make_attempt(row: Row[Any]) -> Attempt:
    return Attempt(
        newsletter=row.newsletter,
        number=row.number,
        attempt=row.attempt,
        holder=row.holder,
        token=row.token,
        started_at=row.started_at,
        ended_at=row.ended_at,
        outcome=Outcome(row.outcome),
        message=row.message,
    )
