"""Where the site was when its feeds were first published: their own ids are made from it, and stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from feeds.state.schema import site

if TYPE_CHECKING:
    from feeds.state.database import Database


class FirstAddress:
    """The site's first address."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> str | None:
        """The address, or None before anything was published. Raises StateError."""
        with self._database.read() as connection:
            return connection.execute(select(site.c.first_url)).scalar()

    def remember(self, url: str) -> None:
        """Take `url` for the first address if there is none yet. Raises StateError."""
        with self._database.write() as connection:
            if connection.execute(select(site.c.first_url)).scalar() is None:
                connection.execute(site.insert().values(first_url=url))
