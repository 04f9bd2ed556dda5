"""Front matter: a text into its fields and its body, on python-frontmatter, without what that loses silently.

The library finds the handler and reads the header; the handlers are ours. They keep the body's white space to
themselves (the library strips it, which turns a leading code block into text), find the block's end where the
format says it is, read TOML with the standard library, and raise PostError where the library would answer
with no metadata, so that no draft goes out because its header could not be read.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from feeds.config.broken_toml import describe_toml_error
from feeds.errors import PostError
from feeds.loader.files import strip_forbidden
from feeds.loader.honest_yaml import HonestLoader, describe_yaml_error, is_too_deep

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_VALUES = 50_000
_PAIR = re.compile(r"^[\w][\w .-]{0,40}[:=](?:[ \t]|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a file says in front of its text. `fields` have lower-case keys; lines are the file's, from 1.

    `repeated` are keys that the header has twice, with the line of the later one, which wins.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    body: str
    body_line: int = 1
    text: str = ""
    text_line: int = 1
    repeated: tuple[tuple[str, int], ...] = ()

    def line_of(self, key: str) -> int | None:
        """The line of the file on which `key` stands, in any case, or None if it cannot be seen."""
        for number, line in enumerate(self.text.split("\n"), self.text_line):
            if re.match(rf"[\s{{.,]*[\"']?{re.escape(key)}[\"']?\s*[:=]", line, re.IGNORECASE):
                return number
        return None


class HeaderHandler(BaseHandler):
    """One kind of header. `offset` is how many lines of the text stand before the header proper.

    `detect` says whether a text starts with such a header, `split` cuts it from the body, `load` reads it;
    the latter two raise PostError with the line of what they were given.
    """

    offset: ClassVar[int] = 0
    after_blank: ClassVar[bool] = True  # whether blank lines may stand before it
    FM_BOUNDARY = re.compile(r"\A\b\B")  # the base class wants one; our blocks are cut by `split`

    def detect(self, text: str) -> bool:
        """Whether the text starts with a header of this kind."""
        raise NotImplementedError

    def split(self, text: str) -> tuple[str, str]:
        """The header without its fences, and the body to the character."""
        raise NotImplementedError

    def load(self, fm: str) -> dict[str, Any]:
        """The header's fields."""
        raise NotImplementedError


class FencedHandler(HeaderHandler):
    """A block between two lines of one kind. `opening` matches the first line, `closing` the last.

    `closing` begins with the line break before its line: that is found many times faster than the start of a line.
    """

    offset = 1
    opening: ClassVar[re.Pattern[str]]
    closing: ClassVar[re.Pattern[str]]

    def detect(self, text: str) -> bool:
        """Whether the first line opens a block; a lone line that no key follows is a ruler of the text."""
        return (opened := self.opening.match(text)) is not None and (
            _PAIR.match(text, opened.end()) is not None or self.find_closing(text, opened.end()) is not None
        )

    def split(self, text: str) -> tuple[str, str]:
        """The lines between the fences, and what follows the second."""
        opened = self.opening.match(text)
        closed = self.find_closing(text, opened.end()) if opened else None
        if opened is None or closed is None:
            raise PostError(
                f"opens a header with `{text[:3]}` that is never closed; close it with the same line", line=1
            )
        return text[opened.end() : closed[0]], text[closed[1] :]

    def find_closing(self, text: str, start: int) -> tuple[int, int] | None:
        """Where the block's last line begins and ends, None without one; `start` is behind its first line."""
        found = self.closing.search(text, max(start - 1, 0))
        return (found.start() + 1, found.end()) if found else None


class YamlHandler(FencedHandler):
    """YAML between `---` lines; `...` closes it too (YAML 1.2.2 section 9.1.2)."""

    opening = re.compile(r"-{3,}[ \t]*(?:ya?ml)?[ \t]*\n")
    closing = re.compile(r"\n(?:-{3,}|\.\.\.)[ \t]*(?:\n|\Z)")

    def load(self, fm: str) -> dict[str, Any]:
        """The fields, read by the honest loader."""
        if is_too_deep(fm):
            raise PostError("has a header that is nested too deeply", line=1)
        try:
            fields = YAMLHandler().load(fm, Loader=HonestLoader)
        except yaml.YAMLError as error:
            message, line = describe_yaml_error(error, fm)
            raise PostError(f"has a header that is no YAML: {message}", line=line) from None
        except ValueError as error:
            raise PostError(f"has a header that is no YAML: {error}", line=1) from None
        return _as_table(fields, "YAML")


class TomlHandler(FencedHandler):
    """TOML between `+++` lines, or after `---toml`."""

    opening = re.compile(r"(?:\+{3,}|---[ \t]*toml)[ \t]*\n")
    closing = re.compile(r"\n(?:\+{3,}|---)[ \t]*(?:\n|\Z)")

    def load(self, fm: str) -> dict[str, Any]:
        """The fields; dates are datetime's own."""
        try:
            return tomllib.loads(fm)
        except tomllib.TOMLDecodeError as error:
            message, line = describe_toml_error(error, fm)
            raise PostError(f"has a header that is no TOML: {message}", line=line) from None


class JsonHandler(HeaderHandler):
    """A JSON object at the very start, on one line or many, or between `---json` and `---`."""

    _start = re.compile(r"(?:---[ \t]*json[ \t]*\n\s*)?\{\s*[\"}]")
    _fence = re.compile(r"---[ \t]*json[ \t]*\n")
    _end = re.compile(r"\s*---[ \t]*(?:\n|\Z)")

    def detect(self, text: str) -> bool:
        """Whether an object starts: `{` and a quote, which neither Liquid nor an attribute list has."""
        return self._start.match(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        """The object, and what follows it (and its fence)."""
        fence = self._fence.match(text)
        start = fence.end() if fence else 0
        try:
            _, end = json.JSONDecoder().raw_decode(text, text.index("{", start))
        except json.JSONDecodeError as error:
            raise PostError(f"has a header that is no JSON: {error.msg}", line=error.lineno) from None
        closed = self._end.match(text, end) if fence else None
        return text[start:end], text[closed.end() if closed else end :].removeprefix("\n")

    def load(self, fm: str) -> dict[str, Any]:
        """The fields."""
        return _as_table(JSONHandler().load(fm), "JSON")


class ScriptHandler(FencedHandler):
    """A program between `---js` and `---`: recognised, and refused, because nothing is executed."""

    opening = re.compile(r"---[ \t]*(?:js|javascript|coffee|cson|ts)[ \t]*\n")
    closing = re.compile(r"\n---[ \t]*(?:\n|\Z)")

    def load(self, fm: str) -> dict[str, Any]:
        """Nothing: raises PostError."""
        del fm
        raise PostError(
            "has a header that is a program, which is not executed; write it as YAML between `---` lines",
            line=1,
        )


HANDLERS: tuple[HeaderHandler, ...] = (YamlHandler(), TomlHandler(), JsonHandler(), ScriptHandler())


def read_header(text: str, handlers: Iterable[HeaderHandler] = HANDLERS) -> Header:
    r"""The header and the body of a text with `\n` line ends. A text without a header is all body.

    Raises PostError, with the line, for a header that is there and cannot be read.
    """
    # The library strips the text before it looks; what it strips counts for the lines.
    blank = text[: len(text) - len(text.lstrip())]
    start = text[len(blank) :]
    handler = frontmatter.detect_format(start, [one for one in handlers if one.after_blank or "\n" not in blank])
    if not isinstance(handler, HeaderHandler):
        return Header(body=text)
    block = _Block(handler, start)
    first = 1 + blank.count("\n")
    try:
        metadata, _ = frontmatter.parse("", handler=block)
        fields = _copy_fields(metadata, block.header, handler)
    except PostError as error:
        line = None if error.line is None else error.line + first - 1 + (handler.offset if block.header else 0)
        raise PostError(error.message, line=line) from None
    except RecursionError:
        raise PostError("has a header that is nested too deeply", line=first) from None
    return Header(
        fields=fields,
        body=block.body,
        body_line=text.count("\n", 0, len(text) - len(block.body)) + 1,
        text=block.header,
        text_line=first + handler.offset,
        repeated=_find_repeated(block.header, first + handler.offset) if isinstance(handler, YamlHandler) else (),
    )


class _Block(BaseHandler):
    """A handler for one text, of which the library gets to see the header alone."""

    def __init__(self, handler: HeaderHandler, text: str) -> None:
        super().__init__(handler.FM_BOUNDARY)
        self.handler = handler
        self.text = text
        self.header = self.body = ""

    def split(self, text: str) -> tuple[str, str]:
        self.header, self.body = self.handler.split(self.text)
        return self.header, text

    def load(self, fm: str) -> dict[str, Any]:
        return self.handler.load(fm)


def _as_table(fields: Any, kind: str) -> dict[str, Any]:
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise PostError(f"has a header of {kind} that is no table of keys; write `title: …` in it", line=1)
    return fields


def _copy_fields(fields: Mapping[str, Any], header: str, handler: HeaderHandler) -> dict[str, Any]:
    # YAML is read without dates, and what is neither escaped nor an alias stands there as it is, at a letter at least.
    if isinstance(handler, YamlHandler) and len(header) < MAX_VALUES and "\\" not in header and "*" not in header:
        return {str(key).lower(): value for key, value in fields.items()}
    plain = _Plain(escaped="\\" in header)
    return {str(key).lower(): plain.copy(value) for key, value in fields.items()}


class _Plain:
    """Copies values: nested dates as text, and strings without what only an escape can bring in.

    YAML's aliases make a few lines stand for millions of values, which nobody means: there is a limit.
    """

    def __init__(self, *, escaped: bool) -> None:
        self.escaped = escaped
        self.count = 0

    def copy(self, value: Any, *, top: bool = True) -> Any:
        self.count += 1
        if self.count > MAX_VALUES:
            raise PostError("has a header of too many values", line=1)
        if isinstance(value, str):
            return strip_forbidden(value) if self.escaped else value
        if isinstance(value, dict):
            return {key: self.copy(inner, top=False) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.copy(inner, top=False) for inner in value]
        return value.isoformat() if not top and isinstance(value, datetime | date | time) else value


_TOP_KEY = re.compile(r"\n([A-Za-z_][\w-]*)[ \t]*:(?=\s|\Z)")  # begins with a plain character, for speed


def _find_repeated(header: str, first: int) -> tuple[tuple[str, int], ...]:
    header = f"\n{header}"
    keys = _TOP_KEY.findall(header)
    if len({key.lower() for key in keys}) == len(keys):
        return ()
    seen: set[str] = set()
    found = []
    for match in _TOP_KEY.finditer(header):
        key = match[1].lower()
        if key in seen:
            found.append((match[1], first + header.count("\n", 0, match.start())))
        seen.add(key)
    return tuple(found)
