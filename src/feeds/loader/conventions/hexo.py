"""Hexo: https://hexo.io/docs/configuration, /docs/front-matter, /docs/permalinks and /docs/writing."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from feeds.errors import PostError
from feeds.loader.addresses import join_path
from feeds.loader.clues import Clues
from feeds.loader.convention import MARKDOWN, Convention, Facts, FileName, Page, SourceFile
from feeds.loader.conventions.hexo_headers import HEXO_HANDLERS
from feeds.loader.datafiles import read_data
from feeds.loader.directory import read_people_files
from feeds.loader.files import walk_files
from feeds.loader.keys import is_true
from feeds.models import Markup, Status

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.config import Findings
    from feeds.loader.headers import HeaderHandler

CONFIGS = ("_config.yml", "_config.yaml", "_config.json")
# What `hexo init` has written into new sites over the years.
PLACEHOLDERS = frozenset({"example.com", "yoursite.com"})
_TOKEN = re.compile(r":(\w+)")
_DIGITS = {
    "year": r"\d{4}",
    "month": r"\d{2}",
    "day": r"\d{2}",
    "i_month": r"\d{1,2}",
    "i_day": r"\d{1,2}",
    "hash": "[0-9a-f]{12}",
}
# hexo-util's slugize
_SPECIAL = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")


class Hexo(Convention):
    """Posts in `source/_posts`; the name's date is part of the name only if `new_post_name` says so."""

    name = "hexo"
    extensions: ClassVar[Mapping[str, Markup | None]] = dict.fromkeys((*sorted(MARKDOWN), ".html", ".htm"))
    handlers: ClassVar[tuple[HeaderHandler, ...]] = HEXO_HANDLERS
    overflowing_dates = True
    headings_are_titles = False

    def detect(self, root: Path) -> str | None:
        """A `_config.yml` beside `source/_posts`, or hexo among the dependencies of package.json."""
        config = next((name for name in CONFIGS if (root / name).is_file()), None)
        if config is None:
            return None
        folder = str(read_data(root / config).get("source_dir") or "source")
        return config if (root / folder / "_posts").is_dir() else None

    def read_site(self, root: Path) -> Findings:
        """What `_config.yml` says."""
        origin = next(name for name in CONFIGS if (root / name).is_file())
        config = read_data(root / origin)
        clues = Clues(self.name, evidence=origin)
        source = str(config.get("source_dir") or "source").strip("./")
        below = str(config.get("root") or "/").strip("/")
        url = str(config.get("url") or "").rstrip("/")
        url = "" if url.partition("://")[2] in PLACEHOLDERS else url
        # `url` has the site's folder in it by the documentation; older sites have it in `root` alone.
        clues.note("url", url if "/" in url.partition("://")[2] else f"{url}/{below}", origin)
        clues.note_domain(root, source, path=below)
        clues.note("title", config.get("title"), origin)
        clues.note("description", config.get("description"), origin)
        clues.note("description", config.get("subtitle"), origin)
        language = config.get("language")
        clues.note("language", language[0] if isinstance(language, list) and language else language, origin)
        clues.note("timezone", config.get("timezone"), origin)
        clues.note_author(config.get("author"), origin)
        clues.authors |= read_people_files(root, f"{source}/_data/authors", f"{source}/_data/people")
        options = {
            "permalink": str(config.get("permalink") or ":year/:month/:day/:title/"),
            "permalink_defaults": _texts(config.get("permalink_defaults")),
            "new_post_name": str(config.get("new_post_name") or ":title.md"),
            "default_category": str(config.get("default_category") or "uncategorized"),
            "category_map": _texts(config.get("category_map")),
            "filename_case": config.get("filename_case") or 0,
            "trim": _texts(config.get("pretty_urls")),
            "future": is_true(config.get("future")),
            "drafts": is_true(config.get("render_drafts")),
            "prefix": f"/{below}" if below else "",
        }
        folders = tuple(
            f"{source}/{name}" for name in ("_posts", "_drafts") if (root / source / name).is_dir()
        )
        return clues.conclude(posts=folders, found_by=f"Hexo's `{source}/_posts`", options=options)

    def find_files(
        self, root: Path, folders: tuple[str, ...], options: Mapping[str, Any]
    ) -> Iterator[SourceFile]:
        """Every file that can be rendered; names that start with `_` or end with `~` are not looked at."""
        del options
        for folder in folders:
            for source in walk_files(root, folder):
                inside = source[len(folder) :]
                if f".{source.rpartition('.')[2].lower()}" in self.extensions and "/_" not in inside:
                    yield SourceFile(path=root / source, source=source, folder=folder)

    def read_name(self, file: SourceFile, facts: Facts) -> FileName:
        """What `new_post_name` finds in the path below `_posts`: the slug, and the date."""
        stem = file.inside.rpartition(".")[0]
        found = _parse_name(stem, str(facts.options.get("new_post_name", ":title.md")))
        slug = found.get("title") or _slugize(stem, facts.options)
        day = None
        try:
            day = date(
                int(found["year"]),
                int(found.get("month") or found["i_month"]),
                int(found.get("day") or found["i_day"]),
            )
        except (KeyError, ValueError):
            day = None
        return FileName(slug=slug, day=day or _leading_day(stem), language=found.get("lang"))

    def complete_fields(self, file: SourceFile, fields: Mapping[str, Any], facts: Facts) -> Mapping[str, Any]:
        """The header over what `new_post_name` finds in the path besides title and date."""
        stem = file.inside.rpartition(".")[0]
        found = _parse_name(stem, str(facts.options.get("new_post_name", ":title.md")))
        return {key: value for key, value in found.items() if key not in {"title", *_DIGITS}} | dict(fields)

    def judge(self, page: Page) -> tuple[Status, str]:
        """`_drafts` and `published: false` stay out."""
        if "_drafts" in page.file.source.split("/") and not page.facts.options.get("drafts"):
            return Status.DRAFT, "it lies in _drafts"
        return super().judge(page)

    def show_date(self, when: datetime, facts: Facts) -> datetime:
        """Hexo shows every date in the site's `timezone` if it has one."""
        return when.astimezone(ZoneInfo(facts.zone)) if facts.zone_known else when

    def address(self, page: Page) -> str:
        """The header's `permalink`, else the site's pattern, filled from the post's own fields too."""
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
                raise PostError(
                    f"needs a `{name}` in its header for the site's permalink {options['permalink']}"
                )
            return str(value)

        path = _TOKEN.sub(fill, str(options.get("permalink", ":year/:month/:day/:title/")))
        trim: Mapping[str, str] = options.get("trim", {})
        if trim.get("trailing_index") == "False":
            path = path.removesuffix("index.html")
        if trim.get("trailing_html") == "False" and not path.endswith("/index.html"):
            path = path.removesuffix(".html")
        return join_path(path)

    def make_title(self, page: Page) -> str:
        """The words of the file's name; Hexo itself would show nothing."""
        return " ".join(page.name.slug.rpartition("/")[2].replace("-", " ").split())


def _values(page: Page) -> dict[str, str | None]:
    options = page.facts.options
    when = page.published
    slug = page.name.slug
    values: dict[str, str | None] = {
        "title": slug,
        "name": slug.rpartition("/")[2],
        "post_title": _slugize(page.title, {"filename_case": 1}),
        "category": _category(page) or str(options.get("default_category", "uncategorized")),
        "hash": hashlib.sha1(f"{slug}{int(when.timestamp())}".encode(), usedforsecurity=False).hexdigest()[
            :12
        ]
        if when
        else None,
    }
    if when is None:
        return values | dict.fromkeys(
            ("year", "month", "day", "i_month", "i_day", "hour", "minute", "second"), ""
        )
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
    return "/".join(_slugize(mapped.get(name, name), page.facts.options) for name in page.categories)


def _parse_name(stem: str, pattern: str) -> dict[str, str]:
    rule = pattern.rpartition(".")[0] or pattern
    expression = ""
    position = 0
    for token in _TOKEN.finditer(rule):
        expression += (
            re.escape(rule[position : token.start()]) + f"(?P<{token[1]}>{_DIGITS.get(token[1], '.+?')})"
        )
        position = token.end()
    found = re.fullmatch(expression + re.escape(rule[position:]), stem)
    return found.groupdict() if found else {}


def _leading_day(stem: str) -> date | None:
    found = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", stem.rpartition("/")[2])
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _slugize(text: str, options: Mapping[str, Any]) -> str:
    plain = unicodedata.normalize("NFD", text)
    plain = unicodedata.normalize(
        "NFC", "".join(one for one in plain if unicodedata.category(one) != "Mn" or ord(one) > 0x36F)
    )  # noqa: PLR2004 - Latin's marks
    slug = _SPECIAL.sub("-", plain).strip("-")
    case = options.get("filename_case")
    return slug.lower() if case == 1 else slug.upper() if case == 2 else slug  # noqa: PLR2004 - Hexo's own numbers


def _texts(value: Any) -> dict[str, str]:
    return {str(key): str(inner) for key, inner in value.items()} if isinstance(value, Mapping) else {}
