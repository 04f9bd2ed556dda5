"""Jekyll's addresses: https://jekyllrb.com/docs/permalinks/, as Jekyll::Drops::UrlDrop fills them in."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING

from feeds.errors import PostError
from feeds.loader.addresses import DAYS, MONTHS, fill_pattern, join_path
from feeds.loader.keys import is_empty

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeds.loader.convention import Page

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_PRETTY = "._~!$&'()+,;=@"
_NOT_PRETTY = re.compile(rf"[^A-Za-z0-9{re.escape(_PRETTY)}]+")
_NOT_DEFAULT = re.compile("[^A-Za-z0-9]+")
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def make_permalink(page: Page) -> str:
    """The path of the post's page; a post without a date is at its title as if it were of 1970."""
    own = page.fields.get("permalink")
    chosen = own if isinstance(own, str) and own.strip() else str(page.facts.options.get("permalink", "date"))
    pattern = STYLES.get(chosen.strip().lower(), chosen.strip())
    when = page.published or EPOCH
    stem = page.file.source.rpartition("/")[2].rpartition(".")[0]
    written = page.fields.get("slug")
    slug = str(written) if not is_empty(written) else page.name.slug
    week_year, week, _ = when.isocalendar()
    categories = [name.lower() for name in page.categories]
    values: dict[str, str | Callable[[], str]] = {
        "categories": "/".join(dict.fromkeys(categories)),
        "slugified_categories": lambda: "/".join(dict.fromkeys(slugify(name) for name in categories)),
        "title": lambda: slugify(slug, pretty=True, cased=True),
        "slug": lambda: slugify(slug),
        "name": lambda: slugify(page.name.slug),
        "basename": stem,
        "path": page.file.inside.rpartition(".")[0],
        "collection": "posts",
        "output_ext": ".html",
        "year": f"{when.year:04}",
        "short_year": f"{when:%y}",
        "month": f"{when:%m}",
        "i_month": str(when.month),
        "short_month": MONTHS[when.month - 1][:3],
        "long_month": MONTHS[when.month - 1],
        "day": f"{when:%d}",
        "i_day": str(when.day),
        "y_day": f"{when:%j}",
        "week": f"{week:02}",
        "w_year": str(week_year),
        "w_day": str(when.isoweekday()),
        "short_day": DAYS[when.weekday()][:3],
        "long_day": DAYS[when.weekday()],
        "hour": f"{when:%H}",
        "minute": f"{when:%M}",
        "second": f"{when:%S}",
    }
    if pattern.startswith(("http://", "https://")):
        raise PostError("permalink: is an absolute address; write the path alone")
    return _prefix(page) + join_path(fill_pattern(pattern, values))


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
