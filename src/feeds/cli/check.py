"""`feeds check`: what was found, what was guessed, and what is wrong."""

from __future__ import annotations

from feeds.cli.options import AsJson, Strict
from feeds.cli.printing import count_problems, leave, report_problems, say, say_json
from feeds.models import Severity
from feeds.publisher.request import Request, read_config


def check(request: Request, *, strict: Strict = False, as_json: AsJson = False) -> None:
    """Say what was found, and name every problem.

    Nothing is written. It leaves with 1 if there are errors.
    """
    from feeds.publisher.check import check_site

    checked = check_site(read_config(request), now=request.now)
    if as_json:
        say_json(
            {
                "findings": [{"key": one.key, "value": one.value, "origin": one.origin} for one in checked.findings],
                "posts": dict(checked.statuses),
                "problems": [
                    {"severity": one.severity, "path": one.path, "line": one.line, "message": one.message}
                    for one in checked.problems
                ],
            }
        )
    else:
        for finding in checked.findings:
            say(f"{finding.key}: {finding.value} (from {finding.origin})")
        say("posts: " + (", ".join(f"{count} {status}" for status, count in checked.statuses.items()) or "none"))
    counts = report_problems(checked.problems, notes=True)
    if not as_json:
        say(count_problems(counts) or "no problems")
    leave(strict=strict, counts=counts, failed=bool(counts[Severity.ERROR]))
