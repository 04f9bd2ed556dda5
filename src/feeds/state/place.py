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


def locate_file(config: Config) -> Path | None:
    """The file that the ledger is, whether or not it is there; None where it is something else."""
    url = locate_state(config)
    file = url.removeprefix(SQLITE_FILE)
    return Path(file) if url.startswith(SQLITE_FILE) and file not in {"", ":memory:"} and "?" not in file else None


def has_ledger(config: Config) -> bool:
    """Whether something may be remembered: false only if the ledger is a file that is not there."""
    file = locate_file(config)
    return file is None or file.exists()
