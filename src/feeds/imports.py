"""What is imported when it is asked for: many runs need little of it, and each import takes time."""

from __future__ import annotations

import contextlib
import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


def import_when_asked(package: str, homes: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """The `__getattr__` of a package (PEP 562) whose `homes` are the names in each of its modules.

    It raises AttributeError for any other name.
    """
    modules = {name: module for module, names in homes.items() for name in names}

    def get(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{modules[name]}"), name)

    return get


@contextlib.contextmanager
def postpone_import(name: str) -> Iterator[None]:
    """Within the block, whoever imports the module gets one in its place, which imports it once it is asked for a name.

    This is for a library that imports another one with its first lines and needs it for what is never asked of it.
    Python's own way (`importlib.util.LazyLoader`) does not do: an import statement alone sets it off in Python 3.11. A
    module that is there already stays.
    """
    if name in sys.modules:
        yield
        return
    stand_in = ModuleType(name)

    def withdraw() -> None:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]

    def ask(wanted: str) -> Any:
        withdraw()
        return getattr(import_module(name), wanted)

    stand_in.__dict__["__getattr__"] = ask  # PEP 562
    sys.modules[name] = stand_in
    try:
        yield
    finally:
        withdraw()
