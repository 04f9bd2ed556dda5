"""How the program speaks: results on stdout, everything else on stderr, one line for each thing."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import typer

from feeds.cache.answers import Answer
from feeds.models import Severity
from feeds.phases import list_phases
from feeds.publisher.request import ignore_progress
from feeds.publisher.tally import sum_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from feeds.models import Problem

# Persian is misspelt without the one, and an emoji falls apart without the other.
HARMLESS = "\n\t\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
PATIENCE = 1.0  # seconds before a progress bar appears
PAUSE = 0.1  # seconds before it is drawn again


def say(line: str) -> None:
    """A line of the result."""
    typer.echo(_plain(line))


def say_json(value: Any) -> None:
    """One JSON value on a line of its own (RFC 8259), in plain UTF-8."""
    typer.echo(write_json(value))


def write_json(value: Any) -> str:
    """One JSON value (RFC 8259) as a line."""
    return json.dumps(value, ensure_ascii=False, default=str)


def note(line: str) -> None:
    """A line about the result."""
    typer.echo(_plain(line), err=True)


def report_problems(problems: Iterable[Problem], *, notes: bool = False) -> Counter[Severity]:
    """Print each problem on a line, errors first, and return how many there are of each severity."""
    problems = frozenset(problems)
    for line in list_problems(problems, notes=notes):
        note(line)
    return count_severities(problems)


def count_severities(problems: Iterable[Problem]) -> Counter[Severity]:
    """How many different problems there are of each severity, counted as they are printed."""
    return Counter(problem.severity for problem in sum_up(set(problems)))


def list_problems(problems: Iterable[Problem], *, notes: bool = False) -> list[str]:
    """A line for each problem, errors first."""
    ranks = list(Severity)
    found = sorted(
        sum_up(set(problems)), key=lambda one: (ranks.index(one.severity), one.path or "", one.line or 0, one.message)
    )
    return [f"{problem.severity}: {problem}" for problem in found if notes or problem.severity is not Severity.NOTE]


def make_answer(lines: Iterable[str] | dict[str, Any], problems: Iterable[Problem], *, strict: bool) -> Answer:
    """What a command prints that has these lines (or one JSON value) as its result, and how it leaves."""
    err = list_problems(problems)
    out = f"{write_json(lines)}\n" if isinstance(lines, dict) else "".join(f"{_plain(line)}\n" for line in lines)
    return Answer(out=out, err="".join(f"{_plain(line)}\n" for line in err), status=1 if strict and err else 0)


def count(number: int, what: str) -> str:
    """`1 post`, `2 posts`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def count_problems(counts: Counter[Severity]) -> str:
    """`2 errors, 1 warning`, or an empty string."""
    return ", ".join(
        count(counts[severity], severity) for severity in (Severity.ERROR, Severity.WARNING) if counts[severity]
    )


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


def _plain(line: str) -> str:
    """Text of a post must not steer the terminal (ECMA-48's control characters)."""
    return "".join(char if char.isprintable() or char in HARMLESS else "\N{REPLACEMENT CHARACTER}" for char in line)
