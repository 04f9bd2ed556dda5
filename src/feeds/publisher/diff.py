"""What subscribers would notice if the site were built now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.identity import Change, Difference, compare_feeds, read_feed
from feeds.publisher.build import compose_feeds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from feeds.config import Config
    from feeds.publisher.build import Composed


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDifference:
    """The differences by the feed's file, only where there are any; `counts` has each kind of change once per entry."""

    feeds: Mapping[str, tuple[Difference, ...]]
    counts: Mapping[Change, int]


def diff_site(config: Config, *, now: datetime) -> SiteDifference:
    """Compare what a build would write with what stands in the output folder. Writes nothing.

    One format of each feed is compared, since all carry the same entries. Raises FeedsError for a published file that
    is no feed.
    """
    return diff_composed(config, compose_feeds(config, now=now))


def diff_composed(config: Config, composed: Composed) -> SiteDifference:
    """What `diff_site` finds, of feeds that have been composed already. Raises FeedsError as it does."""
    feeds: dict[str, tuple[Difference, ...]] = {}
    for feed in composed.feeds:
        # Where another program's feed stands, it may be in one format alone.
        paths = list(feed.files.values())
        path = next((path for path in paths if (config.output / path).is_file()), paths[0])
        published = config.output / path
        before = published.read_bytes() if published.is_file() else None
        # A parser takes several times as long to read a feed as this program takes to write it.
        if before == composed.documents[path]:
            continue
        old = () if before is None else read_feed(before, path=path)
        if found := compare_feeds(old, read_feed(composed.documents[path], path=path)):
            feeds[path] = found
    changes = {(difference.change, difference.id) for found in feeds.values() for difference in found}
    counts = Counter(change for change, _ in changes)
    return SiteDifference(feeds=feeds, counts={change: counts[change] for change in Change})
