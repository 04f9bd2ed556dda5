"""Pelican's headers: https://docs.getpelican.com/en/latest/content.html#file-metadata.

Markdown files have Python-Markdown's Meta-Data (https://python-markdown.github.io/extensions/meta_data/),
with or without fences; it is no YAML: `Title: Foo: a bar` is a title. reStructuredText has a field list below
the title, HTML a head with `meta` elements.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from feeds.errors import PostError
from feeds.loader.headers import HeaderHandler, YamlHandler

_KEY = re.compile(r"[ ]{0,3}([A-Za-z0-9_-]+):[ \t]*(.*)")
_MORE = re.compile(r"[ ]{4,}(.*)|\t+(.*)")
_FENCE = re.compile(r"-{3}(?:\s.*)?\Z")
_END = re.compile(r"(?:-{3}|\.{3})(?:\s.*)?\Z")
# What only YAML has: a list or a table below a key, a folded text, a list in brackets.
_ONLY_YAML = re.compile(
    r"^[ \t]*- |^[\w-]+:[ \t]*(?:[>|][+-]?|\[.*\]|\{.*\})[ \t]*$|^[\w-]+:[ \t]*\n[ ]{1,3}[\w-]+:",
    re.MULTILINE,
)


class MetaDataHandler(HeaderHandler):
    """`Key: value` lines at the very start up to the first blank line; `---` around them is optional."""

    after_blank = False

    def detect(self, text: str) -> bool:
        """Whether the first line is a key, or a fence over one."""
        first, _, rest = text.partition("\n")
        if _FENCE.match(first):
            return _KEY.match(rest) is not None
        return _KEY.match(first) is not None and not first.startswith("http")

    def split(self, text: str) -> tuple[str, str]:
        """The metadata, and what follows the blank line or fence that ends it."""
        lines = text.split("\n")
        start = count = 1 if _FENCE.match(lines[0]) else 0
        while count < len(lines):
            line = lines[count]
            if not line.strip() or (start and _END.match(line)):
                count += 1
                break
            if not (_KEY.match(line) or (count > start and _MORE.match(line))):
                break
            count += 1
        return "\n".join(lines[:count]), "\n".join(lines[count:])

    def load(self, fm: str) -> dict[str, Any]:
        """The fields as text; the lines of one that goes on are joined with spaces."""
        fields: dict[str, Any] = {}
        key = ""
        for line in fm.split("\n"):
            if found := _KEY.match(line):
                key = found[1].lower()
                fields[key] = _unquote(found[2].strip())
            elif key and (more := _MORE.match(line)):
                fields[key] = f"{fields[key]} {(more[1] or more[2]).strip()}".strip()
        return fields


class YamlPluginHandler(YamlHandler):
    """A fenced header that only YAML can be: what the plugin yaml-metadata reads."""

    def detect(self, text: str) -> bool:
        """Whether the block between the fences has lists or tables."""
        if not super().detect(text):
            return False
        try:
            header, _ = self.split(text)
        except PostError:
            return False
        return _ONLY_YAML.search(header) is not None


class FieldListHandler(HeaderHandler):
    """reStructuredText: a title with its line of punctuation, then `:key: value` fields (docinfo)."""

    _title = re.compile(r"(?:([^\w\s])\1{2,}[ \t]*\n)?[ \t]*(?P<title>\S[^\n]*)\n([^\w\s])\3{2,}[ \t]*\n\s*")
    _fields = re.compile(r"(?::[^:\n]+:(?:[ \t][^\n]*)?(?:\n|\Z)(?:[ \t]+[^\n]*(?:\n|\Z))*)+")
    _field = re.compile(r"^:([^:\n]+):[ \t]*((?:[^\n]*)(?:\n[ \t]+[^\n]*)*)", re.MULTILINE)

    def detect(self, text: str) -> bool:
        """Whether it starts with a title, or with fields."""
        return self._match(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        """The title with the fields, and what follows."""
        end = self._match(text) or 0
        return text[:end], text[end:].lstrip("\n")

    def load(self, fm: str) -> dict[str, Any]:
        """The fields, and the title unless a field says another."""
        title = self._title.match(fm)
        fields: dict[str, Any] = {"title": title["title"].strip()} if title else {}
        for field in self._field.finditer(fm, title.end() if title else 0):
            fields[field[1].strip().lower()] = " ".join(field[2].split())
        return fields

    def _match(self, text: str) -> int | None:
        title = self._title.match(text)
        fields = self._fields.match(text, title.end() if title else 0)
        return fields.end() if fields else title and title.end()


class HtmlHeadHandler(HeaderHandler):
    """An HTML page whose head has the title and `meta` elements; the body is what stands in `body`."""

    _start = re.compile(r"\s*(?:<!doctype[^>]*>\s*)?<html[\s>]|\s*<head[\s>]", re.IGNORECASE)
    _body = re.compile(r"<body[^>]*>(.*?)(?:</body\s*>|\Z)", re.IGNORECASE | re.DOTALL)

    def detect(self, text: str) -> bool:
        """Whether it starts as a page."""
        return self._start.match(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        """What stands before the body, and the body without its tags."""
        body = self._body.search(text)
        return (text[: body.start()], body[1]) if body else (text, "")

    def load(self, fm: str) -> dict[str, Any]:
        """The content of each `meta` by its name, and the title."""
        reader = _Head()
        reader.feed(fm)
        reader.close()
        return reader.fields


class _Head(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Any] = {}
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = tag == "title"
        said = dict(attrs)
        if tag == "meta" and said.get("name"):
            self.fields[str(said["name"]).lower()] = said.get("content") or said.get("contents") or ""

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.fields["title"] = self.fields.get("title", "") + data.strip()


def _unquote(text: str) -> str:
    """The text without quotes around all of it: who writes them means YAML's."""
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" and text[0] not in text[1:-1]
    return text[1:-1] if quoted else text


# By the file's ending, as Pelican chooses its readers.
PELICAN_HANDLERS = (YamlPluginHandler(), MetaDataHandler())
RST_HANDLERS = (FieldListHandler(),)
HTML_HANDLERS = (HtmlHeadHandler(),)
