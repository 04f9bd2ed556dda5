"""Hexo's addresses: https://hexo.io/docs/permalinks, as its post_permalink filter makes them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from feeds.errors import PostError
from feeds.loader.addresses import join_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.loader.convention import Page

TOKEN = re.compile(r":(\w+)")
# hexo-util's slugize
_SPECIAL = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")
_LOWER, _UPPER = 1, 2
# hexo-util's escapeDiacritic: Latin letters alone, those with a stroke as well.
_LETTERS = str.maketrans(
    {"Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "ß": "s", "ẞ": "S", "Đ": "D", "đ": "d"}
    | {"Ł": "L", "ł": "l", "Ħ": "H", "ħ": "h", "Ŧ": "T", "ŧ": "t", "ı": "i"}
)
_COMPOSED = re.compile("[\u00c0-\u024f\u1e00-\u1eff\u24b6-\u24e9\uff21-\uff3a\uff41-\uff5a]")


def make_address(page: Page) -> str:
    """The header's `permalink`, else the site's pattern, filled from the post's own fields too.

    Raises PostError if the pattern needs a field that the post does not have.
    """
    options = page.facts.options
    own = page.fields.get("permalink")
    if isinstance(own, str) and own.strip():
        path = own.strip()
        return join_path(path if path.endswith(("/", ".html")) else f"{path}/")
    values = _values(page)

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        value = values.get(name)
        if value is None:
            value = page.fields.get(name, options.get("permalink_defaults", {}).get(name))
        if value is None:
            raise PostError(f"needs a `{name}` in its header for the site's permalink {options['permalink']}")
        return str(value)

    path = TOKEN.sub(fill, str(options.get("permalink", ":year/:month/:day/:title/")))
    trim: Mapping[str, str] = options.get("trim", {})
    if trim.get("trailing_index") == "False":
        path = path.removesuffix("index.html")
    if trim.get("trailing_html") == "False" and not path.endswith("/index.html"):
        path = path.removesuffix(".html")
    return join_path(path)


def _values(page: Page) -> dict[str, str | None]:
    options = page.facts.options
    when = page.published
    slug = page.name.slug
    values: dict[str, str | None] = {
        "title": slug,
        "name": slug.rpartition("/")[2],
        "post_title": slugize(page.written or page.title, {"filename_case": 1}),
        "category": _category(page) or str(options.get("default_category", "uncategorized")),
        "hash": hashlib.sha1(f"{slug}{int(when.timestamp())}".encode(), usedforsecurity=False).hexdigest()[:12]
        if when
        else None,
    }
    if when is None:
        return values | dict.fromkeys(("year", "month", "day", "i_month", "i_day", "hour", "minute", "second"), "")
    return values | {
        "year": f"{when.year:04}",
        "month": f"{when:%m}",
        "day": f"{when:%d}",
        "i_month": str(when.month),
        "i_day": str(when.day),
        "hour": f"{when:%H}",
        "minute": f"{when:%M}",
        "second": f"{when:%S}",
        "timestamp": str(int(when.timestamp())),
    }


def _category(page: Page) -> str:
    """The slug of the last category below those before it, as categories in a row are one below the other."""
    mapped: Mapping[str, str] = page.facts.options.get("category_map", {})
    return "/".join(slugize(mapped.get(name, name), page.facts.options) for name in page.categories)


def slugize(text: str, options: Mapping[str, Any]) -> str:
    """hexo-util's slugize: Latin letters without marks, everything special a hyphen, by `filename_case`."""
    plain = _COMPOSED.sub(_take_base, text.translate(_LETTERS))
    slug = _SPECIAL.sub("-", plain).strip("-")
    case = options.get("filename_case")
    return slug.lower() if case == _LOWER else slug.upper() if case == _UPPER else slug


def _take_base(match: re.Match[str]) -> str:
    base = unicodedata.normalize("NFKD", match[0])[0]
    return base if base.isascii() else match[0]
