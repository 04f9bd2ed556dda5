"""The words by which posts are recognised, kept anew in an SQLite file without the library that all else needs.

It is what a build does that finds a sentence mended, and to import the library takes longer than the rest of it. This
way has no errors of its own: where anything is not as it should be, it changes nothing, and a build of everything says
what is the matter, or waits.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from typing import TYPE_CHECKING, Any, TypeVar

from feeds.state.rows import VERSION, write_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

Look = TypeVar("Look")

KNOWN = """
SELECT source, id, fingerprint FROM feeds_posts
WHERE published AND source IN (SELECT value FROM json_each(?))
"""


def renew_words(
    file: Path, words: Mapping[str, str], *, look: Callable[[], Look], expected: Look, now: datetime
) -> Look | None:
    """Store the hashes of the words of published posts, by source, and say how the ledger in `file` looks then.

    That is what `look` sees; None if another process has changed the ledger since, which SQLite tells a connection that
    was there before (https://www.sqlite.org/pragma.html#pragma_data_version). Raises LookupError, and has changed
    nothing, if the ledger does not look as `expected`, does not know each source as one post, or cannot be written now.
    """
    with _open(file) as connection:
        connection.execute("BEGIN IMMEDIATE")
        # Nobody else can change it from here on, until the commit.
        changes = _ask(connection, "PRAGMA data_version")
        known = _ask(connection, KNOWN, json.dumps(list(words)))
        if look() != expected or sorted(source for source, _, _ in known) != sorted(words):
            raise LookupError(file)
        new = [(words[source], write_moment(now), id_) for source, id_, old in known if words[source] != old]
        if not new:
            return expected
        connection.executemany("UPDATE feeds_posts SET fingerprint = ?, changed_at = ? WHERE id = ?", new)
        connection.execute("COMMIT")
        seen = look()
        return seen if _ask(connection, "PRAGMA data_version") == changes else None


@contextlib.contextmanager
def _open(file: Path) -> Iterator[sqlite3.Connection]:
    """The ledger in `file`. Raises LookupError if it is none of this version, and for all that SQLite finds wrong."""
    address = f"{file.resolve().as_uri()}?mode=rw"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)) as connection:
            # As `Database` has it: what is committed is on the disk.
            connection.execute("PRAGMA synchronous = EXTRA")
            if _ask(connection, "SELECT version FROM feeds_schema") != [(VERSION,)]:
                raise LookupError(file)
            yield connection
    except sqlite3.Error as error:
        raise LookupError(file) from error


def _ask(connection: sqlite3.Connection, question: str, *values: str) -> list[Any]:
    return connection.execute(question, values).fetchall()
