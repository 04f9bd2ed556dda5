"""What a build counts, for what it says of itself when it ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.models import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.config import Config
    from feeds.publisher.build import Built


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many feeds of how many posts are in `output`, what was left out of each feed to fit, and what is wrong."""

    output: str
    posts: int
    feeds: int
    shortened: Mapping[str, str]
    errors: int
    warnings: int


def count_build(config: Config, built: Built) -> Tally:
    """The counts of a build."""
    counts = Counter(problem.severity for problem in set(built.problems))
    return Tally(
        output=str(config.output),
        posts=len(built.composed.gathered.published),
        feeds=len(built.composed.feeds),
        shortened=dict(built.composed.documents.notes),
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
    )
