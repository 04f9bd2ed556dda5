"""The bytes of an issue, read back by the transport that made them, and by no other."""

from __future__ import annotations

import json
from typing import Any

from feeds.errors import PermanentError


def read_request(prepared: bytes, what: str) -> dict[str, Any]:
    """The request that `prepare` stored, which has a value called `what`.

    Raises PermanentError if another kind of transport has made it: feeds.toml was changed since.
    """
    try:
        request = json.loads(prepared)
    except ValueError:
        request = None
    if not isinstance(request, dict) or what not in request:
        raise refuse_stranger()
    return request


def refuse_stranger() -> PermanentError:
    """The error for bytes that were made for another kind of transport."""
    return PermanentError(
        "was composed for another kind of transport than feeds.toml now has under this name, and nothing was sent; "
        "put that back, or cancel the issue"
    )
