"""`feeds status`: issues, attempts, receipts, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from feeds.cli.lines import count
from feeds.cli.options import AsJson
from feeds.cli.printing import say, say_json
from feeds.publisher.request import Request, read_config

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.publisher.status import IssueStory, NewsletterStatus

Wanted = Annotated[str | None, typer.Argument(metavar="ISSUE", help="One issue, as NEWSLETTER/NUMBER.")]


def status(request: Request, wanted: Wanted = None, *, as_json: AsJson = False) -> None:
    """Show the newsletters and their issues.

    Every attempt to hand an issue over, what the receiver said, and when the next one is due.
    """
    from feeds.publisher.status import find_issue, read_status

    statuses = read_status(read_config(request), now=request.now)
    if wanted:
        story = find_issue(statuses, wanted)
        say_json(_describe_story(story)) if as_json else _tell(story)
        return
    if as_json:
        say_json([_describe(one) for one in statuses])
        return
    if not statuses:
        say("there is no newsletter; add [newsletters.weekly] to feeds.toml")
    for one in statuses:
        due = f"; next due {_moment(one.next_due)}" if one.next_due else ""
        say(f"{one.name}: {one.schedule or 'no longer configured'}{due}" + ("" if one.started else "; never mailed"))
        for story in one.issues:
            say(f"  {_line(story)}")


def _tell(story: IssueStory) -> None:
    say(f"{story.issue.newsletter}/{_line(story)}")
    for post_id in story.issue.post_ids:
        say(f"  post     {post_id}")
    for attempt in story.attempts:
        said = f": {attempt.message}" if attempt.message else ""
        say(f"  attempt  {_moment(attempt.started_at)} by {attempt.holder}, {attempt.outcome or 'open'}{said}")
    if story.issue.receipt:
        busy = "" if story.issue.settled else " (its receiver is not done yet)"
        say(f"  receipt  {story.issue.receipt}{busy}")


def _line(story: IssueStory) -> str:
    issue = story.issue
    when = issue.delivered_at or issue.composed_at or issue.claimed_at
    posts = count(len(issue.post_ids), "post")
    line = f"{issue.number}  {issue.state}  {_moment(when)}  {posts}  {issue.subject}".rstrip()
    if issue.retry_at:
        line += f"  (next try {_moment(issue.retry_at)})"
    return line + (f"  ({issue.reason})" if issue.reason else "")


def _describe(one: NewsletterStatus) -> dict[str, Any]:
    return {
        "newsletter": one.name,
        "started": one.started,
        "schedule": one.schedule,
        "next_due": one.next_due and one.next_due.isoformat(),
        "issues": [_describe_story(story) for story in one.issues],
    }


def _describe_story(story: IssueStory) -> dict[str, Any]:
    issue = story.issue
    return {
        "newsletter": issue.newsletter,
        "number": issue.number,
        "key": issue.key,
        "state": issue.state,
        "subject": issue.subject,
        "posts": list(issue.post_ids),
        "transport": issue.transport,
        "draft": issue.draft,
        "receipt": issue.receipt,
        "settled": issue.settled,
        "reason": issue.reason,
        "claimed_at": issue.claimed_at and issue.claimed_at.isoformat(),
        "composed_at": issue.composed_at and issue.composed_at.isoformat(),
        "delivered_at": issue.delivered_at and issue.delivered_at.isoformat(),
        "retry_at": issue.retry_at and issue.retry_at.isoformat(),
        "attempts": [
            {
                "started_at": attempt.started_at.isoformat(),
                "ended_at": attempt.ended_at and attempt.ended_at.isoformat(),
                "holder": attempt.holder,
                "outcome": attempt.outcome,
                "message": attempt.message,
            }
            for attempt in story.attempts
        ],
    }


def _moment(value: datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M %Z}" if value else "-"
