"""What is remembered, for whoever only wants to know: from an SQLite file without the library that all else needs.

To import that takes longer than all the rest of a command that reads. The short way has no errors of its own: where
anything is not as a sound and quiet ledger of this version has it, the long one says what is the matter, or waits.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any

from feeds.errors import StateError
from feeds.models import History
from feeds.state.place import has_ledger, locate_file
from feeds.state.rows import ISSUE, MOMENTS, POST, VERSION, make_issues, make_remembered, make_seen, read_moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from feeds.config import Config


def read_history(config: Config) -> History:
    """Everything that decisions are made from. Changes nothing. Raises StateError."""
    if not has_ledger(config):
        return History()
    file = locate_file(config)
    history = read_file(file) if file else None
    if history is None:
        from feeds.state.ledger import open_ledger

        history = open_ledger(config, read_only=True).read_history()
    return history


def read_file(file: Path) -> History | None:
    """The history in an SQLite file, as of one moment; None where there is no short way to it."""
    # Nothing can be changed through this: that a process was killed half-way and left a journal is an error here.
    address = f"{file.resolve().as_uri()}?mode=ro"
    with (
        contextlib.suppress(sqlite3.Error, StateError, ValueError),
        contextlib.closing(sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)) as connection,
    ):
        connection.execute("BEGIN")
        if connection.execute("SELECT version FROM feeds_schema").fetchall() == [(VERSION,)]:
            return _read(connection)
    return None


def _read(connection: sqlite3.Connection) -> History:
    def select(wanted: str) -> sqlite3.Cursor:
        return connection.execute(f"SELECT {wanted}")

    posts = select(f"{', '.join(POST)} FROM feeds_posts ORDER BY id")
    issues = select(f"{', '.join(ISSUE)} FROM feeds_issues ORDER BY newsletter, number")
    names = select("name FROM feeds_newsletters")
    carried = select("newsletter, number, post_id FROM feeds_issue_posts").fetchall()
    first = next(select("first_url FROM feeds_site"), (None,))
    return History(
        posts=tuple(map(make_remembered, posts)),
        seen=make_seen((name for (name,) in names), ((name, post_id) for name, _, post_id in carried)),
        issues=make_issues(map(_read_moments, issues), (one for one in carried if one[1] is not None)),
        first_url=first[0],
    )


def _read_moments(issue: Iterable[Any]) -> list[Any]:
    return [read_moment(value) if name in MOMENTS else value for name, value in zip(ISSUE, issue, strict=True)]
