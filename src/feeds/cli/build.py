"""`feeds build`: write the feeds."""

from __future__ import annotations

from feeds.cli.options import AsJson, DryRun, Output, Strict, Yes
from feeds.cli.printing import count, count_problems, leave, progress_bar, report_problems, say, say_json
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
    """Write the feeds.

    RSS, Atom and JSON Feed for the site and for each tag, author and category, a list of them all (feeds.opml), and a
    page where a person picks one. A file whose bytes would not change is not touched.
    """
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
        feeds, posts = count(len(built.composed.feeds), "feed"), count(len(built.composed.gathered.published), "post")
        say(f"{feeds} of {posts} in {config.output}")
        parts = [
            f"{count(len(written.changed), 'file')}{would} written",
            f"{len(written.unchanged)} unchanged",
            f"{len(written.removed)}{would} removed",
        ]
        say("; ".join(part for part in (", ".join(parts), count_problems(counts)) if part))
    leave(strict=strict, counts=counts)
