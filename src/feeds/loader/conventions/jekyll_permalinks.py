"""Jekyll's addresses: https://jekyllrb.com/docs/permalinks/, as Jekyll::Drops::UrlDrop fills them in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from feeds.errors import PostError
from feeds.loader.addresses import DAYS, MONTHS, fill_pattern, join_path
from feeds.loader.keys import is_empty

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeds.loader.convention import Page

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
    # Bridgetown's own: https://www.bridgetownrb.com/docs/content/permalinks.
    "simple": "/:categories/:title/",
    "simple_ext": "/:categories/:title.html",
    "pretty_ext": "/:categories/:year/:month/:day/:title.html",
}
_PRETTY = "._~!$&'()+,;=@"
_NOT_PRETTY = re.compile(rf"[^A-Za-z0-9{re.escape(_PRETTY)}]+")
_NOT_DEFAULT = re.compile("[^A-Za-z0-9]+")
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What the placeholders are made of; `when` is 1970 for a post without a date."""

    page: Page
    when: datetime
    slug: str


def make_permalink(page: Page) -> str:
    """The path of the post's page, by the header's pattern or the site's.

    Raises PostError for a pattern with a placeholder that does not exist.
    """
    own = page.fields.get("permalink")
    collection = page.facts.options.get("collections", {}).get(page.file.folder)
    site = collection[1] if collection else page.facts.options.get("permalink", "date")
    chosen = own if isinstance(own, str) and own.strip() else str(site)
    pattern = STYLES.get(chosen.strip().lower(), chosen.strip())
    if pattern.startswith(("http://", "https://")):
        raise PostError("permalink: is an absolute address; write the path alone")
    written = page.fields.get("slug")
    slug = page.name.slug if is_empty(written) else str(written)
    parts = _Parts(page=page, when=page.published or EPOCH, slug=slug)
    return _prefix(page) + join_path(_sanitize(fill_pattern(pattern, _PLACEHOLDERS, parts)))


def _sanitize(path: str) -> str:
    """Jekyll::URL.sanitize_url, which has folders above in mind and meets names that end with a dot too."""
    return f"/{path}".replace("..", "/").replace("./", "")


def _find_basename(parts: _Parts) -> str:
    return parts.page.file.source.rpartition("/")[2].rpartition(".")[0]


def _join_categories(parts: _Parts) -> str:
    return "/".join(dict.fromkeys(name.lower() for name in parts.page.categories))


def _join_slugs(parts: _Parts) -> str:
    return "/".join(dict.fromkeys(slugify(name) for name in parts.page.categories))


def _find_collection(parts: _Parts) -> str:
    label, _ = parts.page.facts.options.get("collections", {}).get(parts.page.file.folder, ("posts", ""))
    return str(label)


_PLACEHOLDERS: Mapping[str, Callable[[_Parts], str]] = {
    "categories": _join_categories,
    "slugified_categories": _join_slugs,
    "title": lambda parts: slugify(parts.slug, pretty=True, cased=True),
    "slug": lambda parts: slugify(parts.slug),
    "name": lambda parts: slugify(_find_basename(parts)),
    "basename": _find_basename,
    "path": lambda parts: parts.page.file.inside.rpartition(".")[0],
    "collection": _find_collection,
    "output_ext": lambda _: ".html",
    "year": lambda parts: f"{parts.when.year:04}",
    "short_year": lambda parts: f"{parts.when:%y}",
    "month": lambda parts: f"{parts.when:%m}",
    "i_month": lambda parts: str(parts.when.month),
    "short_month": lambda parts: MONTHS[parts.when.month - 1][:3],
    "long_month": lambda parts: MONTHS[parts.when.month - 1],
    "day": lambda parts: f"{parts.when:%d}",
    "i_day": lambda parts: str(parts.when.day),
    "y_day": lambda parts: f"{parts.when:%j}",
    "week": lambda parts: f"{parts.when.isocalendar().week:02}",
    "w_year": lambda parts: str(parts.when.isocalendar().year),
    "w_day": lambda parts: str(parts.when.isoweekday()),
    "short_day": lambda parts: DAYS[parts.when.weekday()][:3],
    "long_day": lambda parts: DAYS[parts.when.weekday()],
    "hour": lambda parts: f"{parts.when:%H}",
    "minute": lambda parts: f"{parts.when:%M}",
    "second": lambda parts: f"{parts.when:%S}",
}


def _prefix(page: Page) -> str:
    """jekyll-polyglot puts every language but the site's own below its tag."""
    options = page.facts.options
    own = page.fields.get("lang")
    if isinstance(own, str) and own in options.get("languages", ()) and own != options.get("default_language"):
        return f"/{own}"
    return ""


def slugify(text: str, *, pretty: bool = False, cased: bool = False) -> str:
    """Jekyll::Utils.slugify in its modes `default` and `pretty`."""
    if text.isascii():
        slug = (_NOT_PRETTY if pretty else _NOT_DEFAULT).sub("-", text)
    else:
        kept = _PRETTY if pretty else ""
        slug = re.sub("\0+", "-", "".join(one if _is_word(one) or one in kept else "\0" for one in text))
    slug = slug.removeprefix("-").removesuffix("-")
    return slug if cased else slug.lower()


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM" or unicodedata.category(character) == "Nd"
