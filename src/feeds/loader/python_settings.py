"""A settings module in Python (Pelican's, Nikola's) as far as it is data. It is parsed, never executed."""

from __future__ import annotations

import ast
import posixpath
import re
import warnings
from typing import TYPE_CHECKING, Any

from feeds.errors import ConfigError
from feeds.loader.datafiles import read_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_UNKNOWN = object()
_MAX_IMPORTS = 5
_MAX_LENGTH = 100_000
_PERCENT = re.compile(r"(?:[^%]|%%|%(?:\(\w+\))?[sdr])*")
_BRACES = re.compile(r"(?:[^{}]|\{\{|\}\}|\{\w*\})*")
_TEXT_METHODS = (
    "lower",
    "upper",
    "strip",
    "lstrip",
    "rstrip",
    "title",
    "replace",
    "removesuffix",
    "removeprefix",
)


def read_python_settings(path: Path) -> dict[str, Any]:
    """The names that the module assigns at its top, with the values that can be told without running it.

    Literals, names assigned before, joined and formatted strings, `os.path.join`, the default of
    `os.environ.get`, and what is imported from a module beside it. Everything else is left out, also inside
    lists and tables. Raises ConfigError, with its line, if the file cannot be read or is no Python.
    """
    return _Module(path, imports=0).names


class _Module:
    """The names of one module, collected statement by statement."""

    def __init__(self, path: Path, *, imports: int) -> None:
        self.path = path
        self.imports = imports
        self.names: dict[str, Any] = {}
        try:
            with warnings.catch_warnings():  # "\d" in somebody's settings is not our concern
                warnings.simplefilter("ignore")
                tree = ast.parse(read_text(path))
            self._run(tree.body)
        except SyntaxError as error:
            raise ConfigError(f"is not Python: {error.msg}", path=path, line=error.lineno) from error
        except (ValueError, RecursionError) as error:
            raise ConfigError(f"is not Python: {error}", path=path) from error

    def _run(self, statements: list[ast.stmt]) -> None:
        for statement in statements:
            match statement:
                case ast.Assign(targets=targets, value=value):
                    for target in targets:
                        self._assign(target, self._value(value))
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    self._assign(target, self._value(value))
                case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
                    self._assign(statement.target, _add(self.names.get(name, _UNKNOWN), self._value(value)))
                case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method), args=[value])):
                    self._change(name, method, self._value(value))
                case ast.If(test=test, body=body, orelse=orelse):
                    self._branch(self._value(test), body, orelse)
                case ast.Try(body=body):
                    self._run(body)
                case ast.ImportFrom(module=str(module), names=aliases, level=level) if level <= 1:
                    self._import(module, aliases)

    def _assign(self, target: ast.expr, value: Any) -> None:
        match target:
            case ast.Name(id=name):
                self.names.pop(name, None)
                if value is not _UNKNOWN:
                    self.names[name] = value
            case ast.Subscript(value=ast.Name(id=name), slice=index):
                key = self._value(index)
                if isinstance(self.names.get(name), dict) and isinstance(key, str | int) and value is not _UNKNOWN:
                    self.names[name] = {**self.names[name], key: value}
            case ast.Tuple(elts=targets) if isinstance(value, tuple | list) and len(value) == len(targets):
                for one, item in zip(targets, value, strict=True):
                    self._assign(one, item)

    def _change(self, name: str, method: str, value: Any) -> None:
        known = self.names.get(name)
        if method in {"append", "extend"} and isinstance(known, list) and value is not _UNKNOWN:
            self.names[name] = known + ([value] if method == "append" else list(value))
        elif method == "update" and isinstance(known, dict) and isinstance(value, dict):
            self.names[name] = known | value

    def _branch(self, test: Any, body: list[ast.stmt], orelse: list[ast.stmt]) -> None:
        if test is not _UNKNOWN:
            self._run(body if test else orelse)
            return
        # Nobody knows which branch runs: what stood before holds, then what holds otherwise, then the
        # exception.
        for statements in (orelse, body):
            before = dict(self.names)
            self._run(statements)
            self.names |= before

    def _import(self, module: str, aliases: list[ast.alias]) -> None:
        path = self.path.parent.joinpath(*module.split(".")).with_suffix(".py")
        if self.imports >= _MAX_IMPORTS or not path.is_file():
            return
        found = _Module(path, imports=self.imports + 1).names
        for alias in aliases:
            if alias.name == "*":
                self.names |= {name: value for name, value in found.items() if not name.startswith("_")}
            elif alias.name in found:
                self.names[alias.asname or alias.name] = found[alias.name]

    def _value(self, node: ast.expr) -> Any:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of expression
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                return self.names.get(name, _UNKNOWN)
            case ast.List(elts=items):
                return self._items(items)
            case ast.Tuple(elts=items) | ast.Set(elts=items):
                return tuple(self._items(items))
            case ast.Dict(keys=keys, values=values):
                return self._table(keys, values)
            case ast.JoinedStr(values=values):
                parts = [self._value(part.value if isinstance(part, ast.FormattedValue) else part) for part in values]
                return _UNKNOWN if _UNKNOWN in parts else "".join(map(str, parts))
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return _add(self._value(left), self._value(right))
            case ast.BinOp(left=left, op=ast.Mod(), right=right):
                return _try(lambda: self._pattern(left, _PERCENT) % self._value(right))
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return _try(lambda: posixpath.join(self._text(left), self._text(right)))
            case ast.BoolOp(op=ast.Or(), values=values):
                known = [value for value in map(self._value, values) if value is not _UNKNOWN]
                return next((value for value in known if value), known[-1] if known else _UNKNOWN)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return _try(lambda: -self._value(operand))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                value = self._value(operand)
                return _UNKNOWN if value is _UNKNOWN else not value
            case ast.IfExp(test=test, body=body, orelse=orelse):
                decided = self._value(test)
                return self._value(body if decided is not _UNKNOWN and decided else orelse)
            case ast.Subscript(value=value, slice=index):
                return _try(lambda: self._value(value)[self._value(index)])
            case ast.Call():
                return self._call(node)
            case _:
                return _UNKNOWN

    def _items(self, nodes: list[ast.expr]) -> list[Any]:
        values = []
        for node in nodes:
            value = self._value(node.value if isinstance(node, ast.Starred) else node)
            if isinstance(node, ast.Starred):
                values += list(value) if isinstance(value, list | tuple) else []
            elif value is not _UNKNOWN:
                values.append(value)
        return values

    def _table(self, keys: list[ast.expr | None], values: list[ast.expr]) -> dict[Any, Any]:
        table: dict[Any, Any] = {}
        for key, node in zip(keys, values, strict=True):
            value = self._value(node)
            name = _UNKNOWN if key is None else self._value(key)
            if key is None and isinstance(value, dict):
                table |= value
            elif value is not _UNKNOWN and isinstance(name, str | int | float | bool):
                table[name] = value
        return table

    def _text(self, node: ast.expr) -> str:
        value = self._value(node)
        if not isinstance(value, str):
            raise TypeError
        return value

    def _pattern(self, node: ast.expr, simple: re.Pattern[str]) -> str:
        """A pattern whose fields are plain: a width or an attribute in it could cost or tell anything."""
        pattern = self._text(node)
        if not simple.fullmatch(pattern):
            raise ValueError
        return pattern

    def _call(self, node: ast.Call) -> Any:  # noqa: PLR0911 - one case for each function that is known
        arguments = [self._value(argument) for argument in node.args]
        named = {keyword.arg: self._value(keyword.value) for keyword in node.keywords if keyword.arg}
        match node.func:
            case ast.Attribute(value=ast.Attribute(attr="environ"), attr="get") | ast.Attribute(attr="getenv"):
                return arguments[1] if len(arguments) > 1 else named.get("default")
            case ast.Attribute(value=ast.Attribute(attr="path"), attr="join"):
                return _try(lambda: posixpath.join(*arguments))
            case ast.Attribute(value=value, attr="format"):
                if _UNKNOWN in arguments or _UNKNOWN in named.values():
                    return _UNKNOWN
                return _try(lambda: self._pattern(value, _BRACES).format(*arguments, **named))
            case ast.Attribute(value=value, attr=method) if method in _TEXT_METHODS:
                return _try(lambda: getattr(self._text(value), method)(*arguments))
            case ast.Name(id="dict"):
                return {name: value for name, value in named.items() if value is not _UNKNOWN}
            case ast.Name(id="_" | "gettext" | "str" | "Path" | "list" | "tuple" | "int" | "bool"):
                return arguments[0] if len(arguments) == 1 else _UNKNOWN
            case _:
                return _UNKNOWN


def _add(left: Any, right: Any) -> Any:
    sized = isinstance(left, str | list | tuple) and isinstance(right, str | list | tuple)
    return _try(lambda: left + right) if not sized or len(left) + len(right) < _MAX_LENGTH else _UNKNOWN


def _try(compute: Callable[[], Any]) -> Any:
    """What `compute` returns, or unknown where its operands are of the wrong kind or unknown themselves."""
    try:
        return compute()
    except (TypeError, KeyError, IndexError, ValueError, AttributeError):
        return _UNKNOWN
