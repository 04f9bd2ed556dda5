"""feeds.toml, the environment and `--set`, in rising order, into `Settings`; each mistake with its place."""

from __future__ import annotations

import difflib
import re
import tomllib
import types
import typing
from typing import Any

from pydantic import BaseModel, ValidationError

from feeds.config.broken_toml import describe_toml_error
from feeds.config.settings import Settings
from feeds.errors import ConfigError

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

ENVIRONMENT_PREFIX = "FEEDS_"
MESSAGES = {"missing": "is missing", "union_tag_not_found": "needs a `kind`"}


def read_settings(
    root: Path, *, file: Path | None = None, environment: Mapping[str, str], options: Iterable[str] = ()
) -> tuple[Settings, dict[str, str]]:
    """The settings of the site in `root`, and for each key that somebody set, where (`feeds.toml`, `--set` …).

    `options` are the `KEY=VALUE` of `--set`. Values from the environment and from options are read as TOML where they
    are TOML, else as text. Raises ConfigError, with file and line where they are known.
    """
    source = file or _settings_file(root)
    data, label, text = _read_file(source, root) if source else ({}, "", "")
    origins = {key: label for key, _ in _leaves(data)}
    for label_, assignments in (
        ("the environment", _from_environment(environment)),
        ("--set", [_split_option(option) for option in options]),
    ):
        for key, value in assignments:
            _set(data, key, value)
            origins[key] = label_
    try:
        return Settings.model_validate(data), origins
    except ValidationError as error:
        raise _explain(error, data, label=label, text=text, origins=origins) from None


def find_line(path: Path, key: str) -> int | None:
    """The line of a settings file on which `key` (with its dots) stands; None if there is no such file or line."""
    try:
        return _line_of(path.read_text("utf-8", "replace"), key.split("."))
    except OSError:
        return None


def _settings_file(root: Path) -> Path | None:
    if (root / "feeds.toml").is_file():
        return root / "feeds.toml"
    project = root / "pyproject.toml"
    if project.is_file() and "[tool.feeds" in project.read_text("utf-8", "replace"):
        return project
    return None


def _read_file(path: Path, root: Path) -> tuple[dict[str, Any], str, str]:
    label = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    try:
        text = path.read_text("utf-8-sig")
        data = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"cannot be read ({error.strerror})", path=label) from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8; save it as UTF-8", path=label) from error
    except tomllib.TOMLDecodeError as error:
        message, line = describe_toml_error(error, text)
        raise ConfigError(f"is not TOML: {message}", path=label, line=line) from error
    if path.name == "pyproject.toml":
        data = data.get("tool", {}).get("feeds", {})
    return data, label, text


def _leaves(data: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, Any]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _from_environment(environment: Mapping[str, str]) -> list[tuple[str, Any]]:
    sections = set(Settings.model_fields)
    found = []
    for name in sorted(environment):
        parts = name.removeprefix(ENVIRONMENT_PREFIX).lower().split("__")
        # FEEDS_SOMETHING without a section of ours belongs to somebody else.
        if name.startswith(ENVIRONMENT_PREFIX) and len(parts) > 1 and parts[0] in sections:
            found.append((".".join(parts), _value(environment[name])))
    return found


def _split_option(option: str) -> tuple[str, Any]:
    key, equals, value = option.partition("=")
    if not equals or not key.strip():
        raise ConfigError(f"--set {option}: write it as KEY=VALUE, for example --set site.url=https://example.org")
    return key.strip(), _value(value)


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _set(data: dict[str, Any], key: str, value: Any) -> None:
    *parents, last = key.split(".")
    for parent in parents:
        table = data.setdefault(parent, {})
        if not isinstance(table, dict):
            raise ConfigError("stands under a key that holds a plain value", key=key)
        data = table
    data[last] = value


def _explain(
    error: ValidationError, data: Mapping[str, Any], *, label: str, text: str, origins: Mapping[str, str]
) -> ConfigError:
    # A misspelt key comes before the lack of the key that was meant.
    errors = error.errors(include_url=False, include_context=True)
    first = min(errors, key=lambda one: one["type"] != "extra_forbidden")
    location = [str(part) for part in first["loc"] if not (isinstance(part, str) and part in _KINDS)]
    key = ".".join(location)
    if first["type"] == "extra_forbidden":
        near = difflib.get_close_matches(location[-1], _known_keys(first["loc"][:-1]), n=1, cutoff=0.5)
        message = "is not a setting" + (f"; did you mean `{near[0]}`?" if near else "")
    else:
        message = MESSAGES.get(first["type"]) or str(first["msg"]).removeprefix("Value error, ")
        if first["type"] not in MESSAGES and first["type"] != "value_error":
            message = message[:1].lower() + message[1:] + f", not {_look_up(data, first['loc'])!r}"
    # An origin is known for whole values: the fault may be a part of one (`feeds.formats.1`) or the lack of a part.
    origin = next((o for k, o in origins.items() if f"{k}.".startswith(f"{key}.") or key.startswith(f"{k}.")), label)
    in_file = origin == label and bool(label)
    return ConfigError(
        message, path=origin or None, line=_line_of(text, location) if in_file else None, key=key or None
    )


_KINDS = {"folder", "smtp", "listmonk", "buttondown"}


def _look_up(data: Any, location: Iterable[int | str]) -> Any:
    for part in location:
        if (isinstance(data, dict) and part in data) or (isinstance(data, list) and part in range(len(data))):
            data = data[part]  # type: ignore[index]  # both kinds of container, told apart above
    return data


def _known_keys(location: Iterable[int | str]) -> list[str]:
    models: list[type[BaseModel]] = [Settings]
    for part in location:
        if isinstance(part, str) and part in _KINDS:
            models = [model for model in models if typing.get_args(model.model_fields["kind"].annotation) == (part,)]
        elif isinstance(part, str) and (fields := [m.model_fields[part] for m in models if part in m.model_fields]):
            models = [model for field in fields for model in _models_in(field.annotation)]
    return [field.alias or name for model in models for name, field in model.model_fields.items()]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if isinstance(annotation, types.GenericAlias | types.UnionType) or typing.get_origin(annotation):
        return [model for part in typing.get_args(annotation) for model in _models_in(part)]
    return []


def _line_of(text: str, location: list[str]) -> int | None:
    """The line of `text` on which the key stands, found by its own name below its table's header."""
    table, key = ".".join(location[:-1]), location[-1] if location else ""
    current, within = "", None
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
            current = header[1].replace('"', "").removeprefix("tool.feeds.")
            if current == ".".join(location):
                return number
            within = number if current == table else within
        elif current == table and re.match(rf'\s*"?{re.escape(key)}"?\s*[=.]', line):
            return number
    return within
