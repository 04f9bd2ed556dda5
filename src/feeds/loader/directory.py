"""The people whom a site's data files know, by the keys that posts name them by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from feeds.errors import ConfigError, PostError
from feeds.loader.datafiles import read_data
from feeds.loader.files import decode_text, walk_files
from feeds.loader.headers import read_header
from feeds.loader.keys import fold_key
from feeds.loader.people import plain_text
from feeds.models import Person

_NAMES = ("name", "fullname", "displayname", "displayas", "title", "author")
_EMAILS = ("email", "mail", "emailaddress")
_URLS = ("url", "website", "web", "site", "homepage", "link", "uri", "permalink", "blog")
_KEYS = ("key", "id", "slug", "username", "nick", "nickname", "shortname", "handle", "github")
DATA = (".yml", ".yaml", ".json", ".toml")


def read_people_file(path: Path) -> dict[str, Person]:
    """The people of a data file: a table of tables by key, or a list of tables with a key among their fields.

    Raises ConfigError if the file cannot be read.
    """
    return make_directory(read_data(path))


def read_people_folder(root: Path, folder: str) -> dict[str, Person]:
    """The people of a folder with a file for each, by the name of the file (or of its folder, for an index file)."""
    people: dict[str, Person] = {}
    for source in walk_files(root, folder):
        stem, dot, extension = source.rpartition("/")[2].rpartition(".")
        key = source.split("/")[-2] if stem in {"index", "_index"} else stem.split(".")[0]
        fields: Any = None
        try:
            if dot + extension in DATA:
                fields = read_data(root / source)
            elif extension in {"md", "markdown", "mdx", "html"}:
                fields = read_header(decode_text((root / source).read_bytes(), source)[0]).fields
        except (ConfigError, PostError):
            continue  # a page about a person may be broken without breaking the posts; `check` reads posts
        if isinstance(fields, Mapping) and (person := make_person(fields, name=None)) is not None:
            people.setdefault(key, person)
            for said in _said_keys(fields):
                people.setdefault(said, person)
    return people


def make_directory(data: Any) -> dict[str, Person]:
    """The people in parsed data, by key."""
    people: dict[str, Person] = {}
    if isinstance(data, Mapping) and set(data) == {"authors"}:  # Material for MkDocs, and others
        data = data["authors"]
    if isinstance(data, Mapping):
        for key, fields in data.items():
            if isinstance(fields, Mapping) and (person := make_person(fields, name=str(key))) is not None:
                people[str(key)] = person
            elif isinstance(fields, str) and fields.strip():
                people[str(key)] = Person(name=plain_text(fields))
    elif isinstance(data, list):
        for fields in data:
            if isinstance(fields, Mapping) and (person := make_person(fields, name=None)) is not None:
                for key in (*_said_keys(fields), person.name):
                    people.setdefault(key, person)
    return people


def make_person(fields: Mapping[str, Any], *, name: str | None) -> Person | None:
    """The person that a table describes; `name` where the table says none. None if nobody is described."""
    folded = {fold_key(str(key)): value for key, value in fields.items()}
    said = _first_text(folded, _NAMES) or name
    if said is None:
        return None
    email = _first_text(folded, _EMAILS)
    url = _first_text(folded, _URLS)
    return Person(
        name=plain_text(said),
        email=email if email and "@" in email else None,
        url=url if url and "://" in url else None,
    )


def _said_keys(fields: Mapping[str, Any]) -> list[str]:
    folded = {fold_key(str(key)): value for key, value in fields.items()}
    return [str(folded[key]).strip() for key in _KEYS if isinstance(folded.get(key), str | int) and str(folded[key]).strip()]


def _first_text(fields: Mapping[str, Any], names: Iterable[str]) -> str | None:
    return next((value.strip() for name in names if isinstance(value := fields.get(name), str) and value.strip()), None)
