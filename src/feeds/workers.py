"""The same work for many values, in as many processes as there are cores; what comes back is in the values' order."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future
    from multiprocessing.sharedctypes import Synchronized

Value = TypeVar("Value")
Result = TypeVar("Result")

ENOUGH = 400  # values; with fewer, starting processes takes longer than it saves
CHUNK = 50
AHEAD = 3  # chunks that each process may be ahead of whoever asks

_number: int | None = None
_job: tuple[Callable[[Any], Any], Sequence[Any], int] | None = None


def map_ordered(
    work: Callable[[Value], Result], values: Sequence[Value], *, enough: int | None = None, chunk: int | None = None
) -> Iterator[Result]:
    """`work` of each value, in order. It must depend on its value alone, and what it returns must be picklable.

    Fewer than `enough` values stay in this process; as many as `chunk` go to another at a time.

    The processes are copies of this one, so that neither `work` nor the values travel; only this process sees what
    `work` raises, since it does again what failed in another.
    """
    done = 0
    if is_shared(len(values), enough=enough):
        for results in _map_in_processes(work, values, chunk or CHUNK):
            if results is None:
                break
            done += len(results)
            yield from results
    for value in values[done:]:
        yield work(value)


def is_shared(count: int, *, enough: int | None = None) -> bool:
    """Whether `map_ordered` gives so many values to other processes."""
    return count >= (enough or ENOUGH) and count_cores() > 1 and _may_fork()


def count_cores() -> int:
    """How many processes of ours may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def get_number() -> int | None:
    """Which of the processes that share some work this one is, from 0; None for the one that shares it out."""
    return _number


def _may_fork() -> bool:
    # A copy of a process with threads may be born with a lock that nobody will ever open.
    return hasattr(os, "fork") and threading.active_count() == 1


def _map_in_processes(work: Callable[[Any], Any], values: Sequence[Any], chunk: int) -> Iterator[list[Any] | None]:
    """The results by chunks; None, and nothing after it, where a chunk failed or a process died."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    global _job  # noqa: PLW0603 - it is how a forked process inherits what cannot be pickled
    _job = work, values, chunk
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(count_cores(), mp_context=context, initializer=_begin, initargs=(context.Value("i"),))
    try:
        waiting: deque[Future[list[Any] | None]] = deque()
        for start in range(0, len(values), chunk):
            waiting.append(pool.submit(_do_chunk, start))
            # What is done and not yet asked for waits in memory: there must not be much of it.
            if len(waiting) >= AHEAD * count_cores():
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        yield None
    finally:
        pool.shutdown(cancel_futures=True)
        _job = None


def _begin(count: Synchronized[int]) -> None:
    """Take the next number, and leave Ctrl-C to the process that started this one."""
    global _number  # noqa: PLW0603 - a process has one
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with count.get_lock():
        _number = count.value
        count.value += 1


def _do_chunk(start: int) -> list[Any] | None:
    assert _job is not None
    work, values, chunk = _job
    try:
        return [work(value) for value in values[start : start + chunk]]
    except Exception:  # noqa: BLE001 - the process that asked meets it again, and raises it with its own traceback
        return None
