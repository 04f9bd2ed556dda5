"""A newsletter's desk, furnished from the site: its posts, its settings, its way out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from feeds.delivery import make_transport
from feeds.publisher.desk import Desk
from feeds.publisher.digest import compose_issue
from feeds.selection import select_new

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Digest, History
    from feeds.publisher.gather import Gathered
    from feeds.selection import NewsletterSelection
    from feeds.state import Lease, Ledger


def make_desk(
    config: Config,
    gathered: Gathered,
    newsletter: str,
    *,
    ledger: Ledger,
    lease: Lease,
    now: datetime,
    environment: Mapping[str, str],
) -> Desk:
    """The desk of a newsletter that feeds.toml has."""

    def select(history: History) -> NewsletterSelection:
        return select_new(
            gathered.posts,
            ids=gathered.ids,
            newsletter=newsletter,
            settings=config.settings.newsletters,
            authors=config.authors,
            history=history,
            now=now,
        )

    def compose(number: int, key: str, post_ids: tuple[str, ...]) -> Digest:
        return compose_issue(
            config, gathered, newsletter=newsletter, number=number, key=key, post_ids=post_ids, now=now
        ).digest

    def web_url(number: int) -> str | None:
        return f"{config.require_url()}newsletters/{quote(newsletter)}/{number}/"

    return Desk(
        newsletter=newsletter,
        settings=config.settings.newsletters[newsletter],
        zone=config.site.timezone,
        ledger=ledger,
        lease=lease,
        now=now,
        ids=gathered.ids,
        published=frozenset(gathered.ids[post.source] for post in gathered.published),
        select=select,
        compose=compose,
        open_transport=lambda name: make_transport(config, name, environment=environment),
        web_url=web_url,
    )
