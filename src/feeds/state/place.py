"""Where the ledger is, and whether there is one yet: asked before the database's library is imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.config import Config

SQLITE_FILE = "sqlite:///"


def locate_state(config: Config) -> str:
    """The SQLAlchemy URL of the site's ledger; a relative path of an SQLite file is relative to the site."""
    url = config.settings.state.url
    if url is None:
        return f"{SQLITE_FILE}{(config.state_dir / 'state.db').absolute()}"
    if url.startswith(SQLITE_FILE) and (path := url.removeprefix(SQLITE_FILE)) and path != ":memory:":
        return f"{SQLITE_FILE}{(config.root / Path(path)).absolute()}"
    return url


def has_ledger(config: Config) -> bool:
    """Whether something may be remembered: false only if the ledger is a file that is not there."""
    url = locate_state(config)
    file = url.removeprefix(SQLITE_FILE)
    return not url.startswith(SQLITE_FILE) or "?" in file or file in {"", ":memory:"} or Path(file).exists()
