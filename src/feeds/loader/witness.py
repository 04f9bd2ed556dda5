"""What a site as a whole was judged by: an edit of such a file may change what holds for all."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


Answer = TypeVar("Answer", bool, str)


class Witness:
    """While it is entered, the whole path of every file that this process opens goes into `seen`.

    `answers` has the last answer to each question (by its module and name) about a file: an edit of a file that nothing
    else was wanted of matters if it changes one.
    """

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.answers: dict[tuple[str, str], bool | str] = {}
        self._looking = False
        self._hooked = False

    def __enter__(self) -> None:
        if not self._hooked:
            sys.addaudithook(self._note)
            self._hooked = True
        self._looking = True

    def __exit__(self, *_: object) -> None:
        self._looking = False

    def ask(self, question: Callable[[Path], Answer], path: Path) -> Answer:
        """The answer to a question, a function of a module, about the file."""
        looking, self._looking = self._looking, False
        answer = question(path)
        self._looking = looking
        name = f"{question.__module__}:{question.__qualname__}"
        self.answers[name, os.path.abspath(path)] = answer  # noqa: PTH100 - as below
        return answer

    def ask_again(self, name: str, path: Path) -> bool | str:
        """The answer now to the question of that name in `answers`. Raises LookupError for one that is not ours."""
        module, _, function = name.partition(":")
        if not module.startswith("feeds.loader."):
            raise LookupError(name)
        answer: bool | str = getattr(import_module(module), function)(path)
        return answer

    def note(self, path: str | os.PathLike[str]) -> None:
        """Count a file that was looked at without being opened."""
        self.seen.add(os.path.abspath(path))  # noqa: PTH100 - `resolve` would follow links, and listings do not

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._looking and event == "open" and isinstance(arguments[0], str):
            self.note(arguments[0])


# There is one for all sites, since Python forgets no hook; what was once seen counts for the rest of the process.
JUDGED = Witness()
