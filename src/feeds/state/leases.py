"""Who may change issues: one holder at a time, by a lease with a fencing token.

A lease is taken when nobody holds it, when it ran out, or when the operating system (a file lock) or the
server (an advisory lock) vouches that its holder is gone. Each taking raises the token. Whatever changes an
issue names its token in the same transaction, so that a holder who was stopped, lost the lease and woke up
changes nothing any more: https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html
"""

from __future__ import annotations

import fcntl
import os
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from feeds.errors import LockedError, StateError
from feeds.state.schema import leases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.state.database import Database

SECONDS = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to change issues until somebody has a higher token. It lasts `seconds` if not renewed."""

    name: str
    holder: str
    token: int
    seconds: float


class Leases:
    """The leases of one ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def hold(self, name: str = "run", *, seconds: float = SECONDS) -> Iterator[Lease]:
        """The lease called `name`, given back when the block ends. Raises LockedError if somebody holds it.

        It outlives `seconds` without renewal only as long as nobody else wants it.
        """
        holder = f"{socket.gethostname()}:{os.getpid()}"
        with self._presence(name) as alone:
            lease = self._take(name, holder=holder, seconds=seconds, force=alone)
            try:
                yield lease
            finally:
                self._give_back(lease)

    def renew(self, lease: Lease) -> None:
        """Make the lease last `lease.seconds` from now. Raises LockedError if somebody else has it."""
        with self._database.write() as connection:
            require_lease(connection, lease)

    def _take(self, name: str, *, holder: str, seconds: float, force: bool) -> Lease:
        with self._database.write() as connection:
            clock = _read_clock(connection)
            row = connection.execute(select(leases).where(leases.c.name == name).with_for_update()).one_or_none()
            if row is not None and row.expires_at > clock and not force:
                raise LockedError(f"{row.holder} is at it; try again later")
            token = 1 if row is None else row.token + 1
            values = {"holder": holder, "token": token, "expires_at": clock + seconds}
            if row is None:
                connection.execute(leases.insert().values(name=name, **values))
            else:
                connection.execute(leases.update().where(leases.c.name == name).values(**values))
        return Lease(name=name, holder=holder, token=token, seconds=seconds)

    def _give_back(self, lease: Lease) -> None:
        with self._database.write() as connection:
            connection.execute(
                leases.update().where(leases.c.name == lease.name, leases.c.token == lease.token).values(expires_at=0.0)
            )

    @contextmanager
    def _presence(self, name: str) -> Iterator[bool]:
        """Whether no other holder is alive, by the kernel's or the server's word; we are meanwhile."""
        if not self._database.is_sqlite:
            with self._database.session() as session:
                here = func.concat(func.current_schema(), f"/feeds/{name}")
                yield bool(session.execute(select(func.pg_try_advisory_lock(func.hashtextextended(here, 0)))).scalar())
            return
        if self._database.file is None:
            yield True
            return
        path = self._database.file.with_name(f"{self._database.file.name}.{name}.lock")
        try:
            file = path.open("ab")
        except OSError as error:
            raise StateError(f"cannot be opened ({error.strerror})", path=path) from error
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True


def require_lease(connection: Connection, lease: Lease) -> None:
    """Renew the lease inside the caller's transaction. Raises LockedError if it has gone to somebody else."""
    renewed = connection.execute(
        leases.update()
        .where(leases.c.name == lease.name, leases.c.token == lease.token)
        .values(expires_at=_read_clock(connection) + lease.seconds)
    )
    if renewed.rowcount != 1:
        raise LockedError(
            "another run took over because this one was away for too long; nothing was changed here since"
        )


def _read_clock(connection: Connection) -> float:
    if connection.dialect.name == "postgresql":
        return float(connection.execute(select(func.extract("epoch", func.clock_timestamp()))).scalar_one())
    return time.time()
