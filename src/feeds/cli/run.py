"""`feeds run`: what cron calls."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from feeds.cache.answers import Watch
from feeds.cli.lines import count, count_problems, count_severities, make_answer
from feeds.cli.mailings import describe_mailing, end_with, say_mailing
from feeds.cli.options import AsJson, DryRun, Output, Strict, Yes
from feeds.cli.printing import leave, progress_bar, report_problems, say, say_json
from feeds.models import Severity
from feeds.publisher.request import Request, begin_config

if TYPE_CHECKING:
    from feeds.publisher.run import Ran


def run(
    request: Request,
    *,
    output: Output = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    strict: Strict = False,
    as_json: AsJson = False,
) -> None:
    """Build, publish and mail what is due, from cron.

    Build the feeds, run feeds.after_build, tell the hub, and mail each newsletter whose schedule says so.
    """
    with begin_config(request, output=output) as judge:
        watch = Watch(sys.argv[1:], request.environment)
        ask_config = judge()
        from feeds.publisher.run import foresee_run, run_site
        from feeds.publisher.standstill import remember_run

        config = ask_config()
    with progress_bar() as show:
        if dry_run:
            ran = foresee_run(config, now=request.now, confirmed=yes, show=show)
        else:
            ran = run_site(config, now=request.now, environment=request.environment, confirmed=yes, show=show)
    counts = report_problems(ran.problems)
    summary = _summarize(ran, dry_run=dry_run)
    if as_json:
        say_json(_describe(ran))
    else:
        for mailing in ran.mailings:
            say_mailing(mailing)
        say(summary)
    if not dry_run:
        lines = [*(f"{mailing.newsletter}: {mailing.message}" for mailing in ran.mailings), summary]
        answer = make_answer(_describe(ran) if as_json else lines, ran.problems, strict=strict)
        remember_run(watch, answer, request, config, ran)
    end_with([ran.ending])
    leave(strict=strict, counts=counts)


def _describe(ran: Ran) -> dict[str, Any]:
    counts, written = count_severities(ran.problems), ran.built.written
    return {
        "posts": len(ran.built.composed.gathered.published),
        "feeds": len(ran.built.composed.feeds),
        "changed": len(ran.changed),
        "removed": len(written.removed),
        "unchanged": len(written.unchanged),
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "newsletters": [describe_mailing(mailing) for mailing in ran.mailings],
        "status": int(ran.ending),
    }


def _summarize(ran: Ran, *, dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    composed, written = ran.built.composed, ran.built.written
    feeds, posts = count(len(composed.feeds), "feed"), count(len(composed.gathered.published), "post")
    parts = [
        f"{feeds} of {posts}",
        f"{count(len(ran.changed), 'file')} {would}written, {len(written.removed)} {would}removed",
        count(len({mailing.newsletter for mailing in ran.mailings}), "newsletter"),
        count_problems(count_severities(ran.problems)),
    ]
    return "; ".join(part for part in parts if part)
