"""Pelican's settings module, read as data: https://docs.getpelican.com/en/latest/settings.html."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

from feeds.errors import ConfigError
from feeds.loader.conventions.pelican_addresses import SLUG_REGEX_SUBSTITUTIONS
from feeds.loader.keys import is_false
from feeds.loader.python_settings import read_python_settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# publishconf.py imports the other and has the real SITEURL.
SETTINGS = ("publishconf.py", "pelicanconf.py", "settings.py", "pelican.conf.py", "conf.py", "config.py")
# Pelican's default (pelican/settings.py).
FILENAME_METADATA = r"(?P<date>\d{4}-\d{2}-\d{2}).*"


def read_settings(root: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """The settings of all modules, publishconf's word over the others', and the module that each is from."""
    settings: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for name in reversed(SETTINGS):
        if (root / name).is_file():
            read = {key: value for key, value in read_python_settings(root / name).items() if value not in ("", None)}
            settings |= read
            origins |= dict.fromkeys(read, name)
    return settings, origins


def find_content(root: Path, settings: Mapping[str, Any]) -> str:
    """The folder of content: PATH, or what is usual for it."""
    path = settings.get("PATH")
    if isinstance(path, str) and not path.startswith("/") and (root / path).is_dir():
        return posixpath.normpath(path) if posixpath.normpath(path) != "." else ""
    return next((folder for folder in ("content", "articles", "posts", "src") if (root / folder).is_dir()), "")


def read_options(settings: Mapping[str, Any], content: str) -> dict[str, Any]:
    """What reading one article needs of the settings. Raises ConfigError for a pattern that is none."""
    excluded = [
        *_paths(settings.get("ARTICLE_EXCLUDES"), ()),
        *_paths(settings.get("PAGE_PATHS"), ("pages",)),
    ]
    paths = _paths(settings.get("ARTICLE_PATHS"), ("",))
    subsites = settings.get("I18N_SUBSITES")
    pattern = settings.get("ARTICLE_URL") or settings.get("ARTICLE_SAVE_AS") or "{slug}.html"
    default = settings.get("DEFAULT_METADATA")
    extra = settings.get("EXTRA_PATH_METADATA")
    return {
        "url": pattern,
        "language_url": settings.get("ARTICLE_LANG_URL")
        or settings.get("ARTICLE_LANG_SAVE_AS")
        or "{slug}-{lang}.html",
        "paths": paths,
        "excluded": [path for path in excluded if path not in paths] if content else ["pages", "output", "themes"],
        "default_language": str(settings.get("DEFAULT_LANG") or "en"),
        "default_category": str(settings.get("DEFAULT_CATEGORY") or "misc"),
        "default_metadata": {str(key).lower(): value for key, value in default.items()}
        if isinstance(default, dict)
        else {},
        "extra_metadata": [
            (place, {str(key).lower(): value for key, value in table.items()})
            for place, table in (extra.items() if isinstance(extra, dict) else ())
            if isinstance(place, str) and isinstance(table, dict)
        ],
        "folder_is_category": not is_false(settings.get("USE_FOLDER_AS_CATEGORY")),
        "filename_metadata": _read_pattern(settings, "FILENAME_METADATA", FILENAME_METADATA),
        "path_metadata": _read_pattern(settings, "PATH_METADATA", ""),
        "slug_source": str(settings.get("SLUGIFY_SOURCE") or "title"),
        "slug_case": bool(settings.get("SLUGIFY_PRESERVE_CASE")),
        "slug_unicode": bool(settings.get("SLUGIFY_USE_UNICODE")),
        "substitutions": _read_substitutions(settings),
        "lists": {kind: _find_list(settings, kind) for kind in ("tag", "category", "author")},
        "subsites": sorted(subsites) if isinstance(subsites, dict) else [],
        "future": settings.get("WITH_FUTURE_DATES") is not False,
    }


def _find_list(settings: Mapping[str, Any], kind: str) -> str:
    """Where the posts of a tag, a category or an author are listed, with `{slug}`."""
    said = settings.get(f"{kind.upper()}_URL") or settings.get(f"{kind.upper()}_SAVE_AS")
    return said if isinstance(said, str) else f"{kind}/{{slug}}.html"


def _paths(value: Any, default: tuple[str, ...]) -> list[str]:
    found = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else default
    return [path.strip("/") for path in found if isinstance(path, str)]


def _read_pattern(settings: Mapping[str, Any], key: str, default: str) -> str:
    """A setting that is a regular expression; raises ConfigError if it is none."""
    pattern = settings.get(key)
    return _check_pattern(pattern, key) if isinstance(pattern, str) else default


def _check_pattern(pattern: str, key: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ConfigError(f"has a pattern that is none: {pattern!r} ({error})", key=key) from None
    return pattern


def _read_substitutions(settings: Mapping[str, Any]) -> list[list[str]]:
    for key in ("ARTICLE_REGEX_SUBSTITUTIONS", "SLUG_REGEX_SUBSTITUTIONS"):
        if isinstance(pairs := settings.get(key), list | tuple):
            return [
                [_check_pattern(pair[0], key), pair[1]]
                for pair in pairs
                if isinstance(pair, list | tuple)
                and len(pair) > 1
                and isinstance(pair[0], str)
                and isinstance(pair[1], str)
            ]
    return [list(pair) for pair in SLUG_REGEX_SUBSTITUTIONS]
