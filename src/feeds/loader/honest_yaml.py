"""YAML as its author meant it: what looks like a date, a version, a time or Norway stays text.

PyYAML follows YAML 1.1, where `no` is False, `1.10` is 1.1, `010` is 8 and `12:30` is 750. Here the core
schema of YAML 1.2.2 (section 10.3) holds, except that a number which would not be written back as it stood
stays text. Dates stay text for `dates.parse_date`, which sees what was written. Unknown tags (`!ruby/object`)
are read as the plain value below them; nothing is ever constructed from them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # a PyYAML without libyaml: slower, otherwise the same
    from yaml import SafeLoader  # type: ignore[assignment]

MAX_DEPTH = 200
_BRACKETS = re.compile(r"[\[\]{}]")
# Each level of block style costs a column at least, in spaces or in `- `.
_INDENT = re.compile(rf"^[ \t?-]{{{2 * MAX_DEPTH}}}", re.MULTILINE)
_NUMBER = list("-0123456789")
_TEXT, _LIST, _TABLE = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


class HonestLoader(SafeLoader):
    """Reads a YAML document into dicts, lists, strings, booleans, None, and numbers that read as written."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own attribute

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        # What an alias stands for must be made once, however often it is used.
        self._constructs = "&" in stream

    def get_single_data(self) -> Any:
        """The document's value. PyYAML asks a table of functions about each node, which takes twice as long."""
        if self._constructs:
            return super().get_single_data()
        node = self.get_single_node()
        try:
            return None if node is None else self._make(node)
        except RecursionError:
            return self.construct_document(node)

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """The tag of a node that has none. PyYAML also asks for tags by path, of which there are none here."""
        if kind is yaml.ScalarNode:
            return _find_tag(value) if implicit[0] else _TEXT
        return _LIST if kind is yaml.SequenceNode else _TABLE

    def _make(self, node: yaml.Node) -> Any:
        tag, value = node.tag, node.value
        if isinstance(node, yaml.ScalarNode):
            return value if tag == _TEXT else self.construct_document(node)
        if tag == _LIST and isinstance(node, yaml.SequenceNode):
            return [self._make(item) for item in value]
        known = tag == _TABLE and isinstance(node, yaml.MappingNode)
        if known and all(key.tag == _TEXT and isinstance(key, yaml.ScalarNode) for key, _ in value):
            return {key.value: self._make(inner) for key, inner in value}
        return self.construct_document(node)


@lru_cache(maxsize=4096)
def _find_tag(text: str) -> str:
    """That of a scalar without quotation marks. Most are keys, the same in many headers."""
    known = HonestLoader.yaml_implicit_resolvers.get(text[:1], ())
    return next((tag for tag, pattern in known if pattern.match(text)), _TEXT)


def _read_integer(loader: HonestLoader, node: yaml.ScalarNode) -> int | str:
    value = loader.construct_scalar(node)
    try:
        return int(value)
    except ValueError:  # more digits than Python converts
        return str(value)


def _read_float(loader: HonestLoader, node: yaml.ScalarNode) -> float | str:
    value = str(loader.construct_scalar(node))
    return float(value) if repr(float(value)) == value else value


def _read_boolean(loader: HonestLoader, node: yaml.ScalarNode) -> bool:
    return str(loader.construct_scalar(node)).lower() == "true"


def _read_untagged(loader: HonestLoader, _suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"-?(?:0|[1-9][0-9]*)", _NUMBER),
    ("float", r"-?(?:0|[1-9][0-9]*)\.[0-9]+", _NUMBER),
    ("merge", r"<<", ["<"]),
):
    HonestLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), _first)
HonestLoader.add_constructor("tag:yaml.org,2002:int", _read_integer)
HonestLoader.add_constructor("tag:yaml.org,2002:float", _read_float)
HonestLoader.add_constructor("tag:yaml.org,2002:bool", _read_boolean)
for _tag in ("timestamp", "binary", "set", "omap", "pairs"):
    HonestLoader.yaml_constructors.pop(f"tag:yaml.org,2002:{_tag}", None)
HonestLoader.yaml_constructors.pop(None, None)
HonestLoader.add_multi_constructor("", _read_untagged)


def is_too_deep(text: str) -> bool:
    """Whether the nesting could exceed what libyaml's recursion survives: it does not fail there, it crashes."""
    if text.count("[") + text.count("{") > MAX_DEPTH:
        depth = 0
        for bracket in _BRACKETS.findall(text):
            depth += 1 if bracket in "[{" else -1
            if depth > MAX_DEPTH:
                return True
    return _INDENT.search(text) is not None


def describe_yaml_error(error: yaml.YAMLError, text: str) -> tuple[str, int | None]:
    """What is wrong in a few words, and the line of `text` (from 1) where it is."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        position = getattr(error, "position", None)
        line = None if position is None else text.count("\n", 0, position) + 1
        return str(getattr(error, "reason", "") or error).split("\n")[0], line
    problem = str(getattr(error, "problem", "") or getattr(error, "context", "") or "cannot be read")
    return problem, min(mark.line + 1, text.count("\n") + 1)
