"""The same work for many values, in as many processes as there are cores; what comes back is in the values' order."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection

Value = TypeVar("Value")
Result = TypeVar("Result")

ENOUGH = 400  # values; with fewer, starting processes takes longer than it saves
CHUNK = 20
AHEAD = 3  # chunks that each process may be ahead of whoever asks

_number: int | None = None


def map_ordered(
    work: Callable[[Value], Result],
    values: Sequence[Value],
    *,
    enough: int | None = None,
    chunk: int | None = None,
) -> Iterator[Result]:
    """`work` of each value, in order. It must depend on its value alone, and what is handed over must be picklable.

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


def map_together(
    work: Callable[[Sequence[Value]], Iterable[Result]], values: Sequence[Value], *, batch: int
) -> Iterator[Result]:
    """`map_ordered` for work that takes less time for some values together: it gets `batch` of them at a time."""
    batches = [values[at : at + batch] for at in range(0, len(values), batch)]
    # Whether it is enough is a matter of the values.
    enough = 1 if is_shared(len(values)) else len(batches) + 1
    return chain.from_iterable(map_ordered(work, batches, enough=enough, chunk=1))


def begin(work: Callable[[], Result]) -> Callable[[], Result]:
    """`work` begun in another process, for whoever has other things to do meanwhile; what comes back gives its result.

    Where no process can be started, or it fails, the work is done when the result is asked for, which is once. Nothing
    that holds a file or a database open may be used by both.
    """
    if count_cores() == 1 or not _may_fork():
        return work
    import multiprocessing

    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    # One that nobody asks ends with this process.
    process = context.Process(target=_tell, args=(ours, theirs, work), daemon=True)
    process.start()
    theirs.close()

    def ask() -> Result:
        try:
            result: Result = ours.recv()
        except (EOFError, OSError):
            result = work()
        process.join()
        return result

    return ask


@contextlib.contextmanager
def stand_by(
    get_ready: Callable[[], object], work: Callable[[Value], Result]
) -> Iterator[Callable[[Value], Callable[[], Result]]]:
    """`work` as another process begins it, which gets ready for it at once, while this one finds out for which value.

    What is asked for one value gives the result, and is asked once and before another value is. Where no process can be
    started, or it fails, the work is done here, and so what it raises is raised here. So it is where a value or what
    comes of it cannot be pickled. The other process ends with the block.
    """
    if count_cores() == 1 or not _may_fork():
        yield lambda value: partial(work, value)
        return
    import pickle

    failures = AttributeError, EOFError, OSError, TypeError, pickle.PickleError

    questions, asking = os.pipe()
    answers, answering = os.pipe()
    process = os.fork()
    if not process:
        os.close(asking)  # else it would never be told that nobody asks any more
        os.close(answers)
        _answer(questions, answering, get_ready, work)
    os.close(questions)
    os.close(answering)

    def ask(value: Value) -> Callable[[], Result]:
        try:
            with os.fdopen(asking, "wb", closefd=False) as line:
                pickle.dump(value, line)
        except failures:
            return partial(work, value)

        def hear() -> Result:
            try:
                result: Result = pickle.load(heard)  # noqa: S301 - from a copy of this process
            except failures:
                return work(value)
            return result

        return hear

    try:
        with os.fdopen(answers, "rb") as heard:
            yield ask
    finally:
        os.close(asking)
        # It holds nothing that anybody else could see, whatever it is at.
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


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
    from multiprocessing.connection import wait

    def do_chunk(start: int) -> list[Any] | None:
        try:
            return [work(value) for value in values[start : start + chunk]]
        except Exception:  # noqa: BLE001 - the process that asked meets it again, and raises it with its own traceback
            return None

    starts = iter(range(0, len(values), chunk))
    made: dict[int, tuple[Connection, list[Any] | None]] = {}
    with _start_processes(do_chunk) as lines:
        try:
            for line in lines * AHEAD:
                _ask(line, starts)
            for start in range(0, len(values), chunk):
                while start not in made:
                    for line in cast("list[Connection]", wait(lines)):
                        at, results = line.recv()
                        made[at] = line, results
                line, results = made.pop(start)
                # What is done and not yet asked for waits in memory: there must not be much of it.
                _ask(line, starts)
                yield results
        except (EOFError, OSError):
            yield None


def _ask(line: Connection, starts: Iterator[int]) -> None:
    if (start := next(starts, None)) is not None:
        line.send(start)


@contextlib.contextmanager
def _start_processes(do: Callable[[int], Any]) -> Iterator[list[Connection]]:
    """Processes that end with the block, and the line to each, which `do`es what it is sent."""
    import multiprocessing

    context = multiprocessing.get_context("fork")
    lines: list[Connection] = []
    processes = []
    try:
        for number in range(count_cores()):
            ours, theirs = context.Pipe()
            lines.append(ours)
            # One whose results nobody takes any more ends with this process.
            processes.append(context.Process(target=_serve, args=(number, theirs, lines, do), daemon=True))
            processes[-1].start()
            theirs.close()
        yield lines
    finally:
        for line in lines:
            line.close()
        for process in processes:
            process.join()


def _tell(other: Connection, line: Connection, work: Callable[[], Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    other.close()  # else it would wait for ever for one that is gone
    # Whoever asked meets what the work raises when it is done again there.
    with contextlib.suppress(Exception):
        line.send(work())


def _answer(questions: int, answers: int, get_ready: Callable[[], object], work: Callable[[Any], Any]) -> NoReturn:
    """Do the work for each value that is asked, in a process of its own, which ends where that fails."""
    import pickle

    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        get_ready()
        with os.fdopen(questions, "rb") as asked, os.fdopen(answers, "wb") as line:
            while True:
                line.write(pickle.dumps(work(pickle.load(asked))))  # noqa: S301 - as in `stand_by`
                line.flush()
    finally:
        # Whoever asked meets what was raised when it does the work itself; what is buffered here is its own to print.
        os._exit(0)


def _serve(number: int, line: Connection, others: Sequence[Connection], do: Callable[[int], Any]) -> None:
    """Answer for as long as the process that started this one asks, and leave Ctrl-C to it."""
    global _number  # noqa: PLW0603 - a process has one
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in others:  # else nobody would notice when the one that asks is gone
        other.close()
    _number = number
    with contextlib.suppress(EOFError, OSError):
        while True:
            start = line.recv()
            line.send((start, do(start)))
