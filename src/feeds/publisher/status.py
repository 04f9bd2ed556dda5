"""What the ledger knows: issues, attempts, receipts, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.schedule import next_due
from feeds.state import open_ledger

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Issue
    from feeds.state import Attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueStory:
    """An issue and every attempt to hand it over, oldest first."""

    issue: Issue
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsletterStatus:
    """A newsletter's issues, oldest first. `started` is false before its first run; `next_due` is when one may go."""

    name: str
    started: bool
    schedule: str
    next_due: datetime | None
    issues: tuple[IssueStory, ...]


def read_status(config: Config, *, now: datetime) -> tuple[NewsletterStatus, ...]:
    """The status of each newsletter that is configured or has a history. Raises StateError, ConfigError."""
    ledger = open_ledger(config, read_only=True)
    history = ledger.read_history()
    names = dict.fromkeys((*config.settings.newsletters, *history.seen))
    found = []
    for name in names:
        settings = config.settings.newsletters.get(name)
        issues = [issue for issue in history.issues if issue.newsletter == name]
        found.append(
            NewsletterStatus(
                name=name,
                started=name in history.seen,
                schedule=settings.schedule if settings else "",
                next_due=next_due(settings.schedule, config.zone_of(name), now) if settings else None,
                issues=tuple(IssueStory(issue=one, attempts=ledger.attempts.list_all(one)) for one in issues),
            )
        )
    return tuple(found)


def find_issue(statuses: tuple[NewsletterStatus, ...], wanted: str) -> IssueStory:
    """The issue written as NEWSLETTER/NUMBER. Raises ConfigError if there is none."""
    for status in statuses:
        for story in status.issues:
            if f"{status.name}/{story.issue.number}" == wanted:
                return story
    raise ConfigError(f"{wanted}: there is no such issue; `feeds status` shows them all")
