"""What `feeds build` and `feeds run` printed when they found nothing to do, for as long as there is nothing to do.

An answer holds while every file that the run could have read, the files that it wrote, the ledger, the program and the
command line are what they were, and until the next moment at which something falls due by itself. Whatever raises a
doubt (an option that is not known here, a record that is damaged, a clock that went back) leads to a full run.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from feeds.cache.listing import COARSEST_TICK, OUTPUT_TICK, describe_tree, hash_rows, list_files, scan_tree
from feeds.cache.program import fingerprint_program

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FOLDER = "cache"
VALUES = frozenset({"--site", "--config", "--state", "--set", "--now", "--output"})
# What an answer was looked for in, for the full run that follows: a large site is not listed twice.
_scanned: dict[tuple[str, str], dict[str, os.stat_result | str]] = {}
FLAGS = frozenset({"--yes", "--strict", "--json"})


class Answer(NamedTuple):
    """What a command prints, and how it leaves."""

    out: str
    err: str
    status: int


class Question(NamedTuple):
    """A command line: the site, where its state is, the moment it is for in seconds since the epoch, and all else."""

    command: str
    root: str
    state: str
    now: float
    key: str

    @property
    def file(self) -> str:
        """Where the answer is kept."""
        return f"{self.state}/{FOLDER}/{self.command}.json"


class Watch:
    """Looks at a site before a run and after it: only what stood still meanwhile can be vouched for.

    Made before the first file of the site is read.
    """

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self._question = read_question(arguments, environment)
        self._fresh_since = time.time_ns() - COARSEST_TICK
        if self._question is not None:
            scanned = _scanned.pop((self._question.root, self._question.state), None) or _scan(self._question)
            rows = describe_tree(scanned, skip=(), fresh_since=self._fresh_since)
            # Of a large site it would take much of the memory until the run ends.
            self._before = zlib.compress(json.dumps(rows).encode(), 1)

    def look(self, paths: Iterable[str]) -> dict[str, str]:
        """The files at these absolute paths as they are now, for `remember`."""
        return list_files(paths, fresh_since=self._fresh_since)

    def remember(
        self,
        answer: Answer,
        *,
        until: float | None,
        outputs: Iterable[str],
        ours: dict[str, str],
        others: Iterable[str],
    ) -> None:
        """Keep `answer` until a moment (seconds since the epoch, None is for ever), if nothing has changed meanwhile.

        The paths are absolute: `outputs` are the files that the run wrote or found as they should be, `ours` what it
        may have changed besides, as `look` saw it, and `others` what it read outside of the site.
        """
        question = self._question
        if question is None or os.path.realpath(question.root).startswith(os.path.realpath(question.state)):
            return
        written, besides, others = sorted(outputs), sorted(ours), sorted(others)
        skip = {*written, *besides}
        before = json.loads(zlib.decompress(self._before))
        site = {path: row for path, row in before.items() if path not in skip}
        # What was told by its state cannot change without notice; what was told by its bytes may change to and fro.
        fresh = {path: row for path, row in site.items() if row.count(" ") == 1 and not row.startswith("link ")}
        if self.look(fresh) != fresh or self.look(ours) != ours:
            return
        # The run may have made the folders of its files, and removed those of others.
        folders = {parent for path in written for parent in _list_parents(path, question.root)}
        site = {path: row for path, row in site.items() if row != "folder" or os.path.isdir(path)}  # noqa: PTH112 - as below
        site |= {path: "folder" for path in folders if path not in site and not os.path.islink(path)}  # noqa: PTH114 - as below
        record = {
            "key": question.key,
            "since": question.now,
            "until": until,
            "fresh": self._fresh_since,
            "fresh_outputs": time.time_ns() - OUTPUT_TICK,
            "outputs": written,
            "ours": besides,
            "others": others,
            "answer": answer,
        }
        record["seen"] = _hash_site(site, record)
        # A state folder that cannot be written costs time and nothing else.
        with contextlib.suppress(OSError):
            _write_record(question.file, json.dumps(record).encode())


def recall(arguments: Sequence[str], environment: Mapping[str, str]) -> Answer | None:
    """What a full run would print now, if that is certain."""
    question = read_question(arguments, environment)
    record = None if question is None else _read_record(question.file)
    if question is None or record is None or record["key"] != question.key:
        return None
    if question.now < record["since"] or (record["until"] is not None and question.now >= record["until"]):
        return None
    scanned = _scan(question)
    skip = {*record["outputs"], *record["ours"]}
    site = describe_tree(scanned, skip=skip, fresh_since=record["fresh"])
    if _hash_site(site, record) == record["seen"]:
        return Answer(*record["answer"])
    _scanned[question.root, question.state] = scanned
    return None


def read_question(arguments: Sequence[str], environment: Mapping[str, str]) -> Question | None:
    """The command line of a `build` or `run`, None if it has an option that is not known here."""
    given: dict[str, str] = {}
    kept: list[str] = []
    rest = iter(arguments[1:])
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name in VALUES:
            given[name] = value if equals else next(rest, "")
            kept += [] if name == "--now" else [name, given[name]]
        elif argument in FLAGS:
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
        key=hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _read_moment(text: str) -> float | None:
    from datetime import datetime

    with contextlib.suppress(ValueError):
        moment = datetime.fromisoformat(text)
        return moment.timestamp() if moment.tzinfo is not None else None
    return None


def _list_parents(path: str, root: str) -> list[str]:
    below = path.removeprefix(root).split("/")[1:-1]
    return [f"{root}/{'/'.join(below[: end + 1])}" for end in range(len(below))] if path.startswith(f"{root}/") else []


def _scan(question: Question) -> dict[str, os.stat_result | str]:
    return scan_tree(question.root, skip={question.state})


def _hash_site(site: dict[str, str], record: Mapping[str, Any]) -> str:
    outputs, ours, others = record["outputs"], record["ours"], record["others"]
    written = list_files(outputs, fresh_since=record["fresh_outputs"])
    return hash_rows(site | written | list_files([*ours, *others], fresh_since=record["fresh"]))


def _read_record(path: str) -> dict[str, Any] | None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - as above
            digest, _, data = file.read().partition(b"\n")
    except OSError:
        return None
    if digest != hashlib.sha256(data).hexdigest().encode():
        return None
    found: dict[str, Any] = json.loads(data)
    return found


def _write_record(path: str, data: bytes) -> None:
    from pathlib import Path

    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    # Two processes never share a temporary file; the last rename wins, and either record is whole.
    temporary = place.with_name(f".{place.name}.{os.getpid()}")
    temporary.write_bytes(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
    temporary.replace(place)
