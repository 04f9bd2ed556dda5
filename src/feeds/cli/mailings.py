"""What became of newsletters, as lines, as JSON and as an exit status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from feeds.cli.printing import note, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.publisher.handover import Ending, Mailing


def say_mailing(mailing: Mailing) -> None:
    """One line: a result on stdout, what needs somebody on stderr."""
    line = f"{mailing.newsletter}: {mailing.message}"
    if mailing.ending == 0:
        say(line)
    else:
        note(line)


def describe_mailing(mailing: Mailing) -> dict[str, Any]:
    """The mailing as plain data; `issue` is null where there is none."""
    issue = mailing.issue
    return {
        "newsletter": mailing.newsletter,
        "ending": mailing.ending.name.lower(),
        "message": mailing.message,
        "issue": issue
        and {"number": issue.number, "key": issue.key, "state": issue.state, "posts": len(issue.post_ids)},
    }


def end_with(endings: Iterable[Ending]) -> None:
    """Exit with the gravest of these endings, if it is not "done"."""
    from feeds.publisher.run import choose_ending

    if ending := choose_ending(endings):
        raise typer.Exit(ending)
