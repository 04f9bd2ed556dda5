"""What the processes that share some work hand over in bulk: bytes in files without a name.

Through a pipe they would be copied four times, and all at once. The files are gone with the last process that has them.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import weakref
from itertools import accumulate, repeat
from typing import TYPE_CHECKING

from feeds import workers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from io import FileIO

# The number of a file, and the first byte and the number of bytes in it.
Place = tuple[int, int, int]


class Scratch:
    """One file for each of the processes that share the next work; made before it begins."""

    def __init__(self) -> None:
        self._files: list[FileIO] = []
        with contextlib.suppress(OSError):  # no room, or no folder for what is temporary: then nothing is handed over
            for _ in range(workers.count_cores()):
                self._files.append(tempfile.TemporaryFile(buffering=0))  # noqa: SIM115 - closed below
        weakref.finalize(self, _close_all, self._files)

    @property
    def is_open(self) -> bool:
        """Whether this process has a file of its own: it is one of those that share the work."""
        return self._find_own() is not None

    def put(self, pieces: Sequence[bytes]) -> list[Place] | None:
        """Where each of the pieces lies now; None if this process has no file, or there is no room for them."""
        number = self._find_own()
        if number is None:
            return None
        file = self._files[number]
        try:
            start = file.seek(0, os.SEEK_END)
            written = file.write(b"".join(pieces))
        except OSError:
            return None
        ends = list(accumulate(map(len, pieces), initial=start))
        return list(zip(repeat(number), ends, map(len, pieces), strict=False)) if start + written == ends[-1] else None

    def _find_own(self) -> int | None:
        number = workers.get_number()
        return number if number is not None and number < len(self._files) else None

    def take(self, place: Place) -> bytes:
        """The bytes that a process, which has said where, has put there."""
        number, start, length = place
        return os.pread(self._files[number].fileno(), length, start)


def _close_all(files: Iterable[FileIO]) -> None:
    for file in files:
        file.close()
