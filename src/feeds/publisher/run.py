"""What cron calls: build, publish, then every newsletter; one run at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.errors import FeedsError, LockedError
from feeds.models import IssueState
from feeds.publisher.build import build_site
from feeds.publisher.forecast import foresee_newsletter
from feeds.publisher.handover import Ending, Mailing
from feeds.publisher.mailing import mail_newsletter
from feeds.publisher.publish import Publication
from feeds.publisher.request import ignore_progress
from feeds.publisher.send import make_desk, refuse_passing_ids
from feeds.state import open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Issue, Problem
    from feeds.publisher.build import Built
    from feeds.publisher.desk import Desk
    from feeds.publisher.gather import Gathered
    from feeds.publisher.request import Progress

ENDED = frozenset({IssueState.DELIVERED, IssueState.CANCELLED})
# What a person must know of first decides the exit status.
GRAVEST_FIRST = (Ending.FAILED, Ending.NEEDS_PERSON, Ending.TRY_LATER, Ending.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a run did: the build, the mailings of each newsletter, and what a person should know.

    `changed` are all files of the output that were written, those of the issues' copies included.
    """

    built: Built
    changed: frozenset[str]
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
        publication = Publication(config, ledger, built.composed.feeds, lease=lease, now=now)

        def make_one(newsletter: str) -> Desk:
            return make_desk(
                config,
                built.composed.gathered,
                newsletter,
                ledger=ledger,
                lease=lease,
                now=now,
                environment=environment,
                # A mail links to what is published, so an issue that is ready goes after that, and waits if it fails.
                publish=publication.publish,
            )

        mailings = mail_newsletters(config, built.composed.gathered, make_one)
        published = publication.publish()
    endings = [mailing.ending for mailing in mailings]
    return Ran(
        built=built,
        changed=publication.copied | set(built.written.changed),
        mailings=mailings,
        problems=built.problems + publication.problems,
        ending=choose_ending(endings if published else [Ending.FAILED, *endings]),
    )


def foresee_run(config: Config, *, now: datetime, confirmed: bool = False, show: Progress = ignore_progress) -> Ran:
    """What a run would do. Changes nothing, and asks no receiver. Raises as `run_site` does, but for the lock."""
    built = build_site(config, now=now, confirmed=confirmed, dry_run=True, show=show)
    mailings = tuple(
        mailing
        for newsletter in config.settings.newsletters
        for mailing in foresee_newsletter(config, built.composed.gathered, newsletter, now=now)
    )
    ending = choose_ending(mailing.ending for mailing in mailings)
    changed = frozenset(built.written.changed)
    return Ran(built=built, changed=changed, mailings=mailings, problems=built.problems, ending=ending)


def choose_ending(endings: Iterable[Ending]) -> Ending:
    """The ending that decides the exit status: what a person must know of first. DONE if there is none."""
    found = set(endings)
    return next((ending for ending in GRAVEST_FIRST if ending in found), Ending.DONE)


def mail_newsletters(config: Config, gathered: Gathered, make_one: Callable[[str], Desk]) -> tuple[Mailing, ...]:
    """What became of each newsletter, whose desk `make_one` gives. Raises LockedError if the lease is lost."""
    mailings = [_miss(issue) for issue in gathered.history.issues if _is_orphaned(config, issue)]
    for newsletter in config.settings.newsletters:
        try:
            refuse_passing_ids(config, gathered)
            mailings += mail_newsletter(make_one(newsletter))
        except LockedError:
            raise
        except FeedsError as error:
            mailings.append(Mailing(newsletter=newsletter, ending=Ending.FAILED, message=str(error)))
    return tuple(mailings)


def _is_orphaned(config: Config, issue: Issue) -> bool:
    """Whether the issue is still to be mailed or decided, and its newsletter has been taken out of feeds.toml."""
    return issue.newsletter not in config.settings.newsletters and issue.state not in ENDED


def _miss(issue: Issue) -> Mailing:
    said = (
        f"issue {issue.number} is {issue.state}, and the newsletter is no longer in feeds.toml; put it back, or "
        f"`feeds resolve {issue.newsletter}/{issue.number} --cancel`"
    )
    return Mailing(newsletter=issue.newsletter, ending=Ending.NEEDS_PERSON, message=said, issue=issue)
