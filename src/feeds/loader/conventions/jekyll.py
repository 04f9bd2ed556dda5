"""Jekyll: https://jekyllrb.com/docs/posts/, and front-matter/, configuration/ and collections/ beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from feeds.loader.clues import Clues
from feeds.loader.convention import MARKDOWN, Convention, Facts, FileName, Page, SourceFile
from feeds.loader.conventions.jekyll_permalinks import make_permalink
from feeds.loader.datafiles import read_data
from feeds.loader.directory import read_people_files, read_people_folder
from feeds.loader.files import NEVER, walk_files
from feeds.loader.keys import is_false, is_true
from feeds.loader.people import parse_names
from feeds.models import Markup, Status

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.config import Findings

CONFIGS = ("_config.yml", "_config.yaml", "_config.toml")
# What of `_config.yml` a post may show as `site.name`.
_PLAIN_DATA = (str, int, float, list, dict)
# Jekyll::Document::DATE_FILENAME_MATCHER
_DATED = re.compile(r"(\d{2,4})-(\d{1,2})-(\d{1,2})-(.*)")
_LIQUID_FOLDERS = frozenset({"_posts", "_drafts"})


class Jekyll(Convention):
    """Posts in `_posts` folders at any depth, dated by their names."""

    name = "jekyll"
    extensions: ClassVar[Mapping[str, Markup | None]] = dict.fromkeys((*sorted(MARKDOWN), ".html", ".htm"))
    space_separated = True
    headings_are_titles = False

    def detect(self, root: Path) -> str | None:
        """A `_config.yml` without Hexo's `source/_posts`, or `_posts` in the site's own folder."""
        if (root / "source" / "_posts").is_dir() and (root / "package.json").is_file():
            return None
        configured = next((name for name in CONFIGS if (root / name).is_file()), None)
        if configured and (_find_post_folders(root, "") or not (root / "source").is_dir()):
            return configured
        return "_posts" if (root / "_posts").is_dir() else None

    def read_site(self, root: Path) -> Findings:
        """What `_config.yml`, CNAME and `_data` say."""
        origin = next((name for name in CONFIGS if (root / name).is_file()), "")
        config = read_data(root / origin) if origin else {}
        clues = Clues(self.name, evidence=origin or "_posts")
        base = str(config.get("baseurl") or "").strip("/")
        if isinstance(url := config.get("url"), str) and url.strip():
            clues.note("url", f"{url.strip().rstrip('/')}/{base}", origin)
        clues.note_domain(root, path=base)
        repository = str(config.get("repository") or "")
        if re.fullmatch(r"[\w.-]+/[\w.-]+\.github\.io", repository):
            clues.note("url", f"https://{repository.partition('/')[2]}/{base}", f"{origin} (repository)")
        for key, names in _SITE.items():
            for name in names:
                clues.note(key, config.get(name), origin)
        clues.note_author(config.get("author"), origin)
        source = str(config.get("source") or "").strip("./")
        data = "/".join(part for part in (source, str(config.get("data_dir") or "_data")) if part)
        clues.authors |= read_people_files(
            root, *(f"{data}/{name}" for name in ("authors", "people", "author", "members", "team"))
        )
        for folder in ("_authors", "_people"):
            if not clues.authors and (root / source / folder).is_dir():
                clues.authors |= read_people_folder(root, "/".join(part for part in (source, folder) if part))
        folders = _find_post_folders(root, source)
        return clues.conclude(
            posts=folders or (source,),
            found_by="Jekyll's `_posts`",
            options=_read_options(config, base),
        )

    def find_files(self, root: Path, folders: tuple[str, ...], options: Mapping[str, Any]) -> Iterator[SourceFile]:
        """Every file below a `_posts` or `_drafts`; what a folder's name has before it are categories."""
        extensions = {*self.extensions, *options.get("extensions", ())}
        for folder in folders:
            for source in walk_files(root, folder):
                if "." + source.rpartition(".")[2].lower() in extensions:
                    yield SourceFile(path=root / source, source=source, folder=folder)

    def read_name(self, file: SourceFile, facts: Facts) -> FileName:
        """Date and slug; the folders above `_posts`, below the site's source, are categories."""
        stem = file.source.rpartition("/")[2].rpartition(".")[0]
        parts = file.source.split("/")[:-1]
        special = next((index for index, part in enumerate(parts) if part in _LIQUID_FOLDERS), None)
        above = parts[:special] if special is not None else []
        source = str(facts.options.get("source", ""))
        if source and "/".join(above).startswith(source):
            above = above[len(source.split("/")) :]
        found = _DATED.fullmatch(stem)
        day = None
        if found:
            year = int(found[1]) + (2000 if len(found[1]) == 2 else 0)  # noqa: PLR2004 - as Ruby's Time.parse reads it
            try:
                day = date(year, int(found[2]), int(found[3]))
            except ValueError:
                day = None
        slug = (found[4] if found and day else stem).rstrip(".")
        return FileName(slug=slug, day=day, folders=tuple(above))

    def complete_fields(self, file: SourceFile, fields: Mapping[str, Any], facts: Facts) -> Mapping[str, Any]:
        """The header over the `defaults` that match the path, with the categories of the folders in front."""
        merged: dict[str, Any] = {}
        kind = "drafts" if "_drafts" in file.source.split("/") else "posts"
        for scope, of_type, values in facts.options.get("defaults", ()):
            if of_type in {"", kind} and _in_scope(file.source, scope):
                merged |= values
        merged |= fields
        if folders := self.read_name(file, facts).folders:
            written = merged.get("categories")
            merged["categories"] = [
                *folders,
                *(parse_names(written, split_spaces=True) if written is not None else ()),
            ]
        return merged

    def judge(self, page: Page) -> tuple[Status, str]:
        """`published: false` and `_drafts` stay out, unless the site's own settings show them."""
        options = page.facts.options
        folders = page.file.source.split("/")
        if "_drafts" in folders and not options.get("show_drafts"):
            return Status.DRAFT, "it lies in _drafts"
        if is_true(page.fields.get("draft")):
            return Status.DRAFT, "draft: true"
        if is_false(page.fields.get("published")) and not options.get("unpublished"):
            return Status.HIDDEN, "published: false"
        if "_posts" in folders and page.name.day is None:
            if page.published is None:
                return Status.UNDATED, "its file name does not start with YYYY-MM-DD-"
            return (
                Status.HIDDEN,
                "its file name does not start with YYYY-MM-DD-, so Jekyll does not publish it",
            )
        return Status.PUBLISHED, ""

    def show_date(self, when: datetime, facts: Facts) -> datetime:
        """Jekyll shows every date in the site's `timezone` if it has one."""
        return when.astimezone(ZoneInfo(facts.zone)) if facts.zone_known else when

    def address(self, page: Page) -> str:
        """The permalink of the header, of the collection or of the site, filled in."""
        return make_permalink(page)

    def make_title(self, page: Page) -> str:
        """Jekyll::Utils.titleize_slug: the words of the slug, capitalised."""
        return " ".join(word.capitalize() for word in page.name.slug.split("-") if word)


_SITE: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "name"),
    "description": ("description", "tagline", "subtitle"),
    "language": ("lang", "language", "locale", "default_lang"),
    "timezone": ("timezone",),
    "logo": ("logo", "avatar"),
    "icon": ("icon", "favicon"),
    "rights": ("copyright", "rights"),
}


def _find_post_folders(root: Path, source: str) -> tuple[str, ...]:
    """The `_posts` and `_drafts` below the source, not those of dependencies or output; outermost only."""
    return tuple(sorted(_scan(root, source.strip("/"))))


def _scan(root: Path, folder: str) -> Iterator[str]:
    try:
        entries = sorted(entry.name for entry in (root / folder).iterdir() if entry.is_dir())
    except OSError:
        return
    for name in entries:
        path = f"{folder}/{name}" if folder else name
        if name in _LIQUID_FOLDERS:
            yield path
        # Jekyll::EntryFilter leaves out what starts with one of these.
        elif (name[0] not in "_.#~" and name not in NEVER - {"public", "out"}) or name == "_collections":
            yield from _scan(root, path)


def _read_options(config: Mapping[str, Any], base: str) -> dict[str, Any]:
    collections = config.get("collections")
    posts = collections.get("posts") if isinstance(collections, Mapping) else None
    permalink = (posts.get("permalink") if isinstance(posts, Mapping) else None) or config.get("permalink")
    return {
        "permalink": permalink if isinstance(permalink, str) else "date",
        "defaults": _read_defaults(config.get("defaults")),
        "future": is_true(config.get("future")),
        "unpublished": is_true(config.get("unpublished")),
        "show_drafts": is_true(config.get("show_drafts")),
        "source": str(config.get("source") or "").strip("./"),
        "extensions": [f".{name.strip()}" for name in str(config.get("markdown_ext") or "").split(",") if name.strip()],
        "prefix": f"/{base}" if base else "",
        "languages": list(parse_names(config.get("languages"))),
        "default_language": str(config.get("default_lang") or ""),
        "variables": {key: value for key, value in config.items() if isinstance(value, _PLAIN_DATA)},
    }


def _read_defaults(value: Any) -> list[tuple[str, str, dict[str, Any]]]:
    """`defaults` as (path, type, values), the narrower scope later (Jekyll::FrontmatterDefaults)."""
    found = []
    for item in value if isinstance(value, list) else []:
        scope, values = (item.get("scope"), item.get("values")) if isinstance(item, Mapping) else (None, None)
        if isinstance(values, Mapping):
            scope = scope if isinstance(scope, Mapping) else {}
            table = {str(key).lower(): inner for key, inner in values.items()}
            found.append((str(scope.get("path") or "").strip("/"), str(scope.get("type") or ""), table))
    return sorted(found, key=lambda one: (len(one[0]), bool(one[1])))


def _in_scope(source: str, scope: str) -> bool:
    if "*" in scope:
        parts = source.split("/")
        return any(fnmatchcase("/".join(parts[:count]), scope) for count in range(1, len(parts) + 1))
    return not scope or source == scope or source.startswith(f"{scope}/")
