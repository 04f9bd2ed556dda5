"""YAML, TOML and JSON files of a site as plain data. No tag is ever constructed, no variable read."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

import yaml

from feeds.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Hashable
    from pathlib import Path

ENDINGS = (".yml", ".yaml", ".toml", ".json", ".jsonc", ".json5")

_COMMENT = re.compile(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING_COMMA = re.compile(r'"(?:\\.|[^"\\\n])*"|,(?=\s*[}\]])')


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # whichever is compiled
    """PyYAML's safe loader that takes any tag for the plain value under it, and keeps keys as they are written."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        self.flatten_mapping(node)
        for key, _ in node.value:
            # `no:` and `2024:` are names here, not False and 2024.
            if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:null":
                key.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, deep=deep)  # type: ignore[no-any-return]

    def construct_any(self, node: yaml.Node) -> Any:
        """The value under a tag that YAML does not define; of MkDocs' `!ENV [NAME, default]` the default."""
        if isinstance(node, yaml.ScalarNode):
            return None if node.tag == "!ENV" else node.value
        if isinstance(node, yaml.SequenceNode):
            items = self.construct_sequence(node, deep=True)
            if node.tag == "!ENV":
                return items[-1] if len(items) > 1 else None
            return items
        return self.construct_mapping(node, deep=True)

    def construct_moment(self, node: yaml.ScalarNode) -> Any:
        """A date, or the text as written where the calendar has no such day."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value


_Loader.add_constructor(None, _Loader.construct_any)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_moment)


def read_data(path: Path) -> dict[str, Any]:
    """The table in a YAML, TOML or JSON file (by its ending), {} if the file is empty. JSON may have comments.

    Raises ConfigError, with the line where it is known, for what cannot be read or is no table.
    """
    value = read_value(path)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ConfigError("holds no table of settings", path=path)
    return value


def read_value(path: Path) -> Any:
    """Whatever a YAML, TOML or JSON file holds; raises ConfigError as `read_data` does."""
    text = read_text(path)
    try:
        if path.suffix == ".toml":
            return tomllib.loads(text)
        if path.suffix.startswith(".json"):
            return _load_json(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, made above
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(found[1]) if found else None
        raise ConfigError(f"is not TOML: {str(error).split(' (at ')[0]}", path=path, line=line) from error
    except json.JSONDecodeError as error:
        raise ConfigError(f"is not JSON: {error.msg}", path=path, line=error.lineno) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ConfigError(f"is not YAML: {error.problem or error.context}", path=path, line=line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigError(f"is not YAML: {error}", path=path) from error


def read_text(path: Path) -> str:
    """A settings file's text without byte-order mark; raises ConfigError if it cannot be read or is not UTF-8."""
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"cannot be read ({error.strerror})", path=path) from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8; save it as UTF-8", path=path) from error


def _load_json(text: str) -> Any:
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        # Comments become blanks, so that a line number in a message is still right.
        bare = _COMMENT.sub(lambda match: match[0] if match[0][0] == '"' else re.sub(r"[^\n]", " ", match[0]), text)
        return json.loads(_TRAILING_COMMA.sub(lambda match: match[0] if match[0][0] == '"' else "", bare))
