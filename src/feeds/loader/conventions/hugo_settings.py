"""Hugo's configuration: one file or a folder of them, keys in any case (https://gohugo.io/configuration/introduction/)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from feeds.loader.datafiles import read_data
from feeds.loader.files import read_bytes
from feeds.loader.keys import is_true

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS = ("toml", "yaml", "yml", "json")


def read_settings_files(root: Path) -> tuple[dict[str, Any], str]:
    """The configuration with lower-case keys at the top, and the file it starts with ("" for none).

    Raises ConfigError if a file cannot be read.
    """
    merged: dict[str, Any] = {}
    origin = ""
    for stem in ("hugo", "config"):
        file = next((root / f"{stem}.{end}" for end in ENDINGS if (root / f"{stem}.{end}").is_file()), None)
        if file is not None:
            merged, origin = lower_keys(read_data(file)), file.name
            break
    for environment in ("_default", "production"):
        folder = root / "config" / environment
        for file in sorted(folder.iterdir()) if folder.is_dir() else []:
            stem, *rest = file.name.split(".")
            if not rest or rest[-1] not in ENDINGS:
                continue
            table = lower_keys(read_data(file))
            if stem in {"hugo", "config"}:
                origin = origin or file.relative_to(root).as_posix()
            elif len(rest) > 1:  # languages.de.toml
                table = {stem.lower(): {rest[0]: table}}
            else:
                table = {stem.lower(): table}
            merged = _merge(merged, table)
    if merged and not origin:
        origin = "config/_default"
    return (merged, origin) if merged else _read_named(root)


def _read_named(root: Path) -> tuple[dict[str, Any], str]:
    """One of several files in `config`, which `hugo --config` is told: that of production, else the first by name."""
    folder = root / "config"
    files = [file for file in folder.iterdir() if file.suffix[1:] in ENDINGS] if folder.is_dir() else []
    for file in sorted(files, key=lambda file: ("prod" not in file.stem.lower(), file.name)):
        if b"baseurl" in read_bytes(file).lower():
            return lower_keys(read_data(file)), file.relative_to(root).as_posix()
    return {}, ""


def read_languages(settings: Mapping[str, Any]) -> tuple[dict[str, dict[str, Any]], str]:
    """Each language's own settings by its key, without those that are disabled; and the default's key."""
    default = str(settings.get("defaultcontentlanguage") or "en").lower()
    disabled = find_disabled(settings)
    tables = lower_keys(settings.get("languages"))
    return {key: lower_keys(table) for key, table in tables.items() if key not in disabled}, default


def find_disabled(settings: Mapping[str, Any]) -> set[str]:
    """The keys of the languages that are not built."""
    listed = {str(one).lower() for one in settings.get("disablelanguages") or []}
    tables = lower_keys(settings.get("languages"))
    return listed | {key for key, table in tables.items() if is_true(lower_keys(table).get("disabled"))}


def lower_keys(value: Any) -> dict[str, Any]:
    """A table with its own keys in lower case; {} for what is no table."""
    return {str(key).lower(): inner for key, inner in value.items()} if isinstance(value, Mapping) else {}


def _merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = (
            _merge(lower_keys(old), lower_keys(value)) if isinstance(old, dict) and isinstance(value, dict) else value
        )
    return merged
