"""What a command printed when there was nothing to do, or an issue to show, for as long as it would print it again.

An answer holds while every file that the run could have read, the files that it wrote, the ledger, the program and the
command line are what they were, and until the next moment at which something falls due by itself. Whatever raises a
doubt (an option that is not known here, a record that is damaged, a clock that went back) leads to a full run.
"""

from __future__ import annotations

import os
import time
import zlib
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from feeds.cache.listing import (
    COARSEST_TICK,
    OUTPUT_TICK,
    describe_tree,
    is_file,
    is_told_by_bytes,
    list_files,
    scan_tree,
)
from feeds.cache.question import FOLDER, read_question
from feeds.cache.record import (
    Answer,
    Record,
    from_rows,
    is_whole,
    read_notes,
    read_record,
    shorten_rows,
    to_rows,
    write_record,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from feeds.cache.listing import Scanned
    from feeds.cache.question import Question

__all__ = ["FOLDER", "Answer", "Dated", "Edit", "Watch", "recall"]

MANY = 20_000  # files; a listing of more is held in less memory until the run ends


class Dated(NamedTuple):
    """An answer that holds where `files` are as they should be but for the moment in them, by a hash of all the rest.

    `moment` is to stand in them now.
    """

    answer: Answer
    files: dict[str, str]
    moment: datetime


class Edit(NamedTuple):
    """Files of the site (whole paths) that have other bytes than when a question was answered; all else is as it was.

    `record` is of that time, and `notes` is what `Watch.remember` was given with it. `rows` are those of the site now.
    """

    question: Question
    files: tuple[str, ...]
    record: Record
    notes: bytes
    rows: bytes

    def remember(self, outputs: Iterable[str], *, ours: dict[str, str], marks: dict[str, str]) -> None:
        """Keep the answer for the site as it is now, if the edited files are still what they were.

        `outputs` are the files that were written since, `ours` is as in `Watch.remember`, and `marks` are kept with the
        notes.
        """
        before = from_rows(self.rows)
        now = list_files(self.files, fresh_since=self.record.fresh)
        if any(before[path] != row for path, row in now.items()):
            return
        written = list_files(outputs, fresh_since=self.record.fresh_outputs)
        record = self.record._replace(outputs=self.record.outputs | written, ours=ours, marks=self.record.marks | marks)
        write_record(self.question, record._replace(since=self.question.now), self.rows)


class _Look(NamedTuple):
    begun: int
    scanned: Scanned
    rows: dict[str, str]


# A site as it was when an answer was looked for, for the run that follows: a large one is not listed twice.
_looks: dict[tuple[str, str], _Look] = {}


class Watch:
    """Looks at a site before a run and after it: only what stood still meanwhile can be vouched for.

    Made before the first file of the site is read.
    """

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self._question = read_question(arguments, environment)
        self._fresh_since = time.time_ns() - COARSEST_TICK
        if self._question is not None:
            look = _looks.pop((self._question.root, self._question.state), None)
            look = look or _Look(time.time_ns(), _scan(self._question), {})
            self._fresh_since = look.begun - COARSEST_TICK
            # What was told by its state a moment ago is so still.
            rows = {path: row for path, row in look.rows.items() if not is_told_by_bytes(row)}
            rows |= describe_tree(look.scanned, skip=rows, fresh_since=self._fresh_since)
            self._squeezed = len(rows) > MANY
            self._before = zlib.compress(to_rows(rows), 1) if self._squeezed else to_rows(rows)

    def look(self, paths: Iterable[str]) -> dict[str, str]:
        """The files at these absolute paths as they are now, for `remember`."""
        return list_files(paths, fresh_since=self._fresh_since)

    def remember(
        self,
        answer: Answer,
        *,
        until: float | None,
        outputs: Mapping[str, str | None],
        ours: dict[str, str],
        others: Iterable[str],
        dated: Mapping[str, str] = MappingProxyType({}),
        notes: bytes = b"",
    ) -> None:
        """Keep `answer` until a moment (seconds since the epoch, None is for ever), if nothing has changed meanwhile.

        The paths are absolute: `outputs` are the files that the run wrote or found as they should be, with the SHA-256
        that they have if that is known, `ours` what it may have changed besides, as `look` saw it, and `others` what it
        read outside of the site. `dated` are as in `Dated`. `notes` are for whoever has to find another answer once
        files have been edited.
        """
        question = self._question
        if question is None or os.path.realpath(question.root).startswith(os.path.realpath(question.state)):
            return
        written = sorted(outputs)
        skip = {*written, *ours, *dated}
        before = from_rows(zlib.decompress(self._before) if self._squeezed else self._before)
        site = {path: row for path, row in before.items() if path not in skip}
        # What was told by its state cannot change without notice; what was told by its bytes may change to and fro.
        told = [path for path, row in site.items() if is_told_by_bytes(row)]
        fresh = {path: site[path] for path in told if not site[path].startswith("link ")}
        # Looked at before the bytes are read, so that it is these bytes that had that state.
        settled_since = time.time_ns() - COARSEST_TICK
        settled = list_files(fresh, fresh_since=settled_since), list_files(ours, fresh_since=settled_since)
        if self.look(fresh) != fresh or self.look(ours) != ours:
            return
        if settled_since > self._fresh_since and len(told) == len(fresh):
            self._fresh_since, site, ours = settled_since, site | settled[0], settled[1]
        # The run may have made the folders of its files, and removed those of others.
        folders = {parent for path in written for parent in _list_parents(path, question.root)}
        site = {path: row for path, row in site.items() if row != "folder" or os.path.isdir(path)}  # noqa: PTH112 - as below
        site |= {path: "folder" for path in folders if path not in site and not os.path.islink(path)}  # noqa: PTH114 - as below
        fresh_outputs = time.time_ns() - OUTPUT_TICK
        record = Record(
            key=question.key,
            since=question.now,
            until=until,
            fresh=self._fresh_since,
            fresh_outputs=fresh_outputs,
            outputs=list_files(written, fresh_since=fresh_outputs, written=outputs),
            ours=ours,
            others=list_files(sorted(others), fresh_since=self._fresh_since),
            answer=answer,
            dated=dict(dated),
            marks={},
        )
        write_record(question, record, to_rows(site), notes=notes)


def recall(arguments: Sequence[str], environment: Mapping[str, str]) -> Answer | Dated | Edit | None:
    """What a full run would print now, if that is certain; or what has been edited since it was."""
    question = read_question(arguments, environment)
    found = None if question is None else read_record(question)
    if question is None or found is None:
        return None
    record, before = found
    if question.now < record.since or (record.until is not None and question.now >= record.until):
        return None
    begun = time.time_ns()
    scanned = _scan(question)
    # Looked at once more without their bytes before these are read: so it is those bytes that had that state.
    stale = _look_at_stale(record, begun)
    site = describe_tree(scanned, skip={*record.outputs, *record.ours, *record.dated}, fresh_since=record.fresh)
    _looks[question.root, question.state] = _Look(begun, scanned, site)
    if (
        list_files(record.outputs, fresh_since=record.fresh_outputs) != record.outputs
        or list_files(record.ours, fresh_since=record.fresh) != record.ours
        or list_files(record.others, fresh_since=record.fresh) != record.others
    ):
        return None
    rows = to_rows(site)
    if shorten_rows(question, rows) != before:
        return _find_edit(question, record, before, site, rows)
    del _looks[question.root, question.state]
    _refresh(question, record, _Look(begun, scanned, site), stale)
    return Dated(record.answer, record.dated, question.moment) if record.dated else record.answer


def _find_edit(question: Question, record: Record, before: bytes, site: dict[str, str], now: bytes) -> Edit | None:
    notes = read_notes(question, record)
    if not notes or not is_whole(record, before):
        return None
    rows = from_rows(before)
    if rows.keys() != site.keys():
        return None
    edited = tuple(path for path, row in site.items() if rows[path] != row)
    if all(is_file(rows[path]) and is_file(site[path]) for path in edited):
        return Edit(question=question, files=edited, record=record, notes=notes, rows=now)
    return None


def _look_at_stale(record: Record, begun: int) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """What was told by its bytes, but for the site, as it looks by now."""
    ticks = (record.outputs, OUTPUT_TICK), (record.ours, COARSEST_TICK), (record.others, COARSEST_TICK)
    outputs, ours, others = (
        list_files(filter(lambda path: is_told_by_bytes(rows[path]), rows), fresh_since=begun - tick)
        for rows, tick in ticks
    )
    return outputs, ours, others


def _refresh(
    question: Question,
    record: Record,
    look: _Look,
    stale: tuple[dict[str, str], dict[str, str], dict[str, str]],
) -> None:
    """Keep the state of what is old enough by now instead of its bytes: after a checkout these are thousands of files.

    Each was looked at before its bytes were read, and those are still what they should be.
    """
    told = {path: look.scanned[path] for path, row in look.rows.items() if is_told_by_bytes(row)}
    site = describe_tree(told, skip=(), fresh_since=look.begun - COARSEST_TICK)
    rows = [row for one in (site, *stale) for row in one.values()]
    linked = any(isinstance(known, str) for known in told.values())
    if linked or all(map(is_told_by_bytes, rows)) or look.begun - COARSEST_TICK < record.fresh:
        return
    outputs, ours, others = stale
    record = record._replace(
        fresh=look.begun - COARSEST_TICK,
        fresh_outputs=look.begun - OUTPUT_TICK,
        outputs=record.outputs | outputs,
        ours=record.ours | ours,
        others=record.others | others,
    )
    write_record(question, record, to_rows(look.rows | site))


def _list_parents(path: str, root: str) -> list[str]:
    below = path.removeprefix(root).split("/")[1:-1]
    return [f"{root}/{'/'.join(below[: end + 1])}" for end in range(len(below))] if path.startswith(f"{root}/") else []


def _scan(question: Question) -> Scanned:
    return scan_tree(question.root, skip={question.state})
