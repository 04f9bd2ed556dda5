"""The ledger as one thing: open it once, read its history as a value, change it through its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.models import History
from feeds.state.attempts import Attempts
from feeds.state.database import Database
from feeds.state.issues import Issues
from feeds.state.leases import Leases
from feeds.state.pings import Pings
from feeds.state.place import locate_state
from feeds.state.posts import Posts
from feeds.state.site import FirstAddress

if TYPE_CHECKING:
    from feeds.config import Config


class Ledger:
    """What the program remembers between runs.

    `posts` are the ids, `first_address` is what those of the feeds are made from, `issues` and `attempts` are the
    mailings, `leases` the right to change those, `pings` the hubs to be told. Each method is one transaction, and
    durable when it returns.
    """

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        database = Database(url, read_only=read_only)
        self.label = database.label
        self._database = database
        self.posts = Posts(database)
        self.first_address = FirstAddress(database)
        self.issues = Issues(database)
        self.attempts = Attempts(database)
        self.leases = Leases(database)
        self.pings = Pings(database)

    def close(self) -> None:
        """Close the connections that are kept for the next transaction; what comes after opens new ones."""
        self._database.close()

    def read_history(self) -> History:
        """Everything that decisions are made from, as one frozen value. Raises StateError."""
        return History(
            posts=self.posts.list_all(),
            seen=self.issues.seen(),
            issues=self.issues.list_all(),
            first_url=self.first_address.read(),
        )


def open_ledger(config: Config, *, read_only: bool = False) -> Ledger:
    """The site's ledger, made or upgraded where needed. Raises StateError.

    With `read_only` nothing is made, changed or upgraded, and a ledger that does not exist is an empty one.
    """
    return Ledger(locate_state(config), read_only=read_only)
