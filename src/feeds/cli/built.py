"""What a build says of itself when it ends."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from feeds.cli.lines import count, count_problems
from feeds.models import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.output import Written
    from feeds.publisher.counts import Counts

SHORTENED_SHOWN = 3


def describe_built(counts: Counts, written: Written) -> dict[str, Any]:
    """What a program reads of it."""
    return {
        "output": counts.output,
        "posts": counts.posts,
        "feeds": counts.feeds,
        "changed": list(written.changed),
        "removed": list(written.removed),
        "unchanged": len(written.unchanged),
        "shortened": dict(counts.shortened),
        "errors": counts.errors,
        "warnings": counts.warnings,
    }


def list_built(counts: Counts, written: Written, *, would: str = "") -> list[str]:
    """The lines that a person reads; `would` is what stands before "written"."""
    parts = [
        f"{count(len(written.changed), 'file')}{would} written",
        f"{len(written.unchanged)} unchanged",
        f"{len(written.removed)}{would} removed",
    ]
    found = count_problems(Counter({Severity.ERROR: counts.errors, Severity.WARNING: counts.warnings}))
    return [
        f"{count(counts.feeds, 'feed')} of {count(counts.posts, 'post')} in {counts.output}",
        "; ".join(part for part in (", ".join(parts), found) if part),
        *_list_shortened(counts.shortened),
    ]


def _list_shortened(notes: Mapping[str, str]) -> list[str]:
    """A line for each of the first feeds that had to be made to fit, and one that counts the rest."""
    lines = [f"{path or 'the whole site'}: {note}" for path, note in sorted(notes.items())]
    rest = len(lines) - SHORTENED_SHOWN
    return [*lines[:SHORTENED_SHOWN], *([f"… and {count(rest, 'more feed')} like these"] if rest > 0 else [])]
