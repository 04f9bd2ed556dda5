"""Hexo: https://hexo.io/docs/configuration, /docs/front-matter, /docs/permalinks and /docs/writing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from feeds.loader.clues import Clues
from feeds.loader.convention import MARKDOWN, Convention, Facts, FileName, Page, SourceFile
from feeds.loader.conventions.hexo_addresses import TOKEN, make_address, slugize
from feeds.loader.conventions.hexo_headers import HEXO_HANDLERS
from feeds.loader.conventions.packages import find_program
from feeds.loader.datafiles import read_data
from feeds.loader.directory import read_people_data
from feeds.loader.folders import walk_files
from feeds.loader.keys import is_true
from feeds.models import Markup, Status

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.config import Findings
    from feeds.loader.headers import HeaderHandler

CONFIGS = ("_config.yml", "_config.yaml", "_config.json")
# What `hexo init` has written into new sites over the years.
PLACEHOLDERS = frozenset({"example.com", "yoursite.com"})
_DIGITS = {
    "year": r"\d{4}",
    "month": r"\d{2}",
    "day": r"\d{2}",
    "i_month": r"\d{1,2}",
    "i_day": r"\d{1,2}",
    "hash": "[0-9a-f]{12}",
}


class Hexo(Convention):
    """Posts in `source/_posts`; the name's date is part of the name only if `new_post_name` says so."""

    name = "hexo"
    extensions: ClassVar[Mapping[str, Markup | None]] = dict.fromkeys((*sorted(MARKDOWN), ".html", ".htm"))
    handlers: ClassVar[tuple[HeaderHandler, ...]] = HEXO_HANDLERS
    overflowing_dates = True
    day_first = False
    title_heading = ""

    def detect(self, root: Path) -> str | None:
        """A `_config.yml` beside `source/_posts`, or hexo among the dependencies of package.json."""
        config = next((name for name in CONFIGS if (root / name).is_file()), None)
        if config is None:
            return None
        folder = str(read_data(root / config, tabs=True).get("source_dir") or "source")
        if (root / folder / "_posts").is_dir():
            return config
        known = not (root / "_posts").is_dir() and find_program(root, settings=(), packages=("hexo",))
        return config if known else None

    def read_site(self, root: Path) -> Findings:
        """What `_config.yml` says."""
        origin = next((name for name in CONFIGS if (root / name).is_file()), "")
        config = read_data(root / origin, tabs=True) if origin else {}
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
        clues.authors |= read_people_data(root, f"{source}/_data")
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
        folders = tuple(f"{source}/{name}" for name in ("_posts", "_drafts") if (root / source / name).is_dir())
        return clues.conclude(
            posts=folders or (f"{source}/_posts",), found_by=f"Hexo's `{source}/_posts`", options=options
        )

    def find_files(self, root: Path, folders: tuple[str, ...], options: Mapping[str, Any]) -> Iterator[SourceFile]:
        """Every file that can be rendered; names that start with `_` or end with `~` are not looked at."""
        del options
        for folder in folders:
            for source in walk_files(root, folder):
                inside = source[len(folder) :]
                if f".{source.rpartition('.')[2].lower()}" in self.extensions and "/_" not in inside:
                    yield SourceFile(root=root, source=source, folder=folder)

    def read_name(self, file: SourceFile, facts: Facts) -> FileName:
        """What `new_post_name` finds in the path below `_posts`: the slug, and the date."""
        stem = file.inside.rpartition(".")[0]
        found = _parse_name(stem, str(facts.options.get("new_post_name", ":title.md")))
        slug = found.get("title") or slugize(stem, facts.options)
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
        """Hexo reads a date with an offset in UTC, and takes what it reads for the site's own time.

        Seen with Hexo 8 in the zone of its `timezone`: hexo-front-matter undoes what js-yaml has done only for dates
        without one. The post's address has that day.
        """
        zone = ZoneInfo(facts.zone)
        return when if when.tzinfo == zone else when.astimezone(UTC).replace(tzinfo=zone)

    def address(self, page: Page) -> str:
        """The header's `permalink`, else the site's."""
        return make_address(page)

    def make_title(self, page: Page) -> str:
        """The words of the file's name; Hexo itself would show nothing."""
        return " ".join(page.name.slug.rpartition("/")[2].replace("-", " ").split())


def _parse_name(stem: str, pattern: str) -> dict[str, str]:
    rule = pattern.rpartition(".")[0] or pattern
    expression = ""
    position = 0
    for token in TOKEN.finditer(rule):
        expression += re.escape(rule[position : token.start()]) + f"(?P<{token[1]}>{_DIGITS.get(token[1], '.+?')})"
        position = token.end()
    found = re.fullmatch(expression + re.escape(rule[position:]), stem)
    return found.groupdict() if found else {}


def _leading_day(stem: str) -> date | None:
    found = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", stem.rpartition("/")[2])
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _texts(value: Any) -> dict[str, str]:
    return {str(key): str(inner) for key, inner in value.items()} if isinstance(value, Mapping) else {}
