"""The day in a file's name or in those of its folders, as people write it where no generator says how."""

from __future__ import annotations

import re

from feeds.loader.convention import FileName
from feeds.loader.dates import date_in_name

# Files that stand for their folder.
INDEXES = frozenset({"index"})
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?!\d)")


def is_dated(inside: str) -> bool:
    """Whether `read_dated_name` finds a day, which for most names is told sooner.

    >>> is_dated("2024-05-17-name.md"), is_dated("2024/05/17/index.md"), is_dated("notes/about.md")
    (True, True, False)
    """
    stem = inside.rpartition("/")[2].rpartition(".")[0]
    return date_in_name(stem) is not None or read_dated_name(inside).day is not None


def read_dated_name(inside: str) -> FileName:
    """The slug and the day in a file's name, or else in the names of its folders, the nearest first.

    `inside` is its path below the folder of posts.
    """
    *folders, last = inside.split("/")
    stem = last.rpartition(".")[0]
    parts = [*folders] if stem.lower() in INDEXES and folders else [*folders, stem]
    own = date_in_name(parts[-1])
    if own is not None:
        return FileName(slug=own[1] or parts[-1], day=own[0], folders=tuple(parts[:-1]))
    # 2024/05/17.md, 2024/05/17-name.md and 2024/05-17-name.md: the folders begin the date, and the name ends it.
    for count in (3, 2):
        whole = "-".join(parts[-count:])
        if _DAY.match(whole) and (dated := date_in_name(whole)) is not None:
            return FileName(slug=dated[1] or parts[-1], day=dated[0], folders=tuple(parts[:-1]))
    for count in range(len(parts) - 1, 0, -1):
        # 2024/05/17/name.md: the numbers of the folders, put together as far as they are a date.
        for start in range(max(0, count - 3), count):
            found = date_in_name("-".join(parts[start:count]))
            if found is not None and not found[1]:
                return FileName(slug=parts[-1], day=found[0], folders=tuple(parts[:-1]))
        found = date_in_name(parts[count - 1])
        if found is not None:
            return FileName(slug=parts[-1], day=found[0], folders=tuple(parts[:-1]))
    return FileName(slug=parts[-1], folders=tuple(parts[:-1]))
