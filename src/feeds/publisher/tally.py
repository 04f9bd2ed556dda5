"""Problems that say the same, once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.models import MISSING_FILE, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def sum_up(problems: Iterable[Problem], *, notes: bool = False) -> Iterator[Problem]:
    """The problems, those about a file that many posts ask for once for each file, at its first place, with a count.

    With `notes`, so is whatever only informs.
    """
    alike: dict[str, list[Problem]] = {}
    for problem in problems:
        if MISSING_FILE in problem.message or (notes and problem.severity is Severity.NOTE):
            alike.setdefault(problem.message, []).append(problem)
        else:
            yield problem
    for message, same in alike.items():
        first = min(same, key=lambda one: (one.path or "", one.line or 0))
        posts = len({one.path for one in same})
        times = f" ({len(same)} times, in {posts} {'post' if posts == 1 else 'posts'})" if len(same) > 1 else ""
        yield replace(first, message=message + times)
