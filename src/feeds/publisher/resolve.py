"""Carrying out a person's decision on an issue or on a held post."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.publisher.gather import gather_site
from feeds.publisher.resolution import Decision, resolve_issue
from feeds.publisher.why import find_post
from feeds.state import open_ledger

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.config import Config


def decide_on_issue(config: Config, wanted: str, decision: Decision, *, now: datetime) -> str:
    """A sentence on what follows for the issue `NEWSLETTER/NUMBER`. Raises ConfigError, LockedError, StateError."""
    newsletter, slash, number = wanted.rpartition("/")
    if not slash or not number.isdecimal():
        raise ConfigError(f"{wanted}: an issue is written as NEWSLETTER/NUMBER, as `feeds status` shows it")
    ledger = open_ledger(config)
    with ledger.leases.hold() as lease:
        return resolve_issue(ledger, newsletter, int(number), decision, lease=lease, now=now).message


def decide_on_post(config: Config, wanted: str, *, same_as: str | None, now: datetime) -> str:
    """A sentence on what follows for a post: a new one, or the one with the id `same_as`.

    Either frees it for newsletters, an old one too (past `max_age`). Raises ConfigError if there is no such post or id.
    """
    ledger = open_ledger(config)
    with ledger.leases.hold():
        gathered = gather_site(config, now=now)
        post = find_post(gathered, wanted)
        current = gathered.ids.get(post.source)
        known = {old.id: old for old in (*gathered.history.posts, *gathered.remembered)}
        if current is None or current not in known:
            raise ConfigError(f"{post.source} is not published; there is nothing to decide")
        if same_as is None:
            ledger.posts.remember([replace(known[current], held=False)], now=now)
            return f"{post.source} is new; it goes out with the next issue"
        if same_as not in known:
            raise ConfigError(f"--same-as {same_as}: no post was ever published under this id")
        ledger.posts.remember([replace(known[current], id=same_as, held=False)], now=now)
        if current != same_as:
            ledger.posts.forget([current])
        return f"{post.source} is {same_as} from now on"
