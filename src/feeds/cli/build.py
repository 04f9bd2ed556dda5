"""`feeds build`: write the feeds."""

from __future__ import annotations

from feeds.cli.options import AsJson, DryRun, Output, Strict, Yes
from feeds.cli.printing import count_problems, leave, progress_bar, report_problems, say, say_json
from feeds.models import Severity
from feeds.publisher.request import Request, read_config


def build(
    request: Request,
    *,
    output: Output = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    strict: Strict = False,
    as_json: AsJson = False,
) -> None:
    """Write the feeds: RSS, Atom and JSON Feed for the site and each tag, author and category."""
    from feeds.publisher.build import build_site

    config = read_config(request, output=output)
    with progress_bar("Rendering posts") as show:
        built = build_site(config, now=request.now, confirmed=yes, dry_run=dry_run, show=show)
    counts = report_problems(built.problems)
    written = built.written
    if as_json:
        say_json(
            {
                "output": str(config.output),
                "posts": len(built.composed.gathered.published),
                "feeds": len(built.composed.feeds),
                "changed": list(written.changed),
                "removed": list(written.removed),
                "unchanged": len(written.unchanged),
                "errors": counts[Severity.ERROR],
                "warnings": counts[Severity.WARNING],
            }
        )
    else:
        would = " would be" if dry_run else ""
        say(f"{len(built.composed.feeds)} feeds of {len(built.composed.gathered.published)} posts in {config.output}")
        say(
            f"{len(written.changed)} files{would} written, {len(written.unchanged)} unchanged, "
            f"{len(written.removed)}{would} removed" + (f"; {summary}" if (summary := count_problems(counts)) else "")
        )
    leave(strict=strict, counts=counts)
