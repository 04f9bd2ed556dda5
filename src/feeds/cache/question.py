"""A command line as a question that may have been answered before."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from typing import TYPE_CHECKING, NamedTuple

from feeds.cache.listing import SHOWN
from feeds.cache.program import fingerprint_program

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

FOLDER = "cache"
PREVIEW = "preview"  # where `digest` shows issues, below the site
VALUES = frozenset({"--site", "--config", "--state", "--set", "--now", "--output"})
FLAGS = frozenset({"--yes", "--strict", "--json"})


class Question(NamedTuple):
    """A command line: the site, where its state is, the moment it is for in seconds since the epoch, and all else.

    `given` is that moment as it was written, "" for the present.
    """

    command: str
    root: str
    state: str
    now: float
    given: str
    key: str

    @property
    def file(self) -> str:
        """Where the answer is kept."""
        if self.command == "digest":
            return f"{self.root}/{PREVIEW}/{SHOWN}"
        return f"{self.state}/{FOLDER}/{self.command}.json"

    @property
    def notes(self) -> str:
        """Where that is kept which helps to find the next answer."""
        return f"{self.state}/{FOLDER}/{self.command}.notes"

    @property
    def moment(self) -> datetime:
        """The moment that it is for, in the zone in which it was written."""
        from datetime import UTC, datetime

        return datetime.fromisoformat(self.given) if self.given else datetime.fromtimestamp(self.now, UTC)


def read_question(arguments: Sequence[str], environment: Mapping[str, str]) -> Question | None:
    """The command line of a `build`, `run` or `digest`, None if it has an option that is not known here.

    So is `--output` of a digest: where somebody else is to find an issue, nothing is put beside it.
    """
    given: dict[str, str] = {}
    kept: list[str] = []
    rest = iter(arguments[1:])
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name in VALUES and (arguments[0], name) != ("digest", "--output"):
            given[name] = value if equals else next(rest, "")
            kept += [] if name == "--now" else [name, given[name]]
        elif argument in FLAGS or (arguments[0] == "digest" and not argument.startswith("-")):
            kept.append(argument)
        else:
            return None
    now = _read_moment(given["--now"]) if "--now" in given else time.time()
    if now is None:
        return None
    root = os.path.abspath(given.get("--site", "."))  # noqa: PTH100 - pathlib takes as long as all the rest
    state = os.path.abspath(given.get("--state", f"{root}/.feeds"))  # noqa: PTH100 - as above
    ours = sorted((name, value) for name, value in environment.items() if name.startswith("FEEDS_"))
    key = repr((arguments[0], kept, os.getcwd(), ours, fingerprint_program()))  # noqa: PTH109 - as above
    return Question(
        command=arguments[0],
        root=root,
        state=state,
        now=now,
        given=given.get("--now", ""),
        key=hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _read_moment(text: str) -> float | None:
    from datetime import datetime

    with contextlib.suppress(ValueError):
        moment = datetime.fromisoformat(text)
        return moment.timestamp() if moment.tzinfo is not None else None
    return None
