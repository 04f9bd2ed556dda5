"""An answer as it is kept: what it held for, and how everything looked that it was made from.

Rows of files are kept beside the record and compared as they are, since most runs find them unchanged.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.cache.question import Question


class Answer(NamedTuple):
    """What a command prints, and how it leaves."""

    out: str
    err: str
    status: int


class Record(NamedTuple):
    """An answer, from when and until when it holds, and the files that were written or may have been read.

    `fresh` and `fresh_outputs` say from when on a file is told by its bytes. `ours` is what the run may have changed
    besides its outputs, `others` what it read outside of the site. `dated` are outputs that have the moment of the run
    in them, with a hash of all the rest. `marks` are for whoever has made the notes. `site` and `notes` are hashes of
    what is kept beside the record.
    """

    key: str
    since: float
    until: float | None
    fresh: int
    fresh_outputs: int
    outputs: dict[str, str]
    ours: dict[str, str]
    others: dict[str, str]
    answer: Answer
    dated: dict[str, str]
    marks: dict[str, str]
    site: str = ""
    notes: str = ""


def to_rows(rows: Mapping[str, str]) -> bytes:
    """A listing as it is kept: the same bytes for the same rows."""
    # Neither a path nor what a link leads to can have this character in it.
    return "\0".join([text for row in sorted(rows.items()) for text in row]).encode("utf-8", "surrogatepass")


def from_rows(data: bytes) -> dict[str, str]:
    """The listing."""
    texts = data.decode("utf-8", "surrogatepass").split("\0")
    return dict(zip(texts[::2], texts[1::2], strict=True)) if data else {}


def shorten_rows(question: Question, rows: bytes) -> bytes:
    """The rows of the site as they are kept: whole where a build looks for what was edited, else as a hash."""
    return rows if question.command == "build" else _hash(rows).encode()


def read_record(question: Question) -> tuple[Record, bytes] | None:
    """The record for the question, with the rows of the site; None if the last one is for another, or is not whole.

    The rows are not checked: those that are what they should be need no check, and `is_whole` does it for others.
    """
    try:
        with open(question.file, "rb") as file:  # noqa: PTH123 - pathlib takes as long as all the rest
            digest, _, rest = file.read().partition(b"\n")
    except OSError:
        return None
    data, _, rows = rest.partition(b"\n")
    if digest != _hash(data).encode():
        return None
    values = json.loads(data)
    # Another program may have kept other things.
    if values.get("key") != question.key:
        return None
    return Record(**values | {"answer": Answer(*values["answer"])}), rows


def is_whole(record: Record, rows: bytes) -> bool:
    """Whether the rows are those that were kept with the record."""
    return record.site == _hash(rows)


def read_notes(question: Question, record: Record) -> bytes:
    """The notes that were kept with the record, none if others stand in their place."""
    try:
        with open(question.notes, "rb") as file:  # noqa: PTH123 - as above
            notes = file.read()
    except OSError:
        return b""
    return notes if record.notes == _hash(notes) else b""


def write_record(question: Question, record: Record, rows: bytes, *, notes: bytes | None = None) -> None:
    """Keep the record, the rows of the site and the notes; None leaves those that are there."""
    if notes is not None:
        record = record._replace(notes=_hash(notes) if notes else "")
    rows = shorten_rows(question, rows)
    data = json.dumps(record._replace(site=_hash(rows))._asdict()).encode()
    # A state folder that cannot be written costs time and nothing else.
    with contextlib.suppress(OSError):
        if notes:
            _write(question.notes, notes)
        _write(question.file, b"%s\n%s\n%s" % (_hash(data).encode(), data, rows))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _write(path: str, data: bytes) -> None:
    folder, name = os.path.split(path)
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
    # Two processes never share a temporary file; the last rename wins, and either record is whole.
    temporary = f"{folder}/.{name}.{os.getpid()}"
    with open(temporary, "wb") as file:  # noqa: PTH123 - as above
        file.write(data)
    os.replace(temporary, path)  # noqa: PTH105 - as above
