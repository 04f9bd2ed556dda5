"""The port: what the publisher asks of a way out, whatever is behind it. `feeds.delivery` has four of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from feeds.models import Digest, Receipt


class Transport(Protocol):
    """A way out for a digest.

    `can_look_up` says that the receiver knows what it accepted: what `look_up` does not find was not accepted, and
    delivering the same bytes under the same key once more cannot mail anybody twice. `can_draft` says that it can leave
    an issue for a person to approve.
    """

    can_look_up: bool
    can_draft: bool

    def prepare(self, digest: Digest, *, web_url: str | None = None, draft: bool = False) -> bytes:
        """The exact bytes that `deliver` will hand over, without secrets. `web_url` is the issue's web copy.

        Raises ConfigError if the digest or the settings do not allow it.
        """

    def deliver(self, prepared: bytes, key: str) -> Receipt:
        """What the receiver said when it accepted.

        Raises TemporaryError if it has certainly accepted nothing, PermanentError if it refused, UnknownOutcome if it
        cannot be known.
        """

    def look_up(self, prepared: bytes, key: str) -> Receipt | None:
        """What the receiver says of the issue now; None if it has not accepted it (or cannot tell).

        Raises TemporaryError if it cannot be asked.
        """
