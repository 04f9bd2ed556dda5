"""What the data files of a site that is a program say about it: the places where templates keep title and address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from feeds.loader.conventions.packages import SCRIPT_ENDINGS, Program, join_folders
from feeds.loader.datafiles import ENDINGS, read_value
from feeds.loader.files import read_loosely
from feeds.loader.js_settings import read_js_settings, read_js_values

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.loader.clues import Clues

# Files in which templates of these generators keep the site's title and address.
_FACT_FILES = (
    "siteMetadata", "site.config", "siteConfig", "site-config", "config", "consts", "constants", "site",
    "metadata", "site-metadata", "blog.config", "website-config",
)  # fmt: skip
_FACT_FOLDERS = (
    "",
    "src",
    "data",
    "config",
    "lib",
    "src/data",
    "src/config",
    "src/lib",
    "src/utils",
    "app",
    "src/app",
)
_SITE: Mapping[str, tuple[str, ...]] = {
    "title": (
        "title",
        "sitetitle",
        "site_title",
        "sitename",
        "site_name",
        "name",
        "blogtitle",
        "pagetitle",
        "headertitle",
    ),
    "url": (
        "siteurl",
        "site_url",
        "url",
        "website",
        "site",
        "baseurl",
        "base_url",
        "domain",
        "homepage",
        "hostname",
    ),
    "description": ("description", "sitedescription", "site_description", "desc", "tagline", "subtitle"),
    "language": ("language", "lang", "locale", "defaultlocale"),
    "timezone": ("timezone",),
    "logo": ("logo", "sitelogo"),
}


# Tables in such a file that are about the site as a whole.
_TABLES = ("site", "metadata", "i18n")


def note_table(clues: Clues, table: Mapping[str, Any], origin: str) -> None:
    """Takes the site's facts from a table under the names that they usually have."""
    lowered = {str(key).lower(): value for key, value in table.items()}
    for key, names in _SITE.items():
        for name in names:
            clues.note(key, lowered.get(name), origin)
    clues.note_author(lowered.get("author"), origin)


def read_facts(root: Path, program: Program) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The tables of the files that templates keep the site's facts in, and their constants (`SITE_TITLE`)."""
    for folder in _FACT_FOLDERS:
        for stem in _FACT_FILES:
            for ending in (*ENDINGS, *(f".{script}" for script in SCRIPT_ENDINGS)):
                name = program.below(join_folders(folder, f"{stem}{ending}"))
                file = root / name
                if not file.is_file():
                    continue
                if ending in ENDINGS:
                    value = read_value(file)
                    table = value if isinstance(value, Mapping) else {}
                    tables = (table, *(table.get(key) for key in _TABLES))
                    yield from ((name, found) for found in tables if isinstance(found, Mapping))
                    continue
                yield name, read_js_settings(file)
                values = read_js_values(read_loosely(file))
                yield name, {key.lower(): value for key, value in values.items() if key.isupper()}
                for table in values.values():
                    if isinstance(table, Mapping) and {
                        "title",
                        "name",
                        "url",
                        "siteUrl",
                        "website",
                        "siteTitle",
                    } & set(table):
                        yield name, table
