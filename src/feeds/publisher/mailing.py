"""From new posts to an accepted issue: one newsletter, one issue at a time, whatever became of the run before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.models import IssueState
from feeds.publisher.handover import Ending, Mailing, advise_on_failure, follow, hand_over, look_again, recover
from feeds.publisher.holdups import explain_first_run, explain_flood, explain_held, explain_wait
from feeds.schedule import is_ahead, is_due, next_due

if TYPE_CHECKING:
    from feeds.models import Issue
    from feeds.publisher.desk import Desk

OPEN = frozenset({IssueState.CLAIMED, IssueState.COMPOSED, IssueState.DEFERRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person asked for beyond what the schedule says; `feeds run` wishes nothing.

    `at_once` sends whatever the schedule and `min_posts` say, and approves what is held; `flood` lets more posts than
    `flood_limit` pass; `first_run` is how many of the newest posts a newsletter without history mails (0 seeds it);
    `draft` leaves the issue for approval at the receiver.
    """

    at_once: bool = False
    flood: bool = False
    first_run: int | None = None
    draft: bool = False


NOTHING_ASKED = Wish()


def mail_newsletter(desk: Desk, wish: Wish = NOTHING_ASKED) -> tuple[Mailing, ...]:
    """What became of the newsletter's issues, oldest first; the last tells of the newsletter's next issue.

    An issue that needs a person is reported and holds nothing else up. Raises LockedError if another run has taken
    over, StateError, and what composing raises (ConfigError, TemplateError); each leaves the ledger fit to go on.
    """
    if desk.ledger.issues.read_considered_at(desk.newsletter) is None:
        if wish.first_run is None:
            return (_say(desk, Ending.NEEDS_PERSON, explain_first_run(desk.newsletter)),)
        _seed(desk, wish.first_run)
        if wish.first_run == 0:
            return (_say(desk, Ending.DONE, "every post there is counts as seen; the next new one goes out"),)
    elif wish.first_run is not None:
        raise ConfigError(f"--first-run: {desk.newsletter} has started already; `feeds status` shows its issues")
    mailings = [found for issue in desk.ledger.issues.list_unsettled(desk.newsletter) if (found := follow(desk, issue))]
    waiting, freed = False, False
    for issue in desk.ledger.issues.list_all(desk.newsletter):
        current, mailing = _settle(desk, issue)
        if current.state in OPEN and (withdrawn := sorted(set(current.post_ids) - desk.published)):
            mailing = _withdraw(desk, current, withdrawn[0])
            freed = True
        elif current.state in OPEN:
            mailing = _advance(desk, current, wish)
            waiting = waiting or (mailing.issue is not None and mailing.issue.state in OPEN)
        mailings += [mailing] if mailing else []
    if held := explain_held(desk.select(desk.ledger.read_history()), desk.settings):
        mailings.append(_say(desk, Ending.NEEDS_PERSON, held))
    # The next issue is made when the one before is on its way, so that issues arrive in their order.
    return tuple(mailings) if waiting else (*mailings, _begin(desk, wish, freed=freed))


def _withdraw(desk: Desk, issue: Issue, post_id: str) -> Mailing:
    reason = f"{post_id} is no longer published"
    desk.ledger.attempts.cancel(issue, reason, lease=desk.lease)
    cancelled = desk.ledger.issues.get(issue.newsletter, issue.number)
    return _say(desk, Ending.DONE, f"issue {issue.number} was cancelled: {reason}", cancelled)


def _settle(desk: Desk, issue: Issue) -> tuple[Issue, Mailing | None]:
    """The issue as it is after its receiver was asked, where a run before has left that open."""
    mailing = None
    if issue.state is IssueState.SENDING:
        mailing = recover(desk, issue)
    elif issue.state is IssueState.UNKNOWN:
        mailing = look_again(desk, issue)
    elif issue.state is IssueState.FAILED:
        return issue, _say(desk, Ending.FAILED, f"issue {issue.number} {advise_on_failure(issue)}", issue)
    else:
        return issue, None
    return desk.ledger.issues.get(issue.newsletter, issue.number) or issue, mailing


def _begin(desk: Desk, wish: Wish, *, freed: bool) -> Mailing:
    """The newsletter's next issue, if one is due and there is something to say."""
    considered = desk.ledger.issues.read_considered_at(desk.newsletter)
    asked = wish.at_once or wish.first_run is not None or freed
    schedule = desk.settings.schedule
    if is_ahead(schedule, desk.zone, desk.now, considered):
        considered = desk.now
        desk.ledger.issues.note_considered(desk.newsletter, lease=desk.lease, now=desk.now)
    if not asked and not is_due(schedule, desk.zone, desk.now, considered):
        return _say(
            desk, Ending.DONE, explain_wait(next_due(schedule, desk.zone, max(desk.now, considered or desk.now)))
        )
    selection = desk.select(desk.ledger.read_history())
    flood = explain_flood(desk.newsletter, selection, desk.settings)
    if flood and not wish.flood and wish.first_run is None:
        return _say(desk, Ending.NEEDS_PERSON, flood)
    if not selection.due or (len(selection.due) < desk.settings.min_posts and not asked):
        if next_due(schedule, desk.zone, desk.now) != desk.now:
            desk.ledger.issues.note_considered(desk.newsletter, lease=desk.lease, now=desk.now)
        few = (
            f"{len(selection.due)} new, and an issue takes {desk.settings.min_posts}"
            if selection.due
            else "nothing new"
        )
        return _say(desk, Ending.DONE, few)
    if wish.draft and not desk.open_transport(desk.settings.transport).can_draft:
        raise ConfigError(f"--to draft: the transport {desk.settings.transport!r} has no drafts")
    post_ids = [desk.ids[post.source] for post in selection.due]
    issue = desk.ledger.issues.claim(desk.newsletter, post_ids, lease=desk.lease, now=desk.now, draft=wish.draft)
    if issue is None:
        return _say(desk, Ending.TRY_LATER, "another run has claimed these posts")
    return _advance(desk, issue, wish)


def _advance(desk: Desk, issue: Issue, wish: Wish) -> Mailing:
    """Compose the issue if that is still to be done, and hand it over if it may go."""
    if issue.state is IssueState.CLAIMED:
        name = desk.settings.transport
        transport = desk.open_transport(name)
        digest = desk.compose(issue.number, issue.key, issue.post_ids)
        prepared = transport.prepare(digest, web_url=desk.web_url(issue.number), draft=issue.draft)
        issue = desk.ledger.issues.store(
            issue, digest=digest, prepared=prepared, transport=name, lease=desk.lease, now=desk.now
        )
    if wish.draft and not issue.draft:
        said = (
            f"issue {issue.number} was made to be sent; `feeds resolve {desk.newsletter}/{issue.number} --cancel` first"
        )
        return _say(desk, Ending.NEEDS_PERSON, said, issue)
    if issue.state is IssueState.COMPOSED and desk.settings.hold and not wish.at_once:
        said = f"issue {issue.number} waits for approval: `feeds send {desk.newsletter}` sends it"
        return _say(desk, Ending.NEEDS_PERSON, said, issue)
    if issue.retry_at is not None and issue.retry_at > desk.now and not _clock_went_back(desk, issue):
        said = f"issue {issue.number} waits until {issue.retry_at:%Y-%m-%d %H:%M %Z}: {issue.reason}"
        return _say(desk, Ending.TRY_LATER, said, issue)
    if not desk.publish(issue):
        return _say(desk, Ending.TRY_LATER, f"issue {issue.number} waits until what it links to is published", issue)
    return hand_over(desk, issue)


def _clock_went_back(desk: Desk, issue: Issue) -> bool:
    """Whether the last attempt is still to come; what it was told to wait says nothing then."""
    attempts = desk.ledger.attempts.list_all(issue)
    return bool(attempts) and attempts[-1].started_at > desk.now


def _seed(desk: Desk, newest: int) -> None:
    """Start the history: everything published is seen, but for the newest posts that the first issue takes."""
    selection = desk.select(desk.ledger.read_history())
    # A person who asks for the newest posts means them, however old.
    fresh = [desk.ids[post.source] for post in (*selection.too_old, *selection.due, *selection.waiting)]
    kept = set(fresh[-newest:]) if newest else set()
    desk.ledger.posts.release(kept, now=desk.now)
    desk.ledger.issues.seed(desk.newsletter, desk.published - kept, lease=desk.lease, now=desk.now)


def _say(desk: Desk, ending: Ending, message: str, issue: Issue | None = None) -> Mailing:
    return Mailing(newsletter=desk.newsletter, ending=ending, message=message, issue=issue)
