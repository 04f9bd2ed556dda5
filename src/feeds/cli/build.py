"""`feeds build`: write the feeds."""

from __future__ import annotations

import sys

from feeds.cache.answers import Watch
from feeds.cli.built import describe_built, list_built
from feeds.cli.lines import make_answer
from feeds.cli.options import AsJson, DryRun, Output, Profile, Strict, Yes
from feeds.cli.printing import leave, progress_bar, report_problems, say, say_json, say_phases
from feeds.output import Written
from feeds.phases import phase
from feeds.publisher.request import Request, begin_config


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
    with begin_config(request, output=output) as judge:
        with phase("list"):
            watch = Watch(sys.argv[1:], request.environment)
            ask_config = judge()
        from feeds.publisher.build import build_site, import_ahead
        from feeds.publisher.counts import count_build
        from feeds.publisher.standstill import look_at_ledger, remember_build

        with phase("list"):
            import_ahead()
            config = ask_config()
    ledger = look_at_ledger(watch, config)
    with progress_bar() as show:
        built = build_site(config, now=request.now, confirmed=yes, dry_run=dry_run, show=show)
    severities, counts = report_problems(built.problems), count_build(config, built)
    if as_json:
        say_json(describe_built(counts, built.written))
    else:
        for line in list_built(counts, built.written, would=" would be" if dry_run else ""):
            say(line)
    if not dry_run:
        again = _unchanged(built.written)
        lines = describe_built(counts, again) if as_json else list_built(counts, again)
        answer = make_answer(lines, built.problems, strict=strict)
        remember_build(watch, answer, request, config, built, ledger=ledger)
    if profile:
        say_phases()
    leave(strict=strict, counts=severities)


def _unchanged(written: Written) -> Written:
    """What the same build will do to the output if it is made again."""
    return Written(unchanged=tuple(sorted((*written.changed, *written.unchanged))))
