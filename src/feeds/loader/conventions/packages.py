"""What package.json (as npm documents it) tells of a site that a JavaScript program builds."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feeds.errors import ConfigError
from feeds.loader.datafiles import read_data
from feeds.loader.js_settings import read_js_settings

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.loader.clues import Clues

# Where a repository keeps its site when the site is not all that is in it.
FOLDERS = ("", "website", "site", "web", "www", "docs", "blog")
# Where several packages share a repository.
WORKSPACES = ("apps", "packages", "sites")
SCRIPT_ENDINGS = ("js", "ts", "mjs", "mts", "cjs", "cts")
# What another generator has in the site's own folder; a program further down is then not what makes the site.
_OTHERS = (
    "_config.yml", "_posts", "hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config.yaml",
    "mkdocs.yml", "conf.py", "pelicanconf.py", "archetypes",
)  # fmt: skip
_HOSTS_OF_CODE = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org"})
_DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies")


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A site that is a program: the folder it is in ("" for the site's own), and what shows it.

    `settings` is its settings file, if it has one, as a path below the site.
    """

    folder: str
    evidence: str
    settings: str | None = None

    def below(self, path: str) -> str:
        """`path`, which is relative to the program's folder, as a path below the site."""
        return join_folders(self.folder, path)

    def inside(self, path: str) -> str:
        """`path`, which is relative to the site, as a path below the program's folder."""
        return path[len(self.folder) :].strip("/")


def find_program(root: Path, *, settings: Iterable[str], packages: Iterable[str]) -> Program | None:
    """The first folder with a settings file of one of these names, else one that depends on a package."""
    alone = not any((root / name).exists() for name in _OTHERS)
    folders = [folder for folder in _list_folders(root) if (root / folder).is_dir()] if alone else [""]
    files = [f"{name}.{ending}" for name in settings for ending in SCRIPT_ENDINGS]
    for folder in folders:
        for file in files:
            if (root / folder / file).is_file():
                path = join_folders(folder, file)
                return Program(folder=folder, evidence=path, settings=path)
    wanted = frozenset(packages)
    for folder in folders:
        if wanted & _dependencies(read_package(root / folder)):
            return Program(folder=folder, evidence=join_folders(folder, "package.json"))
    return None


def join_folders(*paths: str) -> str:
    """The paths put together as one below the site, without `.` and `..`; "" for the site itself."""
    joined = posixpath.normpath("/".join(path for path in paths if path))
    return "" if joined in {".", "/"} else joined.strip("/")


def _list_folders(root: Path) -> Iterator[str]:
    yield from FOLDERS
    for group in WORKSPACES:
        try:
            yield from sorted(f"{group}/{entry.name}" for entry in (root / group).iterdir())
        except OSError:
            continue


def read_package(folder: Path) -> Mapping[str, Any]:
    """The table in package.json, {} if there is none or it cannot be read."""
    file = folder / "package.json"
    try:
        return read_data(file) if file.is_file() else {}
    except ConfigError:  # npm would say so; what we would learn from it is little
        return {}


def read_program_settings(root: Path, program: Program) -> dict[str, Any]:
    """What the program's settings file says as far as it is data; {} without one."""
    return read_js_settings(root / program.settings) if program.settings else {}


def note_package(clues: Clues, root: Path, folder: str = "") -> None:
    """Takes address, author and description from package.json: the last resort, being about the program."""
    for place in dict.fromkeys((folder, "")):
        package = read_package(root / place)
        origin = f"{place}/package.json" if place else "package.json"
        homepage = package.get("homepage")
        if isinstance(homepage, str) and not _is_about_code(homepage):
            clues.note("url", homepage, origin)
        author = package.get("author")
        if isinstance(author, str):
            author = re.sub(r"\s*[<(].*", "", author)
        clues.note_author(author, origin)
        if package.get("description"):
            clues.note("description", package["description"], origin)


def _dependencies(package: Mapping[str, Any]) -> frozenset[str]:
    tables = (package.get(key) for key in _DEPENDENCIES)
    return frozenset(name for table in tables if isinstance(table, Mapping) for name in table)


def _is_about_code(homepage: str) -> bool:
    """Whether the page is a repository's or, by its path, that of a package in a registry."""
    parts = urlsplit(homepage)
    return parts.hostname in _HOSTS_OF_CODE or parts.path.startswith("/package/")
