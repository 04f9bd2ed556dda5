"""The connection: one short transaction at a time, durable, and with errors that a person understands."""

from __future__ import annotations

import os
import weakref
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, NullPool, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from feeds.errors import LockedError, OutdatedError, StateError
from feeds.state.place import SQLITE_FILE
from feeds.state.rows import VERSION
from feeds.state.schema import read_version, upgrade_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT_SECONDS = 30
# Transactions are begun by this module: sqlite3 by itself begins them late and ends them early.
SQLITE_ARGUMENTS = {"timeout": WAIT_SECONDS, "isolation_level": None, "check_same_thread": False}

# What SQLite and the PostgreSQL driver say, and what a person is to do about it. The first that is found
# counts.
ADVICE = (
    ("disk is full", "the disk is full; free some space, nothing is lost"),
    ("no space left", "the disk is full; free some space, nothing is lost"),
    ("readonly database", "cannot be written; give this user the right to write the file and its folder"),
    (
        "not a database",
        "is not a ledger of feeds, or is damaged; restore it from a backup, do not delete it",
    ),
    ("malformed", "is damaged; restore it from a backup, do not delete it"),
    ("disk i/o error", "cannot be read or written (disk I/O error); look after the disk"),
    ("unable to open", "cannot be opened; check that the folder exists and that this user may write to it"),
)


class Database:
    """Where the ledger is kept. `label` names it in messages and never has a password in it.

    SQLite keeps its rollback journal (a write-ahead log could not be read from a folder that is read-only)
    and waits for the disk (`synchronous = EXTRA`, https://www.sqlite.org/pragma.html#pragma_synchronous)
    before a commit counts.
    """

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        self._url = _parse_url(url)
        self.is_sqlite = self._url.get_backend_name() == "sqlite"
        self.file = Path(self._url.database) if self.is_sqlite and self._url.database else None
        self.label = str(self.file) if self.file else self._url.set(query={}).render_as_string()
        self._read_only = read_only
        self._engine = self._make_engine()
        weakref.finalize(self, self._engine.dispose)
        if read_only:
            self._read_as_it_is()
        else:
            with self.write() as connection:
                upgrade_schema(connection)

    def close(self) -> None:
        """Close the connections that are kept for the next transaction, which opens new ones."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the ledger. Raises StateError."""
        with self._translated(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is durable when the block ends and undone when it raises. Raises StateError."""
        assert not self._read_only or self._engine.pool.__class__ is StaticPool, "the ledger was opened for reading"
        engine = self._engine.execution_options(feeds_writes=True)
        with self._translated(), engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def session(self) -> Iterator[Connection]:
        """A connection outside any transaction, for locks that last as long as it does. Raises StateError."""
        with self._translated():
            connection = self._engine.execution_options(isolation_level="AUTOCOMMIT").connect()
            # Out of the pool: its locks end when it is closed, and only then.
            connection.detach()
        try:
            yield connection
        finally:
            connection.close()

    def _make_engine(self) -> Engine:
        try:
            if not self.is_sqlite:
                return create_engine(self._url, pool_pre_ping=True, connect_args={"connect_timeout": WAIT_SECONDS})
            # What does not exist reads as empty, and reading does not make it.
            missing = self._read_only and (self.file is None or not self.file.exists() or self.file.stat().st_size == 0)
            if missing or self.file is None:
                return _make_empty()
            if not self._read_only:
                self.file.parent.mkdir(parents=True, exist_ok=True)
        except (ImportError, NoSuchModuleError, ArgumentError) as error:
            raise StateError(_missing_driver(self._url, error), key="state.url") from error
        except OSError as error:
            raise StateError(f"cannot be opened ({error.strerror})", path=self.label) from error
        engine = create_engine(self._address_sqlite(self.file), poolclass=NullPool, connect_args=SQLITE_ARGUMENTS)
        event.listen(engine, "connect", self._tune_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _address_sqlite(self, file: Path) -> URL:
        writable = os.access(file.parent, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))
        # Reading asks for `rw` where it may: only then can SQLite undo what a killed process left half done.
        mode = ("rw" if writable else "ro") if self._read_only else "rwc"
        return URL.create("sqlite", database=file.resolve().as_uri(), query={"mode": mode, "uri": "true"})

    def _tune_sqlite(self, connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = EXTRA")
        if self._read_only:
            connection.execute("PRAGMA query_only = ON")

    def _read_as_it_is(self) -> None:
        """A database in which nobody has made a ledger yet reads as empty. Raises OutdatedError for an older one."""
        with self.read() as connection:
            version = read_version(connection)
        if version == 0:
            self._engine.dispose()
            self._engine = _make_empty()
            weakref.finalize(self, self._engine.dispose)
        elif version < VERSION:
            raise OutdatedError(
                f"the ledger has version {version}; `feeds build` or `feeds run` will bring it to {VERSION}",
                path=self.label,
            )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except StateError as error:
            if error.path is None and not isinstance(error, LockedError):
                error.path = self.label
            raise
        except ImportError as error:
            raise StateError(_missing_driver(self._url, error), key="state.url") from error
        except DBAPIError as error:
            raise self._explain(_first(error).orig) from error

    def _explain(self, error: BaseException | None) -> StateError:
        said = next(iter(str(error).strip().splitlines()), type(error).__name__)
        if "database is locked" in said:
            return LockedError(
                "another process has kept the ledger busy for too long; try again later", path=self.label
            )
        advice = next((advice for sign, advice in ADVICE if sign in said.lower()), f"cannot be used: {said}")
        return StateError(advice, path=self.label)


def _make_empty() -> Engine:
    """An empty ledger in memory."""
    # The pool's one connection may be closed by another thread than the one that made it.
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    with engine.begin() as connection:
        upgrade_schema(connection)
    return engine


def _first(error: DBAPIError) -> DBAPIError:
    """What went wrong first.

    SQLite undoes a whole transaction when the disk is full, and then the way back to a savepoint fails as well.
    """
    found, earlier = error, error.__context__
    while earlier is not None:
        if isinstance(earlier, DBAPIError):
            found = earlier
        earlier = earlier.__context__
    return found


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that will write takes its lock at once: two that read first and write later would fail
    # each other.
    writes = connection.get_execution_options().get("feeds_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _parse_url(url: str) -> URL:
    file = url.removeprefix(SQLITE_FILE)
    if file != url and "?" not in file:
        # A name of a folder may have a percent sign in it, which only some versions of the library take for an escape.
        return URL.create("sqlite", database=file)
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StateError(
            "is no address of a database; write sqlite:///.feeds/state.db or postgresql://user@host/name",
            key="state.url",
        ) from None
    if parsed.drivername in {"postgres", "postgresql"}:
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _missing_driver(url: URL, error: Exception) -> str:
    if url.get_backend_name() == "postgresql":
        return "needs the driver for PostgreSQL; install feeds[postgresql]"
    return f"names a database that cannot be used: {error}"
