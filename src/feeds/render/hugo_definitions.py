"""What a shortcode of a Hugo site stands for, read from its definition: https://gohugo.io/templates/shortcode/.

This runs no template. It follows a definition as far as text, the call's own arguments and the site's settings make it
up; anything else (pictures that are made smaller, other pages, loops) makes it unreadable, and is nobody's loss.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feeds.render.code import unshift
from feeds.render.hugo_functions import FUNCTIONS, Html, say

if TYPE_CHECKING:
    from feeds.render.shortcodes import Call

MAX_LENGTH = 20_000  # characters of a definition, which is rarely longer than a page
MAX_DEPTH = 20

_ACTION = re.compile(
    r"\{\{(?P<left>-\s)?\s*(?P<code>/\*.*?\*/|(?:\"(?:[^\"\\]|\\.)*\"|`[^`]*`|[^\"`])*?)\s*(?P<right>\s-)?\}\}",
    re.DOTALL,
)
_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"|`[^`]*`|\(|\)|\||:=|=|[^\s()|\"`]+")


class UnreadableError(Exception):
    """The definition asks for what only Hugo has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    """Text, or an action with what it encloses."""

    text: str = ""
    words: tuple[str, ...] = ()
    inner: list[_Node] = field(default_factory=list)
    otherwise: list[_Node] = field(default_factory=list)


def read_definition(text: str, call: Call, pages: Mapping[str, Any]) -> str:
    """The HTML that the definition `text` makes of `call`.

    `pages` are the values that a definition may ask for by a dotted name: `Page.Title`, `Site.Params`. Raises
    UnreadableError where it asks for more.
    """
    if len(text) > MAX_LENGTH:
        raise UnreadableError
    try:
        nodes, rest = _parse(list(_split(text)), 0, 0)
        if rest != -1:
            raise UnreadableError
        return _Reader(call, pages).write(nodes, None)
    except RecursionError:
        raise UnreadableError from None


def _split(text: str) -> Iterator[_Node]:
    """Texts and actions by turns; a dash inside of the braces takes the blanks outside of them."""
    end, trim = 0, False
    for found in _ACTION.finditer(text):
        between = text[end : found.start()]
        between = between.lstrip() if trim else between
        yield _Node(text=between.rstrip() if found["left"] else between)
        if not found["code"].startswith("/*"):
            yield _Node(words=tuple(_TOKEN.findall(found["code"])))
        end, trim = found.end(), bool(found["right"])
    yield _Node(text=text[end:].lstrip() if trim else text[end:])


def _parse(flat: list[_Node], at: int, depth: int) -> tuple[list[_Node], int]:
    """The nodes from `at` to the `end` or `else` that closes them, and the place of that, -1 for the end of all."""
    nodes: list[_Node] = []
    while at < len(flat):
        node = flat[at]
        word = node.words[0] if node.words else ""
        if word in {"end", "else"}:
            return nodes, at
        if word in {"if", "with"} and depth < MAX_DEPTH:
            node, at = _parse_choice(flat, at, node.words, depth + 1)
        elif word in {"if", "with", "range", "define", "block", "template", "break", "continue", "return"}:
            raise UnreadableError
        nodes.append(node)
        at += 1
    return nodes, -1


def _parse_choice(flat: list[_Node], at: int, words: tuple[str, ...], depth: int) -> tuple[_Node, int]:
    inner, end = _parse(flat, at + 1, depth)
    if end == -1 or depth > MAX_DEPTH:
        raise UnreadableError
    otherwise: list[_Node] = []
    if flat[end].words[0] == "else":
        if len(flat[end].words) > 1:  # `else if`
            node, end = _parse_choice(flat, end, flat[end].words[1:], depth + 1)
            otherwise = [node]
        else:
            otherwise, end = _parse(flat, end + 1, depth)
    if end == -1 or flat[end].words[0] != "end":
        raise UnreadableError
    return _Node(words=words, inner=inner, otherwise=otherwise), end


class _Reader:
    """Writes the nodes of one definition for one call."""

    def __init__(self, call: Call, pages: Mapping[str, Any]) -> None:
        self._call = call
        self._pages = pages
        self._variables: dict[str, Any] = {}

    def write(self, nodes: list[_Node], dot: Any) -> str:
        """What `nodes` say while `.` is `dot`, None for the shortcode itself."""
        out: list[str] = []
        for node in nodes:
            if not node.words:
                out.append(node.text)
            elif node.words[0] in {"if", "with"}:
                out.append(self._choose(node, dot))
            elif len(node.words) > 2 and node.words[1] in {":=", "="}:  # noqa: PLR2004 - a name, the sign, a value
                self._variables[node.words[0]] = self._ask(node.words[2:], dot)
            else:
                value = self._evaluate(node.words, dot)
                out.append(value if isinstance(value, Html) else html.escape(say(value)))
        return "".join(out)

    def _choose(self, node: _Node, dot: Any) -> str:
        words = node.words[1:]
        if len(words) > 2 and words[1] == ":=":  # noqa: PLR2004 - as above
            value = self._variables[words[0]] = self._ask(words[2:], dot)
        else:
            value = self._ask(words, dot)
        if not value or value is _UNKNOWN:
            return self.write(node.otherwise, dot)
        return self.write(node.inner, value if node.words[0] == "with" else dot)

    def _ask(self, words: tuple[str, ...], dot: Any) -> Any:
        """The value of an expression, `_UNKNOWN` if it asks for what only Hugo has."""
        try:
            return self._evaluate(words, dot)
        except UnreadableError:
            return _UNKNOWN

    def _evaluate(self, words: tuple[str, ...], dot: Any) -> Any:
        value, piped = None, False
        for stage in _part(words):
            value = self._apply(stage, dot, (value,) if piped else ())
            piped = True
        if value is _UNKNOWN:
            raise UnreadableError
        return value

    def _apply(self, words: tuple[str, ...], dot: Any, piped: tuple[Any, ...]) -> Any:
        """One stage of a pipe: a value, or a function of values, the one before the pipe last."""
        head, *rest = _group(words)
        name = head[0].removeprefix("strings.").removeprefix("safe.") if len(head) == 1 else ""
        given = [self._evaluate(one, dot) if len(one) > 1 else self._look_up(one[0], dot) for one in rest]
        if any(value is _UNKNOWN for value in (*given, *piped)):
            raise UnreadableError
        if name in {".Get", "$.Get"} and len(given) == 1:
            return self._get(given[0])
        if function := FUNCTIONS.get(name):
            try:
                return function(*given, *piped)
            except (AttributeError, TypeError, ValueError, KeyError, IndexError, StopIteration):
                raise UnreadableError from None
        if given or piped:
            raise UnreadableError
        return self._evaluate(head, dot) if len(head) > 1 else self._look_up(head[0], dot)

    def _get(self, key: Any) -> str:
        if isinstance(key, int):
            return self._call.values[key] if key < len(self._call.values) else ""
        return self._call.options.get(str(key).lower(), "")

    def _look_up(self, word: str, dot: Any) -> Any:
        if word.startswith(('"', "`")):
            return word[1:-1] if word[0] == "`" else _ESCAPED.sub(_unescape, word[1:-1])
        if re.fullmatch(r"-?\d+", word):
            return int(word)
        call = self._call
        own = {
            ".Inner": Html(unshift(call.inner or "")),
            ".IsNamedParams": bool(call.options),
            ".Params": call.options or call.values,
        }
        known = _CONSTANTS | self._variables | own | ({} if dot is None else {".": dot})
        name = word.removeprefix("$") if word.startswith("$.") else word
        if name in known:
            return known[name]
        return self._find(name.removeprefix(".").removeprefix("Page.Site.").split("."))

    def _find(self, path: list[str]) -> Any:
        """What a dotted name says of the page or of the site, "" if their settings have no such key."""
        path = ["Site", *path] if path[0] == "Params" else ["Site", *path[1:]] if path[0] == "site" else path
        value: Any = self._pages.get(".".join(path[:2]), _UNKNOWN)
        for name in path[2:]:
            if not isinstance(value, Mapping):
                raise UnreadableError
            value = {str(key).lower(): one for key, one in value.items()}.get(name.lower(), "")
        if value is _UNKNOWN or isinstance(value, Mapping):
            raise UnreadableError
        return value


_ESCAPED = re.compile(r"\\(.)")
_UNKNOWN = object()
_CONSTANTS: dict[str, Any] = {
    "true": True, "false": False, "nil": None, "hugo.IsServer": False, "hugo.IsProduction": True,
}  # fmt: skip


def _unescape(found: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t"}.get(found[1], found[1])


def _part(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The stages of a pipe; bars inside of parentheses belong to these."""
    depth, start = 0, 0
    for at, word in enumerate(words):
        depth += {"(": 1, ")": -1}.get(word, 0)
        if word == "|" and not depth:
            yield words[start:at]
            start = at + 1
    yield words[start:]


def _group(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Each word by itself, and what parentheses enclose as one. Raises UnreadableError for what is none of these."""
    groups: list[tuple[str, ...]] = []
    depth, start = 0, 0
    for at, word in enumerate(words):
        if word == "(":
            start = at if not depth else start
            depth += 1
        elif word == ")":
            depth -= 1
            if not depth:
                groups.append((*words[start + 1 : at], "|", "string"))
        elif not depth:
            groups.append((word,))
    if depth or not groups or any(group[:1] == ("|",) for group in groups):
        raise UnreadableError
    return groups
