"""Carrying out a person's decision on an issue or on a held post."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.delivery import make_transport
from feeds.errors import ConfigError
from feeds.publisher.gather import gather_site
from feeds.publisher.resolution import Decision, resolve_issue
from feeds.publisher.why import find_post
from feeds.state import is_unsent_draft, open_ledger

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Remembered
    from feeds.publisher.gather import Gathered
    from feeds.state import Ledger


def names_issue(config: Config, wanted: str) -> bool:
    """Whether `wanted` is written as an issue is: a newsletter that is configured or has a history, and a number."""
    newsletter, _, number = wanted.rpartition("/")
    known = (*config.settings.newsletters, *open_ledger(config, read_only=True).issues.seen())
    return newsletter in known and number.isdecimal()


def decide_on_issue(
    config: Config, wanted: str, decision: Decision, *, now: datetime, environment: Mapping[str, str]
) -> str:
    """A sentence on what follows for the issue `NEWSLETTER/NUMBER`.

    Raises ConfigError, LockedError, StateError, and DeliveryError if the receiver of a draft cannot be asked.
    """
    if not names_issue(config, wanted):
        raise ConfigError(f"{wanted}: an issue is written as NEWSLETTER/NUMBER; `feeds status` shows them all")
    newsletter, _, number = wanted.rpartition("/")
    ledger = open_ledger(config)
    with ledger.leases.hold() as lease:
        if decision is Decision.CANCEL:
            _refuse_waiting_draft(config, ledger, newsletter, int(number), environment)
        return resolve_issue(ledger, newsletter, int(number), decision, lease=lease, now=now).message


def release_post(config: Config, wanted: str, *, same_as: str | None = None, now: datetime) -> str:
    """A sentence on what follows for a held post that is new, or is the one that was published as `same_as`.

    Either way newsletters may take it, however old it is. Raises ConfigError if there is no such post or id,
    LockedError, StateError.
    """
    ledger = open_ledger(config)
    with ledger.leases.hold():
        gathered = gather_site(config, now=now)
        post = _find_remembered(gathered, wanted)
        released = replace(post, held=False, released=True)
        if same_as is None:
            ledger.posts.remember([released], now=now)
            return f"{post.source} is new; the next issue takes it, unless it has been mailed"
        known = {old.id: old for old in (*gathered.history.posts, *gathered.remembered)}
        if same_as not in known:
            raise ConfigError(f"--same-as {same_as}: no post was ever published under this id")
        old = known[same_as]
        if same_as != post.id and any(one.source == old.source for one in gathered.posts):
            raise ConfigError(f"--same-as {same_as}: is the id of {old.source}, which is still there")
        aliases = tuple(sorted({*old.aliases, old.url, *post.aliases} - {post.url}))
        ledger.posts.remember([replace(released, id=same_as, aliases=aliases)], now=now)
        if same_as != post.id:
            ledger.posts.forget([post.id])
        return f"{post.source} is {same_as} from now on"


def dismiss_post(config: Config, wanted: str, *, now: datetime) -> str:
    """A sentence on what follows for a post that no newsletter is to mail. Raises ConfigError, LockedError, StateError.

    It counts as seen by every newsletter with a history; one that has yet to start will ask again.
    """
    ledger = open_ledger(config)
    with ledger.leases.hold() as lease:
        gathered = gather_site(config, now=now)
        post = _find_remembered(gathered, wanted)
        ledger.posts.remember([post], now=now)
        for newsletter in gathered.history.seen:
            ledger.issues.seed(newsletter, [post.id], lease=lease, now=now)
    return f"{post.source} stays in the feeds and is never mailed"


def _refuse_waiting_draft(
    config: Config, ledger: Ledger, newsletter: str, number: int, environment: Mapping[str, str]
) -> None:
    """Raise ConfigError if the issue is a draft that somebody could still send, or has sent, at its receiver."""
    issue = ledger.issues.get(newsletter, number)
    if issue is None or not is_unsent_draft(issue):
        return
    transport = make_transport(config, issue.transport, environment=environment)
    if receipt := transport.look_up(ledger.issues.read_prepared(issue), issue.key):
        raise ConfigError(f"{newsletter}/{number} is still there ({receipt}); delete it there, then cancel it here")


def _find_remembered(gathered: Gathered, wanted: str) -> Remembered:
    post = find_post(gathered, wanted)
    known = {old.id: old for old in (*gathered.history.posts, *gathered.remembered)}
    found = known.get(gathered.ids.get(post.source, ""))
    if found is None:
        raise ConfigError(f"{post.source} is not published; there is nothing to decide")
    return found
