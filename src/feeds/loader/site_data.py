"""The data files that a post's template may show, read when one does: https://jekyllrb.com/docs/datafiles/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feeds.loader.datafiles import read_text, read_value

if TYPE_CHECKING:
    from pathlib import Path

# In the order in which Jekyll::DataReader would overwrite one by the other, the winner first.
ENDINGS = (".yml", ".yaml", ".json", ".tsv", ".csv")
_RANK = {ending: rank for rank, ending in enumerate(ENDINGS)}


@dataclass(frozen=True, slots=True)
class DataFolder(Mapping[str, Any]):
    """A folder of data files by their names without endings; a folder in it is a table like this.

    `root` is the site and `folder` a path below it. To look up a name raises ConfigError if its file cannot be read.
    """

    root: Path
    folder: str
    _read: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy for another process, which reads for itself."""
        return DataFolder, (self.root, self.folder)

    def __getitem__(self, name: str) -> Any:
        if name not in self._read:
            self._read[name] = self._read_file(name)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({_name(entry.stem) for entry in self._list_entries()}))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def list_sources(self, name: str) -> tuple[str, ...]:
        """The paths below the site at which a file for `name` is looked for."""
        there = [entry.name for entry in self._list_entries() if _name(entry.stem) == name]
        return tuple(sorted({f"{self.folder}/{file}" for file in [*there, *(name + ending for ending in ENDINGS)]}))

    def _read_file(self, name: str) -> Any:
        entries = [entry for entry in self._list_entries() if _name(entry.stem) == name]
        for entry in sorted(entries, key=lambda entry: (entry.is_dir(), _RANK.get(entry.suffix, 0))):
            if not entry.resolve().is_relative_to(self.root.resolve()):
                continue
            if entry.is_dir():
                return DataFolder(self.root, f"{self.folder}/{entry.name}")
            return _read_rows(entry) if entry.suffix in {".csv", ".tsv"} else read_value(entry)
        raise KeyError(name)

    def _list_entries(self) -> list[Path]:
        place = self.root / self.folder
        found = list(place.iterdir()) if place.is_dir() else []
        return [entry for entry in found if entry.is_dir() or entry.suffix in _RANK]


def _name(stem: str) -> str:
    return re.sub(r"\s+", "_", re.sub(r"[^\w\s-]+", "", stem))


def _read_rows(file: Path) -> list[dict[str, str]]:
    """The lines of a table, each by the names of its columns."""
    import csv

    delimiter = "\t" if file.suffix == ".tsv" else ","
    return [
        {str(key): str(value or "") for key, value in row.items()}
        for row in csv.DictReader(read_text(file).splitlines(), delimiter=delimiter)
    ]
