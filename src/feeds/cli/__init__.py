"""The command line: arguments in, lines and an exit status out. No other room prints or exits."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

from feeds.errors import (
    ConfigError,
    FeedsError,
    LockedError,
    NeedsPersonError,
    TemporaryError,
    UnknownOutcome,
)

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import Any

    from feeds.cache.record import Answer

COLLECT_AFTER = 300_000, 20, 100  # new objects, and rounds of the younger generations
HELP = frozenset({"-h", "--help"})
DONE, FAILED, WRONG_USE, NEEDS_PERSON, TRY_LATER = 0, 1, 2, 3, 75


def main() -> None:
    """Run the command that the arguments name, and leave with its exit status."""
    if sys.argv[1:] == ["--version"]:
        # Cron and packagers ask often; the answer needs none of the command line's own machinery.
        print(f"feeds {read_version()}")  # noqa: T201 - before anything that prints is imported
        sys.exit(DONE)
    # A site is many values that live until the end; to look for cycles among them again and again finds nothing.
    gc.set_threshold(*COLLECT_AFTER)
    try:
        if sys.argv[1:2] in (["build"], ["run"], ["digest"]) and (answer := _find_answer()):
            sys.stderr.write(answer.err)
            sys.stdout.write(answer.out)
            sys.exit(answer.status)
        with _begin() as begun:
            from feeds.cli.app import app

            app(prog_name="feeds", obj=begun)
    except FeedsError as error:
        print(f"feeds: {error}", file=sys.stderr)  # noqa: T201 - one plain line, whatever state the terminal is in
        sys.exit(exit_status(error))
    finally:
        # Nor do they end in cycles: to look once more as the process ends takes a fortieth of a large first build.
        gc.freeze()


def _find_answer() -> Answer | None:
    """What the command prints, where that is known without most of the program.

    Cron comes every few minutes, mostly in vain or after one edit, and importing all takes most of a second.
    """
    from feeds.cache.answers import Dated, Edit, recall

    recalled = recall(sys.argv[1:], os.environ)
    if isinstance(recalled, Edit):
        from feeds.cli.retouch import retouch

        return retouch(recalled, as_json="--json" in sys.argv[1:])
    if isinstance(recalled, Dated):
        from feeds.publisher.redating import date_again

        return date_again(recalled)
    return recalled


def _begin() -> AbstractContextManager[Any]:
    """What a command can have another process do before the first one knows what it was asked; its context's `obj`.

    For a digest it is `publisher.contents.lay_out`. To get ready for that takes as long as to find the posts.
    """
    if sys.argv[1:2] != ["digest"] or HELP.intersection(sys.argv):
        return nullcontext()
    from feeds.publisher.contents import get_ready, lay_out
    from feeds.workers import stand_by

    return stand_by(get_ready, lay_out)


def read_version() -> str:
    """The version that is installed; "(not installed)" for a source tree that is run in place."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("feeds")
    except PackageNotFoundError:
        return "(not installed)"


def exit_status(error: FeedsError) -> int:
    """The status that the tree of errors stands for: 1, 2, 3 or 75 (EX_TEMPFAIL of sysexits.h)."""
    if isinstance(error, ConfigError):
        return WRONG_USE
    if isinstance(error, NeedsPersonError | UnknownOutcome):
        return NEEDS_PERSON
    if isinstance(error, LockedError | TemporaryError):
        return TRY_LATER
    return FAILED
