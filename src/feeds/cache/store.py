"""What was made once, by name, with what it was made from: one SQLite file that several processes may share.

A row is only ever given back whole: its hash stands beside it, and a damaged file is thrown away. Where nothing can be
kept, rows live as long as the run.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import weakref
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

VERSION = 1
FILE = "posts.db"
# One thread uses a store at a time, but the one that drops it may be another. Transactions are begun here.
_OPTIONS: dict[str, Any] = {"timeout": 5, "isolation_level": None, "check_same_thread": False}
FEW = 50  # names that are looked up one by one; of more, all rows are gone through
BATCH = 1_000_000  # bytes; so many wait in memory for the next transaction, which is short for others' sake
_TABLE = (
    "CREATE TABLE IF NOT EXISTS kept (kind TEXT, name TEXT, key TEXT, seen TEXT, digest BLOB, data BLOB, "
    "PRIMARY KEY (name, kind))"
)


class Row(NamedTuple):
    """Something kept: `key` says what it was made from, `seen` how what it was made from looked like then."""

    name: str
    key: str
    seen: str
    data: bytes


class Heading(NamedTuple):
    """What stands over a row: `key` and `seen` as in the row, and the `digest` of all that is in it."""

    key: str
    seen: str
    digest: bytes


class Store:
    """Rows by kind and name; the last one of a name counts.

    What is put is written in batches, and for good only with `keep`; without it the file is looked at and left alone.
    Whatever SQLite has to say about the file ends its use, and no error leaves this class.
    """

    def __init__(self, folder: Path, *, keep: bool) -> None:
        self._path = folder / FILE
        self._keep = keep
        self._waiting: list[tuple[str, str, str, str, bytes, bytes]] = []
        self._size = 0
        self._own = self._open() if keep else None
        self._known = [self._own] if self._own else []
        if self._own is None:
            self._own = _make_temporary()
            self._known = [self._own, *([known] if (known := self._look()) else [])]
        self._open_ones = list(self._known)
        weakref.finalize(self, _close_all, self._open_ones)

    def read(self, kind: str, name: str, key: str) -> bytes | None:
        """The data of that name, if it was made from what `key` says."""
        return next((row.data for row in self.find(kind, name) if row.key == key), None)

    def find(self, kind: str, name: str) -> Iterator[Row]:
        """The row of that name, whatever it was made from; if it was put in this run also the one before."""
        if _is_unicode(name):
            yield from self._select("kind = ? AND name = ?", (kind, name), kind)

    def scan(self, kind: str) -> Iterator[Row]:
        """Every row of that kind, by name; of a name that was put in this run also the row that was there before."""
        yield from self._select("kind = ?", (kind,), kind)

    def list_keys(self, kind: str, *, names: Collection[str]) -> dict[str, Heading]:
        """What stands over every row of that kind that is among `names`, by name; it is not checked as a row is."""
        found: dict[str, Heading] = {}
        self.flush()
        few = tuple(names) if len(names) <= FEW else ()
        where = f" AND name IN ({','.join('?' * len(few))})" if few else ""
        for connection in reversed(self._known):
            with self._translated():
                asked = f"SELECT name, key, seen, digest FROM kept WHERE kind = ?{where}"  # noqa: S608 - ours
                rows = connection.execute(asked, (kind, *few))
                found.update((name, Heading(key, seen, digest)) for name, key, seen, digest in rows if name in names)
        return found

    def put(self, kind: str, name: str, data: bytes, *, key: str, seen: str = "") -> bytes | None:
        """Keep `data` under that name, and say its digest; a name that is no Unicode (a file's, maybe) is not kept."""
        if not _is_unicode(name):
            return None
        digest = _hash(kind, name, key, seen, data)
        self._waiting.append((kind, name, key, seen, digest, data))
        self._size += len(data)
        if self._size > BATCH:
            self.flush()
        return digest

    def flush(self) -> None:
        """Write what still waits."""
        if not self._waiting:
            return
        waiting, self._waiting, self._size = self._waiting, [], 0
        for _ in range(2):  # where the file fails, what is put is there for the run at least
            with self._translated(), self._transaction() as own:
                own.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?)", waiting)
                return

    def prune(self, kinds: Iterable[str], names: Collection[str]) -> None:
        """Forget the rows of these kinds whose name is not among `names`."""
        self.flush()
        if self._keep and self._own:
            asked = "SELECT name FROM kept WHERE kind = ?"  # an index answers this, without a look at the rows
            with self._translated():
                kept = [(kind, name) for kind in kinds for (name,) in self._own.execute(asked, (kind,))]
                if gone := [(kind, name) for kind, name in kept if name not in names]:
                    with self._transaction() as own:
                        own.executemany("DELETE FROM kept WHERE kind = ? AND name = ?", gone)

    def _select(self, where: str, values: tuple[str, ...], kind: str) -> Iterator[Row]:
        self.flush()
        for connection in tuple(self._known):
            with self._translated():
                found = connection.execute(
                    f"SELECT name, key, seen, digest, data FROM kept WHERE {where} ORDER BY name",  # noqa: S608 - ours
                    values,
                )
                for name, key, seen, digest, data in found:
                    # Damage may turn one type into another.
                    sound = isinstance(data, bytes) and all(isinstance(text, str) for text in (name, key, seen))
                    if sound and digest == _hash(kind, name, key, seen, data):
                        yield Row(name, key, seen, data)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        assert self._own is not None
        self._own.execute("BEGIN IMMEDIATE")
        yield self._own
        self._own.execute("COMMIT")

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """Goes on with an empty store if the file is damaged, full, locked for long, or not to be had otherwise."""
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as error:
            _close_all(self._open_ones)
            if self._keep and not isinstance(error, sqlite3.OperationalError):
                _remove(self._path)
            self._keep = False
            self._own = _make_temporary()
            self._known = [self._own]
            self._open_ones[:] = self._known

    def _open(self) -> sqlite3.Connection | None:
        """The file, made anew if it is of another version or no database; None if it cannot be written."""
        for _ in range(2):
            connection = None
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                connection = _tune(sqlite3.connect(self._path, **_OPTIONS))
                found = connection.execute("PRAGMA user_version").fetchone()[0]
                if found in (0, VERSION):
                    if not found:
                        connection.execute(_TABLE)
                        connection.execute(f"PRAGMA user_version = {VERSION}")
                    return connection
            except sqlite3.OperationalError:
                _close(connection)
                return None
            except (sqlite3.Error, OSError):
                pass
            _close(connection)
            _remove(self._path)
        return None

    def _look(self) -> sqlite3.Connection | None:
        """The file for reading, None if there is none that can be read."""
        connection: sqlite3.Connection | None = None
        with contextlib.suppress(sqlite3.Error):
            connection = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True, **_OPTIONS)
            if connection.execute("PRAGMA user_version").fetchone()[0] == VERSION:
                return connection
        _close(connection)
        return None


def _tune(connection: sqlite3.Connection) -> sqlite3.Connection:
    # Most entries are larger than SQLite's usual page. A file that is there already keeps its own.
    connection.execute("PRAGMA page_size = 32768")
    # What a crash takes along is made again, so nothing waits for the disk.
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = MEMORY")
    return connection


def _make_temporary() -> sqlite3.Connection:
    """A database that SQLite keeps in memory, and on disk once it is large, until it is closed."""
    connection = _tune(sqlite3.connect("", **_OPTIONS))
    connection.execute(_TABLE)
    return connection


def _close_all(connections: list[sqlite3.Connection]) -> None:
    for connection in connections:
        connection.close()


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        connection.close()


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _is_unicode(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def _hash(kind: str, name: str, key: str, seen: str, data: bytes) -> bytes:
    head = f"{kind}\0{name}\0{key}\0{seen}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(head + b"\0" + data).digest()[:16]
