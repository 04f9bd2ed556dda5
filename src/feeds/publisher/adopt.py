"""Taking over the feed that the site has today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.errors import ConfigError, FeedsError
from feeds.identity import Adoption, adopt_ids, match_entries, read_feed
from feeds.publisher.gather import gather_site
from feeds.state import open_ledger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from feeds.config import Config
    from feeds.models import History, Remembered
    from feeds.state import Lease, Ledger


def adopt_feed(config: Config, file: Path, *, now: datetime, seen: bool = False, dry_run: bool = False) -> Adoption:
    """Give each post of the old feed the id that its subscribers know, and say what matched.

    With `seen`, these posts are marked as carried by every newsletter. Raises FeedsError for a file that is no
    feed, ConfigError if the site's address is not the site's own, LockedError, StateError.
    """
    if not config.stable_url and not dry_run:
        raise ConfigError(
            "must come from the site's files, since ids are remembered with it: write it into feeds.toml",
            key="site.url",
        )
    try:
        entries = read_feed(file.read_bytes(), path=str(file))
    except OSError as error:
        raise FeedsError(f"cannot be read ({error.strerror})", path=file) from error
    gathered = gather_site(config, now=now)
    adoption = match_entries(entries, gathered.published)
    if not dry_run:
        adopted = adopt_ids(adoption, fingerprint=gathered.fingerprint)
        ledger = open_ledger(config)
        with ledger.leases.hold() as lease:
            _take_over(ledger, gathered.history, adopted, lease=lease, now=now)
            for newsletter in config.settings.newsletters if seen else ():
                ledger.issues.seed(newsletter, [one.id for one in adopted], lease=lease, now=now)
    return adoption


def _take_over(ledger: Ledger, history: History, adopted: Sequence[Remembered], *, lease: Lease, now: datetime) -> None:
    """Let the adopted ids take the place of those that an earlier build gave the same posts.

    What was mailed under an old id is not mailed again under the new one. No post is without an id at any time.
    """
    ids = {one.source: one.id for one in adopted}
    former = {old.id: ids[old.source] for old in history.posts if ids.get(old.source, old.id) != old.id}
    for newsletter, mailed in history.seen.items():
        ledger.issues.seed(newsletter, [former[old] for old in former if old in mailed], lease=lease, now=now)
    ledger.posts.remember(adopted, now=now)
    ledger.posts.forget(former)
