"""`feeds build`: write the feeds."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from feeds.cache.answers import Watch
from feeds.cli.options import AsJson, DryRun, Output, Profile, Strict, Yes
from feeds.cli.printing import (
    count,
    count_problems,
    count_severities,
    leave,
    make_answer,
    progress_bar,
    report_problems,
    say,
    say_json,
    say_phases,
)
from feeds.models import Severity
from feeds.output import Written
from feeds.phases import phase
from feeds.publisher.request import Request, read_config

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.config import Config
    from feeds.publisher.build import Built

SHORTENED_SHOWN = 3


def build(
    request: Request,
    *,
    output: Output = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    strict: Strict = False,
    as_json: AsJson = False,
    profile: Profile = False,
) -> None:
    """Write the feeds.

    RSS, Atom and JSON Feed for the site and for each tag, author and category, a list of them all (feeds.opml), and a
    page where a person picks one. A file whose bytes would not change is not touched.
    """
    with phase("list"):
        watch = Watch(sys.argv[1:], request.environment)
    from feeds.publisher.build import build_site
    from feeds.publisher.standstill import look_at_ledger, remember_build

    with phase("list"):
        config = read_config(request, output=output)
        ledger = look_at_ledger(watch, config)
    with progress_bar() as show:
        built = build_site(config, now=request.now, confirmed=yes, dry_run=dry_run, show=show)
    counts = report_problems(built.problems)
    if as_json:
        say_json(_describe(config, built))
    else:
        for line in _list_lines(config, built, would=" would be" if dry_run else ""):
            say(line)
    if not dry_run:
        again = replace(built, written=_unchanged(built.written))
        lines = _describe(config, again) if as_json else _list_lines(config, again)
        answer = make_answer(lines, built.problems, strict=strict)
        remember_build(watch, answer, request, config, built, ledger=ledger)
    if profile:
        say_phases()
    leave(strict=strict, counts=counts)


def _unchanged(written: Written) -> Written:
    """What the same build will do to the output if it is made again."""
    return Written(unchanged=tuple(sorted((*written.changed, *written.unchanged))))


def _describe(config: Config, built: Built) -> dict[str, Any]:
    counts, written = count_severities(built.problems), built.written
    return {
        "output": str(config.output),
        "posts": len(built.composed.gathered.published),
        "feeds": len(built.composed.feeds),
        "changed": list(written.changed),
        "removed": list(written.removed),
        "unchanged": len(written.unchanged),
        "shortened": dict(built.composed.documents.notes),
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
    }


def _list_lines(config: Config, built: Built, *, would: str = "") -> list[str]:
    written = built.written
    feeds, posts = count(len(built.composed.feeds), "feed"), count(len(built.composed.gathered.published), "post")
    parts = [
        f"{count(len(written.changed), 'file')}{would} written",
        f"{len(written.unchanged)} unchanged",
        f"{len(written.removed)}{would} removed",
    ]
    found = count_problems(count_severities(built.problems))
    return [
        f"{feeds} of {posts} in {config.output}",
        "; ".join(part for part in (", ".join(parts), found) if part),
        *_list_shortened(built.composed.documents.notes),
    ]


def _list_shortened(notes: Mapping[str, str]) -> list[str]:
    """A line for each of the first feeds that had to be made to fit, and one that counts the rest."""
    lines = [f"{path or 'the whole site'}: {note}" for path, note in sorted(notes.items())]
    rest = len(lines) - SHORTENED_SHOWN
    return [*lines[:SHORTENED_SHOWN], *([f"… and {count(rest, 'more feed')} like these"] if rest > 0 else [])]
