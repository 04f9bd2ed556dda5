"""What is remembered of every post that was published once."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from feeds.state.rows import POST, make_remembered
from feeds.state.schema import posts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from feeds.models import Remembered
    from feeds.state.database import Database


FEW = 100  # ids that are looked up one by one
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
        with self._database.write() as connection:
            latest = {post.id: post for post in remembered}
            asked = select(*KNOWN).where(posts.c.id.in_(sorted(latest))) if len(latest) < FEW else select(*KNOWN)
            known = {one.id: one for one in map(make_remembered, connection.execute(asked))}
            new = [
                _make_row(post) | {"first_seen": now, "changed_at": now}
                for i, post in sorted(latest.items())
                if i not in known
            ]
            changed = [
                _make_row(post) | {"changed_at": now, "which": i}
                for i, post in sorted(latest.items())
                if known.get(i, post) != post
            ]
            if new:
                connection.execute(posts.insert(), new)
            if changed:
                connection.execute(posts.update().where(posts.c.id == bindparam("which")), changed)
        return len(new) + len(changed)

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


def _make_row(post: Remembered) -> dict[str, Any]:
    return asdict(post) | {"aliases": json.dumps(post.aliases, ensure_ascii=False)}
