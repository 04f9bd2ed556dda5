"""What the processes that share some work hand over in bulk: bytes in files without a name.

Through a pipe they would be copied four times, and all at once. The files are gone with the last process that has them.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import weakref
from itertools import accumulate, pairwise, repeat
from typing import TYPE_CHECKING

from feeds import workers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from io import FileIO

# The number of a file, the first byte of some pieces in it, and how many bytes each of them has.
Place = tuple[int, int, tuple[int, ...]]


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

    def put(self, bundles: Sequence[Sequence[bytes]]) -> list[Place] | None:
        """Where the pieces of each bundle lie now; None if this process has no file, or there is no room for them."""
        number = self._find_own()
        if number is None:
            return None
        file = self._files[number]
        sizes = [tuple(map(len, bundle)) for bundle in bundles]
        try:
            start = file.seek(0, os.SEEK_END)
            written = file.write(b"".join(piece for bundle in bundles for piece in bundle))
        except OSError:
            return None
        ends = list(accumulate(map(sum, sizes), initial=start))
        return list(zip(repeat(number), ends, sizes, strict=False)) if start + written == ends[-1] else None

    def _find_own(self) -> int | None:
        number = workers.get_number()
        return number if number is not None and number < len(self._files) else None

    def take(self, place: Place) -> list[memoryview]:
        """The pieces that a process, which has said where, has put there."""
        number, start, sizes = place
        found = memoryview(os.pread(self._files[number].fileno(), sum(sizes), start))
        ends = list(accumulate(sizes, initial=0))
        return [found[begin:end] for begin, end in pairwise(ends)]


def _close_all(files: Iterable[FileIO]) -> None:
    for file in files:
        file.close()
