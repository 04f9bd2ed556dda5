"""One newsletter: its desk, furnished from the site, and the mailing of it at a person's word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feeds.delivery import make_transport
from feeds.digest import issue_url
from feeds.errors import ConfigError
from feeds.feed import build_feed
from feeds.publisher.collecting import collect_contents
from feeds.publisher.contents import compose_contents
from feeds.publisher.desk import Desk
from feeds.publisher.digest import require_newsletter, select_next
from feeds.publisher.editorial import take_introduction
from feeds.publisher.gather import gather_site
from feeds.publisher.mailing import Wish, mail_newsletter
from feeds.publisher.publish import Publication
from feeds.publisher.removal import refuse_missing_folder, refuse_vanished_posts
from feeds.selection import select_feeds
from feeds.state import open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Digest, History, Issue, Problem
    from feeds.publisher.gather import Gathered
    from feeds.publisher.handover import Mailing
    from feeds.selection import NewsletterSelection
    from feeds.state import Lease, Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of a newsletter's issues, and what a person should know of the site."""

    mailings: tuple[Mailing, ...]
    problems: tuple[Problem, ...]


def make_desk(
    config: Config,
    gathered: Gathered,
    newsletter: str,
    *,
    ledger: Ledger,
    lease: Lease,
    now: datetime,
    environment: Mapping[str, str],
    publish: Callable[[Issue], bool],
) -> Desk:
    """The desk of a newsletter that feeds.toml has."""

    def select(history: History) -> NewsletterSelection:
        return select_next(config, replace(gathered, history=history), newsletter, now=now)

    def compose(number: int, key: str, post_ids: tuple[str, ...]) -> Digest:
        issues = ledger.issues.list_all(newsletter)
        take_introduction(config, newsletter, number, issues)
        collected = collect_contents(
            config, gathered, newsletter=newsletter, number=number, key=key, post_ids=post_ids, issues=issues, now=now
        )
        return compose_contents(collected.contents)

    def web_url(number: int) -> str:
        return issue_url(config.for_mail, newsletter, number)

    return Desk(
        newsletter=newsletter,
        settings=config.settings.newsletters[newsletter],
        zone=config.zone_of(newsletter),
        ledger=ledger,
        lease=lease,
        now=now,
        ids=gathered.ids,
        published=frozenset(gathered.ids[post.source] for post in gathered.published),
        select=select,
        compose=compose,
        open_transport=lambda name: make_transport(config.for_mail, name, environment=environment),
        web_url=web_url,
        publish=publish,
    )


def send_newsletter(
    config: Config, newsletter: str, *, wish: Wish, now: datetime, environment: Mapping[str, str]
) -> Sent:
    """Mail one newsletter now, whatever its schedule says, under the site's lease.

    The issue's copy is published first, with whatever else a build has written since the last run.

    Raises ConfigError for a newsletter that is not configured, NeedsPersonError if half of the posts are gone (their
    issues would be cancelled), LockedError, StateError, and what composing raises.
    """
    require_newsletter(config, newsletter)
    refuse_missing_folder(config)
    ledger = open_ledger(config)
    with ledger.leases.hold() as lease:
        gathered = gather_site(config, now=now)
        refuse_vanished_posts(gathered)
        refuse_passing_ids(config, gathered)
        if config.stable_url:
            ledger.posts.remember(gathered.remembered, now=now)
        # A hub is told the addresses of feeds, and those do not depend on what is in them.
        feeds = [build_feed(config, plan, {}) for plan in select_feeds(config, gathered.posts).plans]
        publication = Publication(config, ledger, feeds, lease=lease, now=now)
        desk = make_desk(
            config,
            gathered,
            newsletter,
            ledger=ledger,
            lease=lease,
            now=now,
            environment=environment,
            publish=publication.publish,
        )
        return Sent(mailings=mail_newsletter(desk, wish), problems=publication.problems)


def refuse_passing_ids(config: Config, gathered: Gathered) -> None:
    """Raise ConfigError if a post's id would be made from an address that only this run uses.

    Once mailed under such an id, the post would be new again under its real one, and be mailed twice.
    """
    if config.stable_url:
        return
    known = {old.id for old in gathered.history.posts}
    if any(gathered.ids[post.source] not in known and not post.guid for post in gathered.published):
        raise ConfigError(
            "must come from the site's files before anything is mailed, since posts are told apart by it: "
            "write it into feeds.toml",
            key="site.url",
        )
