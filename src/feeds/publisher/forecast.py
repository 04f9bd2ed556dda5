"""What would become of a newsletter, told without changing anything or asking its receiver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.models import IssueState
from feeds.publisher.digest import select_next
from feeds.publisher.handover import Ending, Mailing, advise_on_failure
from feeds.publisher.holdups import explain_first_run, explain_flood, explain_held, explain_wait
from feeds.publisher.mailing import NOTHING_ASKED, OPEN, Wish
from feeds.schedule import is_due, next_due
from feeds.state import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from feeds.config import Config, NewsletterSettings
    from feeds.models import Issue, Post
    from feeds.publisher.gather import Gathered
    from feeds.selection import NewsletterSelection

CLOSED = frozenset({IssueState.DELIVERED, IssueState.CANCELLED})
UNDECIDED = frozenset({IssueState.SENDING, IssueState.UNKNOWN})


def foresee_newsletter(
    config: Config, gathered: Gathered, newsletter: str, *, now: datetime, wish: Wish = NOTHING_ASKED
) -> tuple[Mailing, ...]:
    """What the newsletter would do if it were mailed now. Raises ConfigError for one that is not configured."""
    selection = select_next(config, gathered, newsletter, now=now)
    settings = config.settings.newsletters[newsletter]
    issues = [issue for issue in gathered.history.issues if issue.newsletter == newsletter]
    found = [_foresee_issue(issue, now) for issue in issues if issue.state not in CLOSED]
    if newsletter in gathered.history.seen and (held := explain_held(selection, settings)):
        found.append(Mailing(newsletter=newsletter, ending=Ending.NEEDS_PERSON, message=held))
    if not any(issue.state in OPEN for issue in issues):
        considered = open_ledger(config, read_only=True).issues.read_considered_at(newsletter)
        due = wish.at_once or is_due(settings.schedule, config.zone_of(newsletter), now, considered)
        if considered is not None and not due:
            ending, message = Ending.DONE, explain_wait(next_due(settings.schedule, config.zone_of(newsletter), now))
        else:
            ending, message = _foresee_next(newsletter, selection, settings, wish, started=considered is not None)
        found.append(Mailing(newsletter=newsletter, ending=ending, message=message))
    return tuple(found)


def _foresee_issue(issue: Issue, now: datetime) -> Mailing:
    if issue.state is IssueState.FAILED:
        ending, said = Ending.FAILED, advise_on_failure(issue)
    elif issue.state in UNDECIDED:
        ending, said = (
            Ending.NEEDS_PERSON,
            "may or may not have arrived; a run asks its receiver, where it can be asked",
        )
    elif issue.retry_at is not None and issue.retry_at > now:
        ending, said = Ending.TRY_LATER, f"waits until {issue.retry_at:%Y-%m-%d %H:%M %Z}: {issue.reason}"
    else:
        ending, said = Ending.DONE, "would be handed over"
    return Mailing(newsletter=issue.newsletter, ending=ending, message=f"issue {issue.number} {said}", issue=issue)


def _foresee_next(
    newsletter: str, selection: NewsletterSelection, settings: NewsletterSettings, wish: Wish, *, started: bool
) -> tuple[Ending, str]:
    new: tuple[Post, ...] = (*selection.due, *selection.waiting)
    if not started:
        if wish.first_run is None:
            return Ending.NEEDS_PERSON, explain_first_run(newsletter)
        new = (*selection.too_old, *new)[-wish.first_run :] if wish.first_run else ()
    elif not wish.flood and (flood := explain_flood(newsletter, selection, settings)):
        return Ending.NEEDS_PERSON, flood
    elif new and len(new) < settings.min_posts and not wish.at_once:
        return Ending.DONE, f"{len(new)} new, and an issue takes {settings.min_posts}"
    return Ending.DONE, _list_titles(new[: settings.max_posts], waiting=len(new[settings.max_posts :]))


def _list_titles(posts: Iterable[Post], *, waiting: int) -> str:
    titles = ", ".join(f"“{post.title or post.source}”" for post in posts)
    more = f"; {waiting} more would wait" if waiting else ""
    return f"would mail {titles}{more}" if titles else "nothing new"
