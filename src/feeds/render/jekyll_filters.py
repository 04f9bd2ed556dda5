"""Jekyll's own filters, as far as they mean something where there is no site around the post."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

from liquid.exceptions import LiquidError

from feeds.slugs import make_slug

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_RESULT = 2_000_000  # characters; longer than any post, shorter than what does not fit into memory


def _as_datetime(value: Any, moment: datetime) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=moment.tzinfo)
    if str(value) in {"now", "today"}:
        return moment  # the day of the post: a feed must not change with the clock
    text = str(value).strip()
    try:
        # Liquid::Utils.to_date: digits alone are seconds since 1970.
        return datetime.fromtimestamp(int(text), moment.tzinfo) if text.isdecimal() else datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return None


def format_date(value: Any, form: str, moment: datetime) -> Any:
    """The date by a strftime format, English whatever the locale; `value` itself if it is none. `now` is `moment`."""
    found = _as_datetime(value, moment)
    if found is None or not form:
        return value
    # Ruby's `%-d` is glibc's too, and no other platform's.
    return found.strftime(re.sub(r"%-([dmHIjy])", lambda code: str(int(found.strftime(f"%{code[1]}"))), str(form)))


def _dated(form: str) -> Any:
    return lambda value: format_date(value, form, datetime(1970, 1, 1, tzinfo=UTC))


def _bounded(size: int) -> None:
    """Raises LiquidError before a filter makes a text that would not fit into memory."""
    if size > MAX_RESULT:
        raise LiquidError("a filter's result is too long", token=None)


def _replace(value: Any, old: Any, new: Any = "") -> str:
    text, old, new = str(value), str(old), str(new)
    _bounded(text.count(old) * len(new))
    return text.replace(old, new)


def _join(values: Any, separator: Any = " ") -> str:
    texts = [str(value) for value in (values if isinstance(values, list | tuple) else [values])]
    _bounded(len(texts) * len(str(separator)))
    return str(separator).join(texts)


def _strip_tags(value: Any) -> str:
    return " ".join(str(value).split())


def _sentence(values: Iterable[Any], connector: str = "and") -> str:
    *first, last = [str(value) for value in values] or [""]
    return f"{', '.join(first)}{',' if len(first) > 1 else ''} {connector} {last}" if first else last


FILTERS: dict[str, Any] = {
    "array_to_sentence_string": _sentence,
    "cgi_escape": lambda value: quote_plus(str(value)),
    "date_to_long_string": _dated("%d %B %Y"),
    "date_to_rfc822": _dated("%a, %d %b %Y %H:%M:%S %z"),
    "date_to_string": _dated("%d %b %Y"),
    "date_to_xmlschema": lambda value: value.isoformat() if isinstance(value, date) else value,
    "join": _join,
    "jsonify": lambda value: json.dumps(value, ensure_ascii=False, default=str),
    "markdownify": str,
    "normalize_whitespace": _strip_tags,
    "number_of_words": lambda value: len(str(value).split()),
    "replace": _replace,
    "slugify": lambda value, _mode=None: make_slug(str(value)),
    "smartify": str,
    "strip_index": lambda value: re.sub(r"/index\.html?$", "/", str(value)),
    "uri_escape": lambda value: quote(str(value), safe="!#$&'()*+,/:;=?@[]~%"),
    "xml_escape": lambda value: html.escape(str(value)),
}
