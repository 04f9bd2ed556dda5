"""What cron calls: build, publish, then every newsletter; one run at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.errors import FeedsError, LockedError
from feeds.publisher.build import build_site
from feeds.publisher.handover import Ending, Mailing
from feeds.publisher.mailing import mail_newsletter
from feeds.publisher.publish import publish_output
from feeds.publisher.request import ignore_progress
from feeds.publisher.send import foresee_newsletter, make_desk, refuse_passing_ids
from feeds.state import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Problem
    from feeds.publisher.build import Built
    from feeds.publisher.gather import Gathered
    from feeds.publisher.request import Progress
    from feeds.state import Lease, Ledger

# What a person must know of first decides the exit status.
GRAVEST_FIRST = (Ending.FAILED, Ending.NEEDS_PERSON, Ending.TRY_LATER, Ending.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a run did: the build, the mailings of each newsletter, and what a person should know."""

    built: Built
    mailings: tuple[Mailing, ...]
    problems: tuple[Problem, ...]
    ending: Ending


def run_site(
    config: Config,
    *,
    now: datetime,
    environment: Mapping[str, str],
    confirmed: bool = False,
    show: Progress = ignore_progress,
) -> Ran:
    """Build, publish and mail what is due, under the site's lease.

    A newsletter that needs a person, or fails, does not stop the others. Raises LockedError if another run is at it,
    NeedsPersonError if half of what is published would vanish, ConfigError, OutputError, StateError.
    """
    ledger = open_ledger(config)
    with ledger.leases.hold() as lease:
        built = build_site(config, now=now, confirmed=confirmed, show=show)
        published = publish_output(config, ledger, built, now=now)
        mailings: tuple[Mailing, ...] = ()
        # A mail links to what the command has published, so it waits for it.
        if published.done:
            gathered = built.composed.gathered
            mailings = mail_newsletters(config, gathered, ledger=ledger, lease=lease, now=now, environment=environment)
    endings = [mailing.ending for mailing in mailings]
    return Ran(
        built=built,
        mailings=mailings,
        problems=built.problems + published.problems,
        ending=choose_ending(endings if published.done else [Ending.FAILED]),
    )


def foresee_run(config: Config, *, now: datetime, confirmed: bool = False, show: Progress = ignore_progress) -> Ran:
    """What a run would do. Changes nothing, and asks nobody. Raises as `run_site` does, but for the lock."""
    built = build_site(config, now=now, confirmed=confirmed, dry_run=True, show=show)
    mailings = tuple(
        Mailing(
            newsletter=newsletter,
            ending=Ending.DONE,
            message=foresee_newsletter(config, built.composed.gathered, newsletter, now=now),
        )
        for newsletter in config.settings.newsletters
    )
    return Ran(built=built, mailings=mailings, problems=built.problems, ending=Ending.DONE)


def choose_ending(endings: Iterable[Ending]) -> Ending:
    """The ending that decides the exit status: what a person must know of first. DONE if there is none."""
    found = set(endings)
    return next((ending for ending in GRAVEST_FIRST if ending in found), Ending.DONE)


def mail_newsletters(
    config: Config,
    gathered: Gathered,
    *,
    ledger: Ledger,
    lease: Lease,
    now: datetime,
    environment: Mapping[str, str],
) -> tuple[Mailing, ...]:
    """What became of each newsletter. Raises LockedError if the lease is lost."""
    mailings: list[Mailing] = []
    for newsletter in config.settings.newsletters:
        desk = make_desk(config, gathered, newsletter, ledger=ledger, lease=lease, now=now, environment=environment)
        try:
            refuse_passing_ids(config, gathered)
            mailings += mail_newsletter(desk)
        except LockedError:
            raise
        except FeedsError as error:
            mailings.append(Mailing(newsletter=newsletter, ending=Ending.FAILED, message=str(error)))
    return tuple(mailings)
