"""What a build counts, for what it says of itself when it ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.models import Severity
from feeds.publisher.tally import sum_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.config import Config
    from feeds.publisher.build import Built


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many feeds of how many posts are in `output`, what was left out of each feed to fit, and what is wrong."""

    output: str
    posts: int
    feeds: int
    shortened: Mapping[str, str]
    errors: int
    warnings: int


def count_build(config: Config, built: Built) -> Counts:
    """The counts of a build."""
    counts = Counter(problem.severity for problem in sum_up(set(built.problems)))
    return Counts(
        output=str(config.output),
        posts=len(built.composed.gathered.published),
        feeds=len(built.composed.feeds),
        shortened=dict(built.composed.documents.notes),
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
    )
