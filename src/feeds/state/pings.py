"""Hubs that are still to be told of a changed feed (WebSub, https://www.w3.org/TR/websub/#publishing)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from feeds.state.schema import pings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from feeds.state.database import Database


class Pings:
    """The pending pings, as pairs of a hub's and a feed's address."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_all(self) -> tuple[tuple[str, str], ...]:
        """Every pending (hub, topic), sorted. Raises StateError."""
        with self._database.read() as connection:
            rows = connection.execute(select(pings.c.hub, pings.c.topic).order_by(pings.c.hub, pings.c.topic))
            return tuple((row.hub, row.topic) for row in rows)

    def add(self, hub: str, topics: Iterable[str], *, now: datetime) -> None:
        """Remember that `hub` is to be told of these feeds. Raises StateError."""
        with self._database.write() as connection:
            known = set(connection.execute(select(pings.c.topic).where(pings.c.hub == hub)).scalars())
            if rows := [{"hub": hub, "topic": topic, "since": now} for topic in sorted(set(topics) - known)]:
                connection.execute(pings.insert(), rows)

    def forget(self, hub: str, topics: Iterable[str]) -> None:
        """Drop what `hub` has been told. Raises StateError."""
        with self._database.write() as connection:
            connection.execute(pings.delete().where(pings.c.hub == hub, pings.c.topic.in_(sorted(topics))))
