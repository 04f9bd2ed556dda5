"""Where the time of a run goes: what is done inside a phase counts for that phase alone."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PHASES = ("list", "parse", "render", "build", "write")

_spent: dict[str, float] = {}
_open: list[str] = []
_since = 0.0


@contextlib.contextmanager
def phase(name: str) -> Iterator[None]:
    """Counts the time until the end of the block for the phase `name`, and not for the one that it interrupts."""
    _settle()
    _open.append(name)
    try:
        yield
    finally:
        _settle()
        _open.pop()


def list_phases() -> dict[str, float]:
    """The seconds that each phase has taken in this process, in the order in which they come."""
    return {name: _spent.get(name, 0.0) for name in PHASES}


def _settle() -> None:
    global _since  # noqa: PLW0603 - there is one clock in a process
    now = time.perf_counter()
    if _open:
        _spent[_open[-1]] = _spent.get(_open[-1], 0.0) + now - _since
    _since = now
