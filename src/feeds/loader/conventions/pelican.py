"""Pelican: https://docs.getpelican.com/en/latest/settings.html and /content.html."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from feeds.errors import PostError
from feeds.loader.addresses import join_path
from feeds.loader.clues import Clues
from feeds.loader.convention import MARKDOWN, Convention, Facts, FileName, Page, SourceFile
from feeds.loader.conventions.pelican_addresses import fill_address
from feeds.loader.conventions.pelican_headers import (
    HTML_HANDLERS,
    PELICAN_HANDLERS,
    RST_HANDLERS,
)
from feeds.loader.conventions.pelican_settings import (
    FILENAME_METADATA,
    SETTINGS,
    find_content,
    read_options,
    read_settings,
)
from feeds.loader.dates import parse_date
from feeds.loader.files import read_loosely, read_start
from feeds.loader.folders import walk_files
from feeds.loader.keys import is_empty
from feeds.loader.witness import JUDGED
from feeds.models import Markup, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from feeds.config import Findings
    from feeds.loader.headers import HeaderHandler

_ONLY_OURS = re.compile(
    r"^\s*(?:SITENAME|FEED_ALL_ATOM|ARTICLE_(?:URL|PATHS|SAVE_AS|DIR)|PAGE_PATHS)\s*=", re.MULTILINE
)
_SAMPLE = 12


class Pelican(Convention):
    """Articles anywhere below the content folder but in its folder of pages; the folder is the category."""

    name = "pelican"
    markup = Markup.MARKDOWN
    extensions: ClassVar[Mapping[str, Markup | None]] = dict.fromkeys((*sorted(MARKDOWN), ".rst", ".html", ".htm"))
    handlers: ClassVar[tuple[HeaderHandler, ...]] = PELICAN_HANDLERS
    day_first = False
    title_heading = ""

    def detect(self, root: Path) -> str | None:
        """A settings module with Pelican's names, or a content folder of files with `Title:` and no fence."""
        for name in SETTINGS:
            file = root / name
            if file.is_file() and _ONLY_OURS.search(read_loosely(file)):
                return name
        for folder in ("content", "articles", "posts"):
            if _has_headers(root, folder):
                return f"{folder}/ (headers without `---`)"
        return None

    def read_site(self, root: Path) -> Findings:
        """What the settings say that can be told without running them, publishconf's word first."""
        settings, origins = read_settings(root)
        clues = Clues(self.name, evidence=self.detect(root) or "feeds.toml")
        for key, names in _SITE.items():
            for name in names:
                clues.note(key, settings.get(name), origins.get(name, ""))
        content = find_content(root, settings)
        clues.note_domain(root, content, f"{content}/extra", f"{content}/static")
        return clues.conclude(
            posts=(content,),
            found_by=origins.get("PATH") or "Pelican's content folder",
            options=read_options(settings, content),
        )

    def find_files(self, root: Path, folders: tuple[str, ...], options: Mapping[str, Any]) -> Iterator[SourceFile]:
        """The files of ARTICLE_PATHS but not of ARTICLE_EXCLUDES, PAGE_PATHS and IGNORE_FILES."""
        excluded = tuple(options.get("excluded", ("pages",)))
        paths = tuple(options.get("paths", ("",)))
        for folder in folders:
            for source in walk_files(root, folder):
                inside = source[len(folder) :].lstrip("/") if folder else source
                wanted = any(_is_below(inside, path) for path in paths)
                if wanted and self.is_post(source) and not any(_is_below(inside, path) for path in excluded):
                    yield SourceFile(root=root, source=source, folder=folder)

    def is_post(self, source: str) -> bool:
        """By its extension alone: a README without a header is no article because it has no title."""
        return "." + source.rpartition(".")[2].lower() in self.extensions

    def choose_handlers(self, source: str) -> tuple[HeaderHandler, ...]:
        """By the file's ending: `Plone: a title` is a title in reStructuredText and a field in Markdown."""
        extension = source.rpartition(".")[2].lower()
        return {"rst": RST_HANDLERS, "html": HTML_HANDLERS, "htm": HTML_HANDLERS}.get(extension, self.handlers)

    def read_name(self, file: SourceFile, facts: Facts) -> FileName:
        """What FILENAME_METADATA finds in the name, by default a date at its start."""
        stem = file.source.rpartition("/")[2].rpartition(".")[0]
        found = _match_names(facts.options.get("filename_metadata", FILENAME_METADATA), stem)
        day = _as_day(found.get("date"), facts)
        return FileName(slug=found.get("slug") or stem, day=day, folders=tuple(file.inside.split("/")[:-1]))

    def complete_fields(self, file: SourceFile, fields: Mapping[str, Any], facts: Facts) -> Mapping[str, Any]:
        """The header over the path's metadata, over the folder as category, over DEFAULT_METADATA."""
        options = facts.options
        *folders, last = file.inside.split("/")
        path = {
            **_match_names(options.get("path_metadata", ""), file.inside),
            **_match_names(options.get("filename_metadata", FILENAME_METADATA), last.rpartition(".")[0]),
        }
        path.pop("date", None)  # read_name's
        category = (
            folders[-1]
            if folders and options.get("folder_is_category", True)
            else options.get("default_category", "misc")
        )
        extra = {
            key: value
            for place, table in options.get("extra_metadata", ())
            if _is_below(file.inside, place)
            for key, value in table.items()
        }
        # An empty `Category:` is none, and `categories` is no field of Pelican's.
        header = {key: value for key, value in fields.items() if key not in {"category", "categories"}}
        if not is_empty(fields.get("category")):
            header["category"] = fields["category"]
        return {**options.get("default_metadata", {}), "category": category, **extra, **path, **header}

    def judge(self, page: Page) -> tuple[Status, str]:
        """By `Status:`; what has no title is no article."""
        status = str(page.fields.get("status", "published")).strip().lower()
        if is_empty(page.fields.get("title")):
            return Status.HIDDEN, "has no `Title:` in its first lines, so Pelican does not publish it"
        if status == "draft":
            return Status.DRAFT, "status: draft"
        if status in {"hidden", "skip"}:
            return Status.HIDDEN, f"status: {status}"
        return Status.PUBLISHED, ""

    def address(self, page: Page) -> str:
        """`Url:` or the filled ARTICLE_URL; ARTICLE_LANG_URL in another language than the site's."""
        options = page.facts.options
        own = page.fields.get("url")
        language = page.language or options.get("default_language", "en")
        if isinstance(own, str) and own.strip():
            return join_path(own)
        prefix = ""
        key = "url"
        if language in options.get("subsites", ()):
            prefix = f"{language}/"
        elif language != options.get("default_language", "en"):
            key = "language_url"
        pattern = str(options.get(key) or "{slug}.html")
        return join_path(prefix + re.sub(r"/index\.html?$", "/", fill_address(pattern, page, language)))

    def make_title(self, page: Page) -> str:
        """None: Pelican has no title but the header's; the name serves to speak of the file."""
        return page.name.slug


_SITE: Mapping[str, tuple[str, ...]] = {
    "title": ("SITENAME",),
    "url": ("SITEURL", "FEED_DOMAIN"),
    "description": ("SITESUBTITLE", "SITEDESCRIPTION", "SITE_DESCRIPTION", "TAGLINE"),
    "language": ("DEFAULT_LANG",),
    "timezone": ("TIMEZONE",),
    "author": ("AUTHOR",),
    "logo": ("SITELOGO", "LOGO"),
    "icon": ("FAVICON",),
}
_HEADERS = {**dict.fromkeys(MARKDOWN, PELICAN_HANDLERS[-1]), ".rst": RST_HANDLERS[0]}


def _has_headers(root: Path, folder: str) -> bool:
    """Whether most files of the folder begin with Pelican's metadata, no fence, and with a title and a date or slug."""
    sources = [source for source in walk_files(root, folder) if "." + source.rpartition(".")[2].lower() in _HEADERS]
    sample = sources[:: max(1, len(sources) // _SAMPLE)]
    ours = sum(JUDGED.ask(has_header, root / source) for source in sample)
    return bool(sample) and ours * 2 > len(sample)


def has_header(path: Path) -> bool:
    """Whether a file begins so."""
    text = read_start(path, 4096).decode("utf-8-sig", "replace").replace("\r\n", "\n")
    handler = _HEADERS[path.suffix.lower()]
    if text.startswith("---") or not handler.detect(text):
        return False
    header, _ = handler.split(text)
    fields = handler.load(header)
    dated = re.match(FILENAME_METADATA, path.name)
    return "title" in fields and ("date" in fields or "slug" in fields or dated is not None)


def _is_below(inside: str, path: str) -> bool:
    return path in {"", "."} or inside == path or inside.startswith(f"{path}/") or fnmatchcase(inside, path)


def _match_names(pattern: str, text: str) -> dict[str, str]:
    """The named groups of a setting's pattern in a path, as Pelican takes them."""
    found = re.match(pattern, text) if pattern else None
    groups = found.groupdict() if found else {}
    return {key.lower(): value for key, value in groups.items() if value is not None}


def _as_day(text: str | None, facts: Facts) -> date | None:
    if not text:
        return None
    try:
        return parse_date(text.replace("_", "-"), zone=ZoneInfo(facts.zone)).when.date()
    except PostError:
        return None
