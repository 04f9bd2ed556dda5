"""Everything that can go wrong, in one tree.

    FeedsError                 one line for a person: where it is, what is wrong, what to do
    ├── ConfigError            feeds.toml, an environment variable or an option says something we cannot use
    ├── PostError              one file cannot be a post; becomes a Problem, and the others go on
    ├── TemplateError          a Jinja template is missing, broken or asks for what is not there
    ├── OutputError            a file cannot be written, or a file that is not ours is in the way
    ├── StateError             the ledger cannot be read, written or understood
    │   ├── LockedError        somebody else is at it; try again later
    │   └── OutdatedError      an older version wrote the ledger, and it is only to be read
    ├── NeedsPersonError       nothing is broken, but only a person may decide what happens next
    └── DeliveryError          a digest did not get through
        ├── TemporaryError     try again later; the receiver has accepted nothing
        ├── PermanentError     do not try again as it is; the receiver has refused it
        └── UnknownOutcome     the receiver may or may not have accepted it; nobody may assume either

Each carries its place as attributes. Only the command line catches them; what is wrong with a post travels as a
`feeds.models.Problem` instead. Any other exception is a bug and shows its traceback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import PurePath


class FeedsError(Exception):
    """The root. `str()` of any of them is one line: `PATH:LINE: KEY: MESSAGE`, as far as each is known."""

    def __init__(
        self, message: str, *, path: str | PurePath | None = None, line: int | None = None, key: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = None if path is None else str(path)
        self.line = line
        self.key = key

    def __str__(self) -> str:
        place = self.path or ""
        if place and self.line is not None:
            place += f":{self.line}"
        parts = (place, self.key or "", " ".join(self.message.split()))
        return ": ".join(part for part in parts if part)


class ConfigError(FeedsError):
    """Raised when a setting, an option or the site's own settings cannot be used."""


class PostError(FeedsError):
    """Raised inside the loader and the renderer when one file cannot be a post."""


class TemplateError(FeedsError):
    """Raised when a template is missing, has a syntax error or fails while it runs."""


class OutputError(FeedsError):
    """Raised when a file cannot be written or when a foreign file stands in its place."""


class StateError(FeedsError):
    """Raised when the state cannot be opened, is corrupt, or was written by a newer version."""


class LockedError(StateError):
    """Raised when another process holds the lock or the lease."""


class OutdatedError(StateError):
    """Raised when an older version wrote the state, and whoever reads it must not change it."""


class NeedsPersonError(FeedsError):
    """Raised when going on could surprise an audience: a first run, a flood, a mass removal."""


class DeliveryError(FeedsError):
    """Raised when a transport could not hand a digest over."""


class TemporaryError(DeliveryError):
    """Raised when the receiver has certainly accepted nothing and may do so later.

    `retry_after` is how long the receiver asked to be left alone (Retry-After, RFC 9110 section 10.2.3), if it did.
    """

    def __init__(self, message: str, *, retry_after: timedelta | None = None, path: str | None = None) -> None:
        super().__init__(message, path=path)
        self.retry_after = retry_after


class PermanentError(DeliveryError):
    """Raised when the receiver has refused the digest for good."""


class UnknownOutcome(DeliveryError):  # noqa: N818 - the outcome is unknown; it may well be no error at all
    """Raised when the connection broke after the receiver may have accepted the digest."""
