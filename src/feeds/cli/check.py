"""`feeds check`: what was found, what was guessed, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from feeds.cli.lines import count, count_problems
from feeds.cli.options import AsJson, Strict
from feeds.cli.printing import leave, report_problems, say, say_json
from feeds.models import Severity
from feeds.publisher.request import Request, read_config

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.config import Config
    from feeds.models import Problem

Newsletter = Annotated[
    str | None, typer.Option("--newsletter", metavar="NAME", help="Look over this newsletter's next issue instead.")
]


def check(request: Request, *, newsletter: Newsletter = None, strict: Strict = False, as_json: AsJson = False) -> None:
    """Say what was found, and name every problem.

    Nothing is written. It leaves with 1 if there are errors.
    """
    config = read_config(request)
    problems = (
        _check_site(config, request, as_json=as_json)
        if newsletter is None
        else _check_newsletter(config, newsletter, request, as_json=as_json)
    )
    counts = report_problems(problems, notes=True)
    if not as_json:
        say(count_problems(counts) or "no problems")
    leave(strict=strict, counts=counts, failed=bool(counts[Severity.ERROR]))


def _check_site(config: Config, request: Request, *, as_json: bool) -> tuple[Problem, ...]:
    from feeds.publisher.check import check_site

    checked = check_site(config, now=request.now)
    if as_json:
        say_json(
            {
                "findings": [{"key": one.key, "value": one.value, "origin": one.origin} for one in checked.findings],
                "posts": dict(checked.statuses),
                "problems": _list_problems(checked.problems),
            }
        )
    else:
        for finding in checked.findings:
            say(f"{finding.key}: {finding.value} ({finding.remark})")
        say("posts: " + (", ".join(f"{count} {status}" for status, count in checked.statuses.items()) or "none"))
    return checked.problems


def _check_newsletter(config: Config, newsletter: str, request: Request, *, as_json: bool) -> tuple[Problem, ...]:
    from feeds.digest import MAX_BYTES
    from feeds.publisher.review import review_newsletter

    reviewed = review_newsletter(config, newsletter, now=request.now)
    digest = reviewed.digest
    size = len(digest.html.encode()) if digest else 0
    if as_json:
        issue = digest and {
            "number": digest.number,
            "subject": digest.subject,
            "posts": len(digest.post_ids),
            "bytes": size,
        }
        say_json({"newsletter": newsletter, "issue": issue, "problems": _list_problems(reviewed.problems)})
    elif digest is None:
        say(f"{newsletter}: nothing new")
    else:
        posts = count(len(digest.post_ids), "post")
        say(f"{newsletter}: issue {digest.number}, “{digest.subject}”, {posts}")
        say(f"subject: {count(len(digest.subject), 'character')}")
        say(f"size: {size / 1000:.1f} of {MAX_BYTES // 1000} KB")
    return reviewed.problems


def _list_problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [{"severity": one.severity, "path": one.path, "line": one.line, "message": one.message} for one in problems]
