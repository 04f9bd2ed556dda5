"""A small reader of ECMAScript's literals (ECMA-262 section 13.2).

Objects, arrays, strings, templates, numbers, and constants by name. What it cannot tell (calls, conditions, functions)
it skips, and the rest is still read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feeds.loader.js_literals import read_number, unescape

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = object()

_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = re.compile(r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"", re.DOTALL)
_TEMPLATE = re.compile(r"`((?:\\.|[^`\\])*)`", re.DOTALL)
_REGEX = re.compile(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
_NUMBER = re.compile(r"[-+]?(?:0x[0-9a-fA-F]+|\d[\d_]*(?:\.\d*)?(?:e[-+]?\d+)?)n?")
_NAME = re.compile(r"(?:[^\W\d]|\$)[\w$]*(?:\s*\??\.\s*[A-Za-z_$][\w$]*)*")
_KEY = re.compile(r"(?:[^\W\d]|\$)[\w$]*|\d+")
_CAST = re.compile(r"(?:as|satisfies)\s+[\w.$]+(?:<[^;{}]*?>)?(?:\[\])*(?:\s*\|\s*[\w.]+)*|!(?!=)")
_HOLE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
_PREFIX = re.compile(r"(?:new|await)(?=[\s(])\s*")
_SPREAD = re.compile(r"\.\.\.")
_WORDS = {"true": True, "false": False, "null": None, "undefined": None}
_CLOSING = {"{": "}", "[": "]", "(": ")"}
_MAX_DEPTH = 60
_MAX_OVERRUNS = 20  # expressions that end with the text: in one with brackets left open all of them do


class Reader:
    """Reads values from a place in a text; `values` are the constants known so far."""

    def __init__(self, text: str, values: Mapping[str, Any]) -> None:
        self.text = text
        self.values = values
        self.at = 0
        self.depth = 0
        self.overruns = 0

    def read(self, at: int) -> Any:
        """The value of the expression that begins at `at`, UNKNOWN if it is no data."""
        if self.overruns == _MAX_OVERRUNS:
            return UNKNOWN
        self.at = at
        self.depth = 0
        value = self._expression()
        self.overruns += self.at >= len(self.text)
        return value

    def _skip_space(self) -> str:
        """The next significant character, which `at` then points to; "" at the end."""
        if match := _SPACE.match(self.text, self.at):
            self.at = match.end()
        return self.text[self.at : self.at + 1]

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def _expression(self) -> Any:
        self.depth += 1
        value = self._operand() if self.depth < _MAX_DEPTH else UNKNOWN
        while True:
            after = self._skip_space()
            if after in {"", ",", ";", "}", "]", ")"} or self._line_ended(after):
                break
            if self._take(_CAST):
                continue
            operator = self.text[self.at : self.at + 2]
            if operator in {"||", "??"}:
                self.at += 2
                other = self._operand()
                value = other if value is UNKNOWN or value is None else value
            elif after == "+" and operator != "++":
                self.at += 1
                other = self._operand()
                value = value + other if isinstance(value, str) and isinstance(other, str) else UNKNOWN
            else:
                self._skip_rest()
                value = UNKNOWN
                break
        self.depth -= 1
        return value

    def _line_ended(self, after: str) -> bool:
        """Whether a statement without semicolon ended here: a new line on which no operator stands."""
        return self._before(" \t") == "\n" and (after.isalnum() or after in "_$@#'\"`{<")

    def _before(self, skipped: str) -> str:
        """The nearest character before `at` that is none of `skipped`, "" at the start of the text."""
        at = self.at - 1
        while at >= 0 and self.text[at] in skipped:
            at -= 1
        return self.text[at] if at >= 0 else ""

    def _operand(self) -> Any:  # noqa: PLR0911 - one case for each kind of literal
        first = self._skip_space()
        while self._take(_PREFIX):
            first = self._skip_space()
        if first in "'\"" and first:
            return unescape(match[0][1:-1]) if (match := self._take(_STRING)) else self._give_up()
        if first == "`":
            return self._fill(match[1]) if (match := self._take(_TEMPLATE)) else self._give_up()
        if first == "{":
            return self._object()
        if first == "[":
            return self._array()
        if first == "(":
            return self._parenthesis()
        if match := self._take(_NUMBER):
            return read_number(match[0])
        if match := self._take(_NAME):
            return self._name(re.sub(r"[\s?]", "", match[0]))
        return self._give_up()

    def _give_up(self) -> Any:
        self._skip_rest()
        return UNKNOWN

    def _name(self, name: str) -> Any:
        if name in _WORDS:
            return _WORDS[name]
        after = self._skip_space()
        if name in {"async", "function", "class", "typeof"} or self.text.startswith("=>", self.at):
            return self._give_up()
        if after == "(":
            return self._call(name)
        value: Any = self.values
        for part in name.split("."):
            value = value.get(part, UNKNOWN) if isinstance(value, dict) else UNKNOWN
        return value

    def _call(self, name: str) -> Any:
        """A call's value: `defineConfig({…})`, `Date("…")`, `require.resolve("…")` are their argument."""
        start = self.at
        self.at += 1
        argument = UNKNOWN if self._skip_space() == ")" else self._expression()
        self.at = start
        self._skip_balanced()
        known = name in {"Date", "Object.freeze", "URL", "String", "require.resolve"} or isinstance(argument, dict)
        return argument if known else UNKNOWN

    def _parenthesis(self) -> Any:
        start = self.at
        self.at += 1
        value = self._expression()
        self.at = start
        self._skip_balanced()
        self._skip_space()
        if self.text.startswith("=>", self.at):
            return self._give_up()
        return value

    def _array(self) -> list[Any]:
        self.at += 1
        items = []
        while (first := self._skip_space()) not in {"]", ""}:
            if first == ",":
                self.at += 1
                continue
            before = self.at
            spread = bool(self._take(_SPREAD))
            value = self._expression()
            if spread:
                items += value if isinstance(value, list) else []
            elif value is not UNKNOWN:
                items.append(value)
            if self.at == before or self.text[self.at : self.at + 1] in {"}", ")", ";"}:
                break
        self.at += 1
        return items

    def _object(self) -> dict[str, Any]:
        self.at += 1
        table: dict[str, Any] = {}
        while (first := self._skip_space()) not in {"}", ""}:
            before = self.at
            if first == ",":
                self.at += 1
            elif self._take(_SPREAD):
                value = self._expression()
                table |= value if isinstance(value, dict) else {}
            else:
                self._property(first, table)
            if self.at == before:
                break
        self.at += 1
        return table

    def _property(self, first: str, table: dict[str, Any]) -> None:
        match = self._take(_STRING) if first in "'\"" else self._take(_KEY)
        if not match:
            self._skip_rest()
            return
        key = unescape(match[0][1:-1]) if first in "'\"" else match[0]
        after = self._skip_space()
        if after == ":":
            self.at += 1
            value = self._expression()
        elif after in {",", "}"}:
            value = self.values.get(key, UNKNOWN)
        else:  # a method, or a getter
            self._skip_rest()
            return
        if value is not UNKNOWN:
            table[key] = value

    def _skip_rest(self) -> None:
        """Go to the comma, semicolon or bracket that ends the expression, over everything nested in it."""
        while (first := self._skip_space()) and first not in ",;}])":
            self._skip_one(first)

    def _skip_balanced(self) -> None:
        closing = _CLOSING[self.text[self.at]]
        self.at += 1
        while (first := self._skip_space()) and first != closing:
            self._skip_one(first)
        self.at += 1

    def _skip_one(self, first: str) -> None:
        """Go over one token, or one pair of brackets with what is in it."""
        pending = []
        while first:
            if first in _CLOSING:
                pending.append(_CLOSING[first])
                self.at += 1
            elif pending and first == pending[-1]:
                pending.pop()
                self.at += 1
            elif not (self._take(_STRING) or self._take(_TEMPLATE) or self._take(_KEY) or self._regex()):
                self.at += 1
            if not pending:
                return
            first = self._skip_space()

    def _regex(self) -> bool:
        """Go over a regular expression, if the slash here begins one: after an operator or a bracket."""
        return self._before(" \t\r\n") in "(,=:[!&|?{};>" and bool(self._take(_REGEX))

    def _fill(self, template: str) -> Any:
        """A template string with its holes filled from what is known."""
        unknown = False

        def value(match: re.Match[str]) -> str:
            nonlocal unknown
            found = self.values.get(match[1], UNKNOWN)
            unknown = unknown or not isinstance(found, str | int | float)
            return str(found)

        filled = _HOLE.sub(value, template)
        return UNKNOWN if unknown or "${" in filled else unescape(filled)
