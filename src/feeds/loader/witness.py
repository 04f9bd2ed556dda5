"""What a site as a whole was judged by: an edit of such a file may change what holds for all."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


Answer = TypeVar("Answer", bool, str)


class Witness:
    """While it is entered, the whole path of every file that the loader looks into goes into `seen`.

    `answers` has the last answer to each question (by its module and name) about a file: an edit of a file that nothing
    else was wanted of matters if it changes one.
    """

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.answers: dict[tuple[str, str], bool | str] = {}
        self._looking = False

    def __enter__(self) -> None:
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

    def add(self, other: Witness) -> None:
        """Count what another process has looked into and asked."""
        self.seen |= other.seen
        self.answers |= other.answers

    def look(self, path: Path) -> None:
        """Count a file that is about to be read, there or not, if the site is being judged."""
        if self._looking:
            self.note(path)

    def note(self, path: Path) -> None:
        """Count a file in any case."""
        self.seen.add(os.path.abspath(path))  # noqa: PTH100 - `resolve` would follow links, and listings do not


# There is one for all sites; what was once seen counts for the rest of the process.
JUDGED = Witness()
