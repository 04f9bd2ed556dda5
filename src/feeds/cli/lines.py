"""What the program says, line by line, before it is printed; a run that changes little imports nothing that prints."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from feeds.cache.record import Answer
from feeds.models import Severity
from feeds.publisher.tally import sum_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.models import Problem

# Persian is misspelt without the one, and an emoji falls apart without the other.
HARMLESS = "\n\t\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


def write_json(value: Any) -> str:
    """One JSON value (RFC 8259) as a line."""
    return json.dumps(value, ensure_ascii=False, default=str)


def count(number: int, what: str) -> str:
    """`1 post`, `2 posts`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def count_problems(counts: Counter[Severity]) -> str:
    """`2 errors, 1 warning`, or an empty string."""
    return ", ".join(
        count(counts[severity], severity) for severity in (Severity.ERROR, Severity.WARNING) if counts[severity]
    )


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
    return Answer(
        out=write_result(lines),
        err="".join(f"{make_plain(line)}\n" for line in err),
        status=1 if strict and err else 0,
    )


def write_result(lines: Iterable[str] | dict[str, Any]) -> str:
    """These lines, or one JSON value, as they are printed."""
    return f"{write_json(lines)}\n" if isinstance(lines, dict) else "".join(f"{make_plain(line)}\n" for line in lines)


def make_plain(line: str) -> str:
    """Text of a post must not steer the terminal (ECMA-48's control characters)."""
    return "".join(char if char.isprintable() or char in HARMLESS else "\N{REPLACEMENT CHARACTER}" for char in line)
