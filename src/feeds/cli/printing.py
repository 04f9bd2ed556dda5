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
from feeds.publisher.request import ignore_progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from feeds.models import Problem

PATIENCE = 1.0  # seconds before a progress bar appears


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
    """How many different problems there are of each severity."""
    return Counter(problem.severity for problem in set(problems))


def list_problems(problems: Iterable[Problem], *, notes: bool = False) -> list[str]:
    """A line for each problem, errors first."""
    found = sorted(
        set(problems), key=lambda one: (list(Severity).index(one.severity), one.path or "", one.line or 0, one.message)
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


@contextlib.contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A function to call with how many are done of how many; a bar appears after a second, on a terminal only."""
    if not sys.stderr.isatty():
        yield ignore_progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(what, total=None)
    started = time.monotonic()

    def update(done: int, total: int) -> None:
        if not bar.live.is_started and time.monotonic() - started > PATIENCE:
            bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield update
    finally:
        bar.stop()


def _plain(line: str) -> str:
    """Text of a post must not steer the terminal (ECMA-48's control characters)."""
    return "".join(char if char.isprintable() or char in "\n\t" else "\N{REPLACEMENT CHARACTER}" for char in line)
