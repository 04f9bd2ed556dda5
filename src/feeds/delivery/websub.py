"""Telling a hub that a feed has changed (WebSub, https://www.w3.org/TR/websub/#publishing)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.errors import PermanentError, TemporaryError

if TYPE_CHECKING:
    from collections.abc import Iterable

TIMEOUT = 30.0
GIVE_UP_BELOW = 500


def ping_hub(hub: str, topics: Iterable[str]) -> None:
    """Tell `hub` that the feeds with these addresses have changed, each the feed's `self` link to the byte.

    Raises TemporaryError if the hub cannot be reached or is busy, PermanentError if it refuses.
    """
    # An HTTP client takes long to import, and most runs have nothing to tell.
    import httpx

    form = {"hub.mode": "publish", "hub.url": sorted(topics)}
    try:
        answer = httpx.post(hub, data=form, timeout=TIMEOUT)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise TemporaryError(f"the hub cannot be reached ({error or type(error).__name__})", path=hub) from error
    if answer.is_success:
        return
    said = f"the hub answered {answer.status_code}: {' '.join(answer.text.split())[:200]}"
    refused = answer.status_code < GIVE_UP_BELOW and answer.status_code not in {408, 425, 429}
    raise (PermanentError if refused else TemporaryError)(said, path=hub)
