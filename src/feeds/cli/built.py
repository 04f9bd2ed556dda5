"""What a build says of itself when it ends."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from feeds.cli.lines import count, count_problems
from feeds.models import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.output import Written
    from feeds.publisher.tally import Tally

SHORTENED_SHOWN = 3


def describe_built(tally: Tally, written: Written) -> dict[str, Any]:
    """What a program reads of it."""
    return {
        "output": tally.output,
        "posts": tally.posts,
        "feeds": tally.feeds,
        "changed": list(written.changed),
        "removed": list(written.removed),
        "unchanged": len(written.unchanged),
        "shortened": dict(tally.shortened),
        "errors": tally.errors,
        "warnings": tally.warnings,
    }


def list_built(tally: Tally, written: Written, *, would: str = "") -> list[str]:
    """The lines that a person reads; `would` is what stands before "written"."""
    parts = [
        f"{count(len(written.changed), 'file')}{would} written",
        f"{len(written.unchanged)} unchanged",
        f"{len(written.removed)}{would} removed",
    ]
    found = count_problems(Counter({Severity.ERROR: tally.errors, Severity.WARNING: tally.warnings}))
    return [
        f"{count(tally.feeds, 'feed')} of {count(tally.posts, 'post')} in {tally.output}",
        "; ".join(part for part in (", ".join(parts), found) if part),
        *_list_shortened(tally.shortened),
    ]


def _list_shortened(notes: Mapping[str, str]) -> list[str]:
    """A line for each of the first feeds that had to be made to fit, and one that counts the rest."""
    lines = [f"{path or 'the whole site'}: {note}" for path, note in sorted(notes.items())]
    rest = len(lines) - SHORTENED_SHOWN
    return [*lines[:SHORTENED_SHOWN], *([f"… and {count(rest, 'more feed')} like these"] if rest > 0 else [])]
