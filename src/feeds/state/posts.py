"""What is remembered of every post that was published once."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from feeds.state.rows import POST, make_remembered
from feeds.state.schema import posts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from feeds.models import Remembered
    from feeds.state.database import Database


SOME = 500  # posts that are stored together: the rows of a large site would fill the memory
KNOWN = tuple(posts.c[name] for name in POST)


class Posts:
    """The remembered posts, by id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_all(self) -> tuple[Remembered, ...]:
        """Every remembered post, sorted by id. Raises StateError."""
        with self._database.read() as connection:
            return tuple(map(make_remembered, connection.execute(select(*KNOWN).order_by(posts.c.id))))

    def remember(self, remembered: Iterable[Remembered], *, now: datetime) -> int:
        """How many of `remembered` were new or had changed, and are stored now. Raises StateError."""
        latest = {post.id: post for post in remembered}
        ids = sorted(latest)
        with self._database.write() as connection:
            return sum(
                _remember_some(connection, [latest[id_] for id_ in ids[start : start + SOME]], now)
                for start in range(0, len(ids), SOME)
            )

    def release(self, ids: Iterable[str], *, now: datetime) -> None:
        """Let these posts pass into newsletters, whatever their age. Raises StateError."""
        with self._database.write() as connection:
            connection.execute(
                posts.update().where(posts.c.id.in_(sorted(ids))).values(held=False, released=True, changed_at=now)
            )

    def forget(self, ids: Iterable[str]) -> None:
        """Drop ids that were another post's all along. What was mailed stays on record. Raises StateError."""
        with self._database.write() as connection:
            connection.execute(posts.delete().where(posts.c.id.in_(sorted(ids))))


def _remember_some(connection: Connection, some: Sequence[Remembered], now: datetime) -> int:
    asked = select(*KNOWN).where(posts.c.id.in_([post.id for post in some]))
    known = {one.id: one for one in map(make_remembered, connection.execute(asked))}
    new = [_make_row(post) | {"first_seen": now, "changed_at": now} for post in some if post.id not in known]
    changed = [
        _make_row(post) | {"changed_at": now, "which": post.id} for post in some if known.get(post.id, post) != post
    ]
    if new:
        connection.execute(posts.insert(), new)
    if changed:
        connection.execute(posts.update().where(posts.c.id == bindparam("which")), changed)
    return len(new) + len(changed)


def _make_row(post: Remembered) -> dict[str, Any]:
    return asdict(post) | {"aliases": json.dumps(post.aliases, ensure_ascii=False)}
