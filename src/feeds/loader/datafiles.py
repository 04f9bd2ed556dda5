"""YAML, TOML and JSON files of a site as plain data. No tag is ever constructed, no variable read."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

import yaml

from feeds.config.broken_toml import describe_toml_error
from feeds.errors import ConfigError
from feeds.loader.honest_yaml import HonestLoader, describe_yaml_error
from feeds.loader.witness import JUDGED

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS = (".yml", ".yaml", ".toml", ".json", ".jsonc", ".json5")

_COMMENT = re.compile(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING_COMMA = re.compile(r'"(?:\\.|[^"\\\n])*"|,(?=\s*[}\]])')
_TABS = re.compile(r"^\t+", re.MULTILINE)


class _Loader(HonestLoader):
    """The honest loader that also knows MkDocs' `!ENV [NAME, default]`; no variable is read."""

    def construct_env(self, node: yaml.Node) -> Any:
        """The default, None where there is none."""
        items = self.construct_sequence(node, deep=True) if isinstance(node, yaml.SequenceNode) else []
        return items[-1] if len(items) > 1 else None


_Loader.add_constructor("!ENV", _Loader.construct_env)


def read_data(path: Path, *, tabs: bool = False) -> dict[str, Any]:
    """The table in a YAML, TOML or JSON file, by its ending; {} if the file is empty. JSON may have comments.

    With `tabs` YAML may be indented with them, two spaces each, as Hexo has it.
    Raises ConfigError, with the line where it is known, for what cannot be read or is no table.
    """
    value = read_value(path, tabs=tabs)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ConfigError("holds no table of settings", path=path)
    return {str(key): inner for key, inner in value.items()}


def read_value(path: Path, *, tabs: bool = False) -> Any:
    """Whatever a YAML, TOML or JSON file holds; raises ConfigError as `read_data` does."""
    text = read_text(path)
    text = spread_tabs(text) if tabs else text
    try:
        if path.suffix == ".toml":
            return tomllib.loads(text)
        if path.suffix.startswith(".json"):
            return _load_json(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, made above
    except tomllib.TOMLDecodeError as error:
        broken, last = describe_toml_error(error, text)
        raise ConfigError(f"is not TOML: {broken}", path=path, line=last) from error
    except json.JSONDecodeError as error:
        raise ConfigError(f"is not JSON: {error.msg}", path=path, line=error.lineno) from error
    except yaml.YAMLError as error:
        message, line = describe_yaml_error(error, text)
        raise ConfigError(f"is not YAML: {message}", path=path, line=line) from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"cannot be read: {error}", path=path) from error


def spread_tabs(text: str) -> str:
    """The text with two spaces for each tab that a line begins with."""
    return _TABS.sub(lambda found: "  " * len(found[0]), text)


def read_text(path: Path) -> str:
    """A file's text without byte-order mark. Raises ConfigError if it cannot be read or is not UTF-8."""
    JUDGED.look(path)
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"cannot be read ({error.strerror})", path=path) from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8; save it as UTF-8", path=path) from error


def _load_json(text: str) -> Any:
    if not text.strip():
        return None
    value = _parse_json(text)
    if r"\ud" not in text.lower():
        return value
    # Half a surrogate pair, which only an escape can bring in, is no character.
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "ignore"))


def _parse_json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        # Comments become blanks, so that a line number in a message is still right.
        bare = _COMMENT.sub(lambda match: match[0] if match[0][0] == '"' else re.sub(r"[^\n]", " ", match[0]), text)
        return json.loads(_TRAILING_COMMA.sub(lambda match: match[0] if match[0][0] == '"' else "", bare))
