"""How the program speaks: results on stdout, everything else on stderr, one line for each thing."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, Any

import typer

from feeds.cli.lines import count_severities, list_problems, make_plain, write_json
from feeds.models import Severity
from feeds.phases import list_phases
from feeds.publisher.request import ignore_progress

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator

    from feeds.models import Problem

PATIENCE = 1.0  # seconds before a progress bar appears
PAUSE = 0.1  # seconds before it is drawn again


def say(line: str) -> None:
    """A line of the result."""
    typer.echo(make_plain(line))


def say_json(value: Any) -> None:
    """One JSON value on a line of its own (RFC 8259), in plain UTF-8."""
    typer.echo(write_json(value))


def note(line: str) -> None:
    """A line about the result."""
    typer.echo(make_plain(line), err=True)


def report_problems(problems: Iterable[Problem], *, notes: bool = False) -> Counter[Severity]:
    """Print each problem on a line, errors first, and return how many there are of each severity."""
    problems = frozenset(problems)
    for line in list_problems(problems, notes=notes):
        note(line)
    return count_severities(problems)


def leave(*, strict: bool, counts: Counter[Severity], failed: bool = False) -> None:
    """Exit with 1 if something failed, or if it is `strict` and there are warnings or errors; else return."""
    if failed or (strict and (counts[Severity.ERROR] or counts[Severity.WARNING])):
        raise typer.Exit(1)


def say_phases() -> None:
    """What `--profile` asks for: the seconds of each phase, of the whole program, and the memory that it took."""
    import resource

    for name, seconds in list_phases().items():
        note(f"{name:8}{seconds:8.3f} s")
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    used = sum(one.ru_utime + one.ru_stime for one in (own, others))
    megabyte = 1024 if sys.platform == "linux" else 1024 * 1024
    note(f"{'CPU':8}{used:8.3f} s, up to {max(own.ru_maxrss, others.ru_maxrss) / megabyte:,.0f} MB in a process")


@contextlib.contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A function to call with what is done, and how many of how many.

    A bar with the counts and the rate appears after a second, on a terminal only.
    """
    if not sys.stderr.isatty():
        yield ignore_progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    texts = TextColumn("{task.description}"), TextColumn("{task.fields[rate]}")
    columns = (texts[0], BarColumn(), MofNCompleteColumn(), texts[1], TimeElapsedColumn())
    # No thread of its own: a process with threads cannot be copied to share the work.
    bar = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    task = bar.add_task("", total=None, rate="")
    started = shown = time.monotonic()
    begun: dict[str, float] = {}

    def update(what: str, done: int, total: int) -> None:
        nonlocal shown
        now = time.monotonic()
        began = begun.setdefault(what, now)
        if now - started < PATIENCE or (now - shown < PAUSE and done < total):
            return
        shown = now
        bar.start()
        rate = f"{done / (now - began):,.0f}/s" if now > began else ""
        bar.update(task, description=what, completed=done, total=total, rate=rate, refresh=True)

    try:
        yield update
    finally:
        bar.stop()
