"""The people whom a site's data files know, by the keys that posts name them by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from feeds.errors import ConfigError, PostError
from feeds.loader.datafiles import read_text, read_value
from feeds.loader.files import decode_text, read_bytes
from feeds.loader.folders import walk_files
from feeds.loader.headers import read_header
from feeds.loader.js_settings import read_js_settings, read_js_values
from feeds.loader.keys import find_field
from feeds.loader.people import read_people

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from feeds.models import Person

_NAMES = ("name", "displayname", "fullname", "firstname")
PEOPLE = ("authors", "author", "people", "team")
DATA = ("yml", "yaml", "json", "toml")
_ABOUT_PEOPLE = re.compile(
    rf"(?:[\w-]*authors?[\w-]*|people|team|members|contributors|writers|staff)\.(?:{'|'.join(DATA)})", re.IGNORECASE
)


def read_people_files(root: Path, *stems: str) -> dict[str, Person]:
    """The people of the first data file under one of `stems` (paths without ending) that knows anybody.

    Raises ConfigError if it cannot be read.
    """
    for stem in stems:
        for ending in DATA:
            file = root / f"{stem}.{ending}"
            if file.is_file() and (people := read_people(read_value(file))):
                return people
    return {}


def read_people_data(root: Path, folder: str) -> dict[str, Person]:
    """The people of every file in a folder of data that is called as such files are: `authors.yml`, `all_authors.json`.

    Of two that know a key, the more plainly called wins. Raises ConfigError for such a one that cannot be read; one
    with a longer name may be about other things.
    """
    try:
        names = [file.name for file in (root / folder).iterdir() if _ABOUT_PEOPLE.fullmatch(file.name)]
    except OSError:
        return {}
    stems = {name: name.rpartition(".")[0].lower() for name in names}
    people: dict[str, Person] = {}
    for name in sorted(names, key=lambda name: (PEOPLE.index(stem) if (stem := stems[name]) in PEOPLE else 9, name)):
        try:
            people = read_people(read_value(root / folder / name)) | people
        except ConfigError:
            if stems[name] in PEOPLE:
                raise
    return people


def find_people(root: Path, places: Iterable[str], *, posts: str) -> dict[str, Person]:
    """The people of the first data file, and those of the first folder with a file for each, in `places`.

    Both are called as such things are (`authors.yml`, `people/`, `authors.ts` as far as it is data); the folder of
    `posts` holds none.
    """
    stems = [f"{place}/{name}".lstrip("/") for place in dict.fromkeys(places) for name in PEOPLE]
    people = read_people_files(root, *stems) or _read_people_modules(root, stems)
    folder = next((stem for stem in stems if stem != posts and (root / stem).is_dir()), None)
    return people if folder is None else read_people_folder(root, folder) | people


def _read_people_modules(root: Path, stems: Iterable[str]) -> dict[str, Person]:
    """The people that the first module under one of `stems` exports or has in a constant called like it."""
    for stem in stems:
        for ending in ("ts", "js", "mjs", "tsx"):
            file = root / f"{stem}.{ending}"
            if file.is_file():
                found = read_js_values(read_text(file))
                tables = (value for name, value in found.items() if name.lower().endswith(PEOPLE))
                for table in (read_js_settings(file), *tables):
                    if people := read_people(table):
                        return people
    return {}


def read_people_folder(root: Path, folder: str) -> dict[str, Person]:
    """The people of a folder with a file for each, under the file's name (the folder's, for an index file).

    A file that cannot be read tells of nobody.
    """
    tables: dict[str, Any] = {}
    for source in walk_files(root, folder):
        stem, _, ending = source.rpartition("/")[2].rpartition(".")
        inside = source[len(folder) :].strip("/").split("/")
        stem = stem.partition(".")[0]  # index.de.md
        if stem in {"index", "_index"}:
            inside.pop()
        if not inside:  # the folder's own page
            continue
        key = inside[-1] if stem in {"index", "_index"} else stem
        try:
            if ending in DATA:
                fields = read_value(root / source)
            elif ending in {"md", "markdown", "mdx", "html"}:
                fields = read_header(decode_text(read_bytes(root / source), source)[0]).fields
            else:
                continue
        except (ConfigError, PostError):
            continue
        if isinstance(fields, Mapping):
            title = fields.get("title")
            if isinstance(title, str) and not find_field(fields, _NAMES)[0]:
                fields = {**fields, "name": title}  # the page is called like its person
            tables.setdefault(key, fields)
            if isinstance(short := fields.get("short_name"), str):  # Jekyll's own step-by-step tutorial
                tables.setdefault(short, fields)
    return read_people(tables)
