"""`feeds run`: what cron calls."""

from __future__ import annotations

from feeds.cli.mailings import describe_mailing, end_with, say_mailing
from feeds.cli.options import AsJson, DryRun, Output, Strict, Yes
from feeds.cli.printing import count, count_problems, leave, progress_bar, report_problems, say, say_json
from feeds.models import Severity
from feeds.publisher.request import Request, read_config


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
    from feeds.publisher.run import foresee_run, run_site

    config = read_config(request, output=output)
    with progress_bar("Rendering posts") as show:
        if dry_run:
            ran = foresee_run(config, now=request.now, confirmed=yes, show=show)
        else:
            ran = run_site(config, now=request.now, environment=request.environment, confirmed=yes, show=show)
    counts = report_problems(ran.problems)
    written = ran.built.written
    if as_json:
        say_json(
            {
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
        )
    else:
        for mailing in ran.mailings:
            say_mailing(mailing)
        would = "would be " if dry_run else ""
        composed = ran.built.composed
        feeds, posts = count(len(composed.feeds), "feed"), count(len(composed.gathered.published), "post")
        parts = [
            f"{feeds} of {posts}",
            f"{count(len(ran.changed), 'file')} {would}written, {len(written.removed)} {would}removed",
            count(len({mailing.newsletter for mailing in ran.mailings}), "newsletter"),
            count_problems(counts),
        ]
        say("; ".join(part for part in parts if part))
    end_with([ran.ending])
    leave(strict=strict, counts=counts)
