"""What the mailing of one newsletter needs from the rest of the program, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from feeds.config import NewsletterSettings
    from feeds.models import Digest, History, Issue
    from feeds.publisher.transport import Transport
    from feeds.selection import NewsletterSelection
    from feeds.state import Lease, Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One newsletter at one moment, under a lease.

    `select` chooses posts in the light of a history, `ids` are their ids by source and `published` all ids that anybody
    may see. `compose` makes the digest of a number, a key and the ids of its posts; `open_transport` gives the
    transport of a name; `web_url` is where the web copy of a number will be. `publish` is called before an issue is
    handed over and puts on the site what the issue links to; false if that is not there yet.
    """

    newsletter: str
    settings: NewsletterSettings
    zone: str
    ledger: Ledger
    lease: Lease
    now: datetime
    ids: Mapping[str, str]
    published: frozenset[str]
    select: Callable[[History], NewsletterSelection]
    compose: Callable[[int, str, tuple[str, ...]], Digest]
    open_transport: Callable[[str], Transport]
    web_url: Callable[[int], str | None]
    publish: Callable[[Issue], bool]
