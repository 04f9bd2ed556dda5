"""Titles and names as plain text: what front matter holds besides text taken for what the author meant."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from feeds.slugs import fold_name

NAME_KEYS = ("name", "title", "label", "value", "text", "slug", "id")

# The commas and semicolons of Arabic and Chinese, and Japan's.
SEPARATORS = str.maketrans({"،": ",", "、": ",", "，": ",", "؛": ";", "；": ";"})
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Only what HTML calls phrasing content and only in pairs: `Vec<T>` and `the <script> tag` are words of a
# title.
_PAIR = re.compile(
    r"<(a|abbr|b|bdi|bdo|big|center|cite|code|del|dfn|em|font|i|ins|kbd|mark|nobr|q|s|samp|small|span|strike|strong"
    r"|sub|sup|time|tt|u|var|p|div)(?:\s[^<>]*)?>(.*?)</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_VOID = re.compile(r"<(?:br|wbr|img)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+[\"'][^\"']*[\"'])?\)")
_EMPHASIS = (
    re.compile(r"(?<![\w*\\])\*\*(?=[^\s*])(.+?)(?<=[^\s*\\])\*\*(?![\w*])"),
    re.compile(r"(?<![\w*\\])\*(?=[^\s*])(.+?)(?<=[^\s*\\])\*(?![\w*])"),
    # `__init__` is a name more often than emphasis.
    re.compile(r"(?<![\w\\])__(?!\w+__(?!\w))(?=[^\s_])(.+?)(?<=[^\s_\\])__(?!\w)"),
    re.compile(r"(?<![\w\\])_(?=[^\s_])(.+?)(?<=[^\s_\\])_(?!\w)"),
    re.compile(r"(?<!~)~~(?=[^\s~])(.+?)(?<=[^\s~])~~(?!~)"),
)
_MARKS = re.compile(r"[<\[`*_~\\]")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~&:\"'-])")


def plain_text(value: object) -> str:
    """A title in one line of plain text: entities decoded, HTML and Markdown replaced by what they show.

    Numbers are written as YAML reads them, a list is joined with commas, a table and nothing are "".

    >>> plain_text("R&amp;D with <em>C++</em> and `*args`, **again**")
    'R&D with C++ and *args, again'
    """
    if isinstance(value, list | tuple):
        return ", ".join(text for text in map(plain_text, value) if text)
    return clean_text(_without_markup(value) if isinstance(value, str) else _write(value))


def parse_names(value: object, *, split_spaces: bool = False) -> tuple[str, ...]:
    """Tags or categories in the order written, without blanks, each once however it is spelled.

    A list holds one name an item; a string holds several, between semicolons if it has any, else between
    commas; with `split_spaces` (Jekyll) between spaces if it has neither. A table is named by its `name` (or
    `title`, `label` …), a table without one by its keys.
    """
    if isinstance(value, str):
        return _parse_text(value, split_spaces=split_spaces)
    return _keep_each_once(_split(value, split_spaces=split_spaces))


@lru_cache(maxsize=4096)
def _parse_text(text: str, *, split_spaces: bool) -> tuple[str, ...]:
    return _keep_each_once(_split_text(text, split_spaces=split_spaces))


def _keep_each_once(written: Iterable[str]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for name in map(_clean_name, written):
        names.setdefault(fold_name(name), name)
    names.pop("", None)
    return tuple(names.values())


@lru_cache(maxsize=4096)
def _clean_name(name: str) -> str:
    cleaned = clean_text(name).strip(" ,;")
    # Obsidian writes `#tag`; `#` alone or before a digit is no mark of a tag.
    return re.sub(r"^#+(?=[^\W\d])", "", cleaned)


def clean_text(text: str) -> str:
    """`text` in one line, entities decoded, without the characters that XML forbids (XML 1.0 section 2.2)."""
    decoded = _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text
    if not decoded.isprintable():
        decoded = "".join(map(_allowed, decoded))
    return unicodedata.normalize("NFC", " ".join(decoded.split()))


def _allowed(character: str) -> str:
    if character.isprintable():
        return character
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    # Format characters join emoji and shape Persian; a byte-order mark is none of them.
    return character if (category == "Cf" and character != "\ufeff") or category == "Co" else ""


def _without_markup(text: str) -> str:
    if not _MARKS.search(text):
        return text
    text = _VOID.sub(" ", text)
    count = 1
    while count:
        text, count = _PAIR.subn(lambda match: match[2], text)
    pieces = []
    end = 0
    for code in _CODE.finditer(text):
        pieces += [_without_markdown(text[end : code.start()]), code[2].strip()]
        end = code.end()
    return "".join([*pieces, _without_markdown(text[end:])])


def _without_markdown(text: str) -> str:
    text = _LINK.sub(lambda match: match[1], text)
    for form in _EMPHASIS:
        text = form.sub(lambda match: match[1], text)
    return _ESCAPE.sub(lambda match: match[1], text)


def _split(value: object, *, split_spaces: bool) -> Iterable[str]:
    if isinstance(value, str):
        return _split_text(value, split_spaces=split_spaces)
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [name for item in items for name in _split_item(item)]
    if isinstance(value, Mapping):
        return [_name_of(value)] if any(key in value for key in NAME_KEYS) else [_write(key) for key in value]
    return [_write(value)]


def _split_item(item: object) -> Iterable[str]:
    return (item,) if isinstance(item, str) else _split(item, split_spaces=False)


def _split_text(value: str, *, split_spaces: bool) -> list[str]:
    text = value.strip()
    if text.startswith("[") and text.endswith("]"):  # a YAML list in a header that is not YAML (Pelican's)
        text = text[1:-1]
    text = text.translate(SEPARATORS)
    mark = ";" if ";" in _ENTITY.sub("", text) else ","
    if mark == ";":
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    if split_spaces and mark not in text:
        return text.split()
    return [part.strip().strip("\"'") if len(part.strip()) > 1 else part for part in text.split(mark)]


def _name_of(table: Mapping[object, object]) -> str:
    return next((_write(table[key]) for key in NAME_KEYS if table.get(key)), "")


def _write(value: object) -> str:
    if value is None or isinstance(value, Mapping):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
