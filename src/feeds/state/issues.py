"""Issues: which posts they claimed, the bytes that go out, and how far they have come.

A post is claimed by inserting (newsletter, post id) under a primary key, all of an issue's posts in one
transaction: of two racers one gets the issue and the other nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from feeds.errors import StateError
from feeds.models import Digest, Issue, IssueState, Receipt
from feeds.state.digests import dump_digest, load_digest
from feeds.state.keys import issue_key
from feeds.state.leases import Lease, require_lease
from feeds.state.rows import ISSUE, make_issue, make_issues, make_seen
from feeds.state.schema import issue_posts, issues, newsletters
from feeds.state.transitions import move_issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from feeds.state.database import Database


LIGHT = tuple(issues.c[name] for name in ISSUE)


class Issues:
    """The issues of every newsletter, and the posts that are never to be mailed again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def seen(self) -> Mapping[str, frozenset[str]]:
        """For each newsletter with a history, the ids of the posts it is done with. Raises StateError."""
        rows = select(issue_posts.c.newsletter, issue_posts.c.post_id)
        with self._database.read() as connection:
            names = connection.execute(select(newsletters.c.name)).scalars()
            return make_seen(names, map(tuple, connection.execute(rows)))

    def list_all(self, newsletter: str | None = None) -> tuple[Issue, ...]:
        """The issues, of one newsletter or all, by newsletter and number. Raises StateError."""
        wanted = select(*LIGHT).order_by(issues.c.newsletter, issues.c.number)
        if newsletter is not None:
            wanted = wanted.where(issues.c.newsletter == newsletter)
        carried = select(issue_posts.c.newsletter, issue_posts.c.number, issue_posts.c.post_id)
        with self._database.read() as connection:
            rows = connection.execute(carried.where(issue_posts.c.number.is_not(None)))
            return make_issues(connection.execute(wanted), map(tuple, rows))

    def get(self, newsletter: str, number: int) -> Issue | None:
        """One issue. Raises StateError."""
        with self._database.read() as connection:
            return _read_issue(connection, newsletter, number)

    def seed(self, newsletter: str, post_ids: Iterable[str], *, lease: Lease, now: datetime) -> None:
        """Start the newsletter's history with these posts as seen; nothing is mailed. Raises StateError."""
        with self._database.write() as connection:
            require_lease(connection, lease)
            if connection.execute(select(newsletters).where(newsletters.c.name == newsletter)).one_or_none() is None:
                connection.execute(newsletters.insert().values(name=newsletter, started_at=now, considered_at=now))
            known = set(
                connection.execute(
                    select(issue_posts.c.post_id).where(issue_posts.c.newsletter == newsletter)
                ).scalars()
            )
            if rows := [{"newsletter": newsletter, "post_id": i} for i in sorted(set(post_ids) - known)]:
                connection.execute(issue_posts.insert(), rows)

    def claim(
        self, newsletter: str, post_ids: Iterable[str], *, lease: Lease, now: datetime, draft: bool = False
    ) -> Issue | None:
        """A new issue that carries these posts, or None if another issue has one of them already.

        The newsletter must have a history (`seed`). Raises LockedError if the lease is lost, StateError.
        """
        ids = sorted(set(post_ids))
        assert ids, "an issue carries at least one post"
        with self._database.write() as connection:
            require_lease(connection, lease)
            newsletter_row = select(newsletters).where(newsletters.c.name == newsletter).with_for_update()
            if connection.execute(newsletter_row).one_or_none() is None:
                raise StateError(f"the newsletter {newsletter!r} has no history yet", path=self._database.label)
            last = connection.execute(
                select(func.max(issues.c.number)).where(issues.c.newsletter == newsletter)
            ).scalar()
            number = (last or 0) + 1
            try:
                with connection.begin_nested():
                    connection.execute(
                        issues.insert().values(
                            newsletter=newsletter,
                            number=number,
                            key=issue_key(newsletter, ids),
                            state=IssueState.CLAIMED.value,
                            claimed_at=now,
                            draft=draft,
                        )
                    )
                    connection.execute(
                        issue_posts.insert(),
                        [{"newsletter": newsletter, "post_id": i, "number": number} for i in ids],
                    )
            except IntegrityError:
                return None
            _consider(connection, newsletter, now)
            return _read_issue(connection, newsletter, number)

    def read_considered_at(self, newsletter: str) -> datetime | None:
        """When the newsletter's schedule was last answered; None if it has no history. Raises StateError."""
        with self._database.read() as connection:
            wanted = select(newsletters.c.considered_at).where(newsletters.c.name == newsletter)
            return connection.execute(wanted).scalar()

    def note_considered(self, newsletter: str, *, lease: Lease, now: datetime) -> None:
        """Note that an issue was due and nothing was there to be mailed. Raises LockedError, StateError."""
        with self._database.write() as connection:
            require_lease(connection, lease)
            _consider(connection, newsletter, now)

    def store(
        self, issue: Issue, *, digest: Digest, prepared: bytes, transport: str, lease: Lease, now: datetime
    ) -> Issue:
        """The composed issue: every attempt sends just `prepared`. Raises LockedError, StateError."""
        with self._database.write() as connection:
            move_issue(
                connection,
                issue,
                IssueState.COMPOSED,
                lease=lease,
                digest=dump_digest(digest),
                prepared=prepared,
                subject=digest.subject,
                transport=transport,
                composed_at=now,
            )
            return _expect_issue(connection, issue)

    def move(self, issue: Issue, to: IssueState, *, lease: Lease, **values: Any) -> Issue:
        """The issue in its new state, by a person's or receiver's word. Raises LockedError, StateError."""
        with self._database.write() as connection:
            move_issue(connection, issue, to, lease=lease, **values)
            return _expect_issue(connection, issue)

    def accept(self, issue: Issue, receipt: Receipt, *, lease: Lease, now: datetime) -> None:
        """Store what the receiver says of an issue that it has accepted. Raises LockedError, StateError."""
        said = {"receipt": str(receipt), "settled": receipt.settled}
        with self._database.write() as connection:
            if issue.state is not IssueState.DELIVERED:
                move_issue(connection, issue, IssueState.DELIVERED, lease=lease, delivered_at=now, reason="", **said)
                return
            require_lease(connection, lease)
            connection.execute(
                issues.update()
                .where(issues.c.newsletter == issue.newsletter, issues.c.number == issue.number)
                .values(**said)
            )

    def list_unsettled(self, newsletter: str) -> tuple[Issue, ...]:
        """The delivered issues that their receiver is still busy with. Raises StateError."""
        wanted = select(issues.c.number).where(
            issues.c.newsletter == newsletter,
            issues.c.settled.is_(False),
            issues.c.state == IssueState.DELIVERED.value,
        )
        with self._database.read() as connection:
            numbers = connection.execute(wanted.order_by(issues.c.number)).scalars().all()
            found = (_read_issue(connection, newsletter, number) for number in numbers)
            return tuple(issue for issue in found if issue is not None)

    def read_prepared(self, issue: Issue) -> bytes:
        """The exact bytes that each attempt sends. Raises StateError if the issue is not composed."""
        return bytes(self._read_column(issue, "prepared"))

    def read_digest(self, issue: Issue) -> Digest:
        """The digest the issue was made from. Raises StateError if the issue is not composed."""
        return load_digest(self._read_column(issue, "digest"))

    def _read_column(self, issue: Issue, column: str) -> Any:
        with self._database.read() as connection:
            value = connection.execute(
                select(issues.c[column]).where(issues.c.newsletter == issue.newsletter, issues.c.number == issue.number)
            ).scalar()
        if value is None:
            raise StateError(
                f"issue {issue.number} of {issue.newsletter} has not been composed", path=self._database.label
            )
        return value


def _consider(connection: Connection, newsletter: str, now: datetime) -> None:
    connection.execute(newsletters.update().where(newsletters.c.name == newsletter).values(considered_at=now))


def _read_issue(connection: Connection, newsletter: str, number: int) -> Issue | None:
    row = connection.execute(
        select(*LIGHT).where(issues.c.newsletter == newsletter, issues.c.number == number)
    ).one_or_none()
    carried = select(issue_posts.c.post_id).where(
        issue_posts.c.newsletter == newsletter, issue_posts.c.number == number
    )
    return None if row is None else make_issue(row, connection.execute(carried).scalars().all())


def _expect_issue(connection: Connection, issue: Issue) -> Issue:
    found = _read_issue(connection, issue.newsletter, issue.number)
    assert found is not None, issue
    return found
