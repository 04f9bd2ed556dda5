"""Where an Eleventy site's settings are and what they say: https://www.11ty.dev/docs/config/."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feeds.loader.conventions.packages import Program, find_program, read_package, read_program_settings
from feeds.loader.datafiles import read_text
from feeds.loader.folders import walk_files
from feeds.loader.js_settings import read_js_values

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.loader.clues import Clues

_INPUTS = ("src", "content", "site", "source", "_src", "website")
_SITE: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "name", "sitename"),
    "url": ("url", "baseurl", "siteurl", "homepage", "domain", "base"),
    "description": ("description", "tagline", "subtitle"),
    "language": ("language", "lang", "locale"),
    "timezone": ("timezone",),
}


def find_eleventy(root: Path) -> Program | None:
    """The program, by its settings file or its dependency; None if there is none."""
    return find_program(
        root, settings=(".eleventy", "eleventy.config"), packages=("@11ty/eleventy", "@11ty/build-awesome")
    )


def read_settings(root: Path, program: Program) -> Mapping[str, Any]:
    """What the settings function returns, or the `config` that version 3 exports beside it."""
    if not program.settings:
        return {}
    exported = read_js_values(read_text(root / program.settings)).get("config")
    return exported if isinstance(exported, dict) else read_program_settings(root, program)


def find_input(root: Path, program: Program, settings: Mapping[str, Any]) -> str:
    """The input folder: of the settings, of a script (`eleventy --input=src`), or one that has templates."""
    text = read_text(root / program.settings) if program.settings else ""
    folders = settings.get("dir")
    if isinstance(folders, Mapping) and isinstance(said := folders.get("input"), str):
        return said
    if found := re.search(r"setInputDirectory\(\s*[\"'`]([^\"'`]+)", text):
        return found[1]
    scripts = read_package(root / program.folder).get("scripts")
    for script in scripts.values() if isinstance(scripts, Mapping) else ():
        if isinstance(script, str) and (found := re.search(r"eleventy\b[^&|;]*--input[= ](\S+)", script)):
            return found[1].strip("\"'")
    if settings and not re.search(r"\binput\b\s*[:,}]", text):  # the default, as nothing says otherwise
        return ""
    return _guess_input(root, program)


def _guess_input(root: Path, program: Program) -> str:
    """The folder with the includes or the data, which are below the input by default, else one that has templates."""
    for folder in ("src/site", *_INPUTS):
        if any((root / program.below(folder) / name).is_dir() for name in ("_includes", "_data", "_layouts")):
            return folder
    for folder in _INPUTS:
        here = root / program.below(folder)
        if here.is_dir() and any(name.endswith((".md", ".njk", ".liquid")) for name in walk_files(here)):
            return folder
    return ""


def read_prefix(settings: Mapping[str, Any]) -> str:
    """The path below the domain, with a slash before it: https://www.11ty.dev/docs/config/#deploy-to-a-subdirectory."""
    prefix = settings.get("pathPrefix")
    return f"/{prefix.strip('/')}" if isinstance(prefix, str) and prefix.strip("/") else ""


def drop_blogs_path(clues: Clues, folder: str) -> None:
    """The site's address without a path that is the blog's own page, as its folder below the input is called.

    Addresses begin at the domain whatever path `metadata.url` has, for the feed's plugin resolves them against it.
    """
    parts = urlsplit(clues.site.get("url", ""))
    if parts.path.strip("/") and parts.path.strip("/") == folder.partition("/")[0]:
        clues.site["url"] = parts._replace(path="/").geturl()


def note_data(clues: Clues, found: Mapping[str, Any], origin: str) -> None:
    """Takes the site's facts from a global data file."""
    lowered = {str(key).lower(): value for key, value in found.items()}
    for key, names in _SITE.items():
        for name in names:
            clues.note(key, lowered.get(name), origin)
    clues.note_author(lowered.get("author"), origin)
