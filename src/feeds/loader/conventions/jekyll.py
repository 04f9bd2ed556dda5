"""Jekyll: https://jekyllrb.com/docs/posts/, and front-matter/, configuration/ and collections/ beside it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from feeds.loader.clues import Clues
from feeds.loader.convention import MARKDOWN, Convention, Facts, FileName, Page, SourceFile
from feeds.loader.conventions.jekyll_permalinks import make_permalink
from feeds.loader.conventions.jekyll_settings import (
    POST_FOLDERS,
    find_collections,
    find_post_folders,
    find_source,
    is_in_scope,
    read_options,
)
from feeds.loader.conventions.packages import join_folders
from feeds.loader.conventions.places import find_posts_folder
from feeds.loader.datafiles import read_data
from feeds.loader.directory import read_people_data, read_people_folder
from feeds.loader.folders import walk_files
from feeds.loader.keys import is_false, is_true
from feeds.loader.people import parse_names
from feeds.loader.site_data import DataFolder
from feeds.models import Markup, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from feeds.config import Findings

# Bridgetown is Jekyll's heir: its posts and permalinks are Jekyll's, its source is `src`, its default style `pretty`.
BRIDGETOWN = "bridgetown.config.yml"
CONFIGS = ("_config.yml", "_config.yaml", "_config.toml", BRIDGETOWN)
# Jekyll::Document::DATE_FILENAME_MATCHER
_DATED = re.compile(r"(\d{2,4})-(\d{1,2})-(\d{1,2})-(.*)")


class Jekyll(Convention):
    """Posts in `_posts` folders at any depth, dated by their names."""

    name = "jekyll"
    extensions: ClassVar[Mapping[str, Markup | None]] = dict.fromkeys((*sorted(MARKDOWN), ".html", ".htm"))
    space_separated = True
    day_first = True
    overflowing_dates = True
    title_heading = ""

    def detect(self, root: Path) -> str | None:
        """A `_config.yml` without Hexo's `source/_posts`, or `_posts` in the site's own folder."""
        if (root / "source" / "_posts").is_dir() and (root / "package.json").is_file():
            return None
        configured = next((name for name in CONFIGS if (root / name).is_file()), None)
        if configured and (find_post_folders(root, "") or not (root / "source").is_dir()):
            return configured
        return "_posts" if (root / "_posts").is_dir() else None

    def read_site(self, root: Path) -> Findings:
        """What `_config.yml`, CNAME and `_data` say."""
        origin = next((name for name in CONFIGS if (root / name).is_file()), "")
        config = _read_config(root, origin)
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
        _note_words(clues, root, config)
        clues.note_author(config.get("author"), origin)
        source = find_source(root, config)
        data = join_folders(source, str(config.get("data_dir") or "_data"))
        clues.authors |= read_people_data(root, data)
        for folder in ("_authors", "_people"):
            if not clues.authors and (root / source / folder).is_dir():
                clues.authors |= read_people_folder(root, join_folders(source, folder))
        folders = find_post_folders(root, source)
        options = read_options(config, source, base) | {"data": DataFolder(root, data)}
        if folders:
            return clues.conclude(posts=folders, found_by="Jekyll's `_posts`", options=options)
        if collections := find_collections(root, source, config, self):
            options |= {"collections": collections}
            return clues.conclude(posts=tuple(collections), found_by=f"{origin} (collections)", options=options)
        folder, reason = find_posts_folder(root, self, below=source)
        if "no dated" in reason:
            return clues.conclude(
                posts=(join_folders(source, "_posts"),), found_by="Jekyll's `_posts`", options=options
            )
        # They are pages, each below its folder's path: https://jekyllrb.com/docs/pages/.
        options |= {"collections": {folder: ("pages", f"/{folder}/:path:output_ext")}}
        return clues.conclude(posts=(folder,), found_by=f"no `_posts`, {reason}", options=options)

    def find_files(self, root: Path, folders: tuple[str, ...], options: Mapping[str, Any]) -> Iterator[SourceFile]:
        """Every file below a `_posts` or `_drafts`; what a folder's name has before it are categories."""
        extensions = {*self.extensions, *options.get("extensions", ())}
        excluded = options.get("exclude", ())
        for folder in folders:
            for source in walk_files(root, folder):
                known = "." + source.rpartition(".")[2].lower() in extensions
                if known and not any(is_in_scope(source, scope) for scope in excluded):
                    yield SourceFile(root=root, source=source, folder=folder)

    def read_name(self, file: SourceFile, facts: Facts) -> FileName:
        """Date and slug; the folders above `_posts`, below the site's source, are categories."""
        stem = file.source.rpartition("/")[2].rpartition(".")[0]
        parts = file.source.split("/")[:-1]
        special = next((index for index, part in enumerate(parts) if part in POST_FOLDERS), None)
        above = parts[:special] if special is not None else []
        source = str(facts.options.get("source", ""))
        if source and "/".join(above).startswith(source):
            above = above[len(source.split("/")) :]
        found = _DATED.fullmatch(stem)
        day = None
        if found:
            year = int(found[1]) + (2000 if len(found[1]) == 2 else 0)  # noqa: PLR2004 - as Ruby's Time.parse reads it
            try:
                # Ruby counts a 31st of April on into May, and knows no 32nd.
                day = date(year, int(found[2]), 1) + timedelta(days=range(1, 32).index(int(found[3])))
            except ValueError:
                day = None
        slug = (found[4] if found and day else stem).rstrip(".")
        return FileName(slug=slug, day=day, folders=tuple(above))

    def complete_fields(self, file: SourceFile, fields: Mapping[str, Any], facts: Facts) -> Mapping[str, Any]:
        """The header over the `defaults` that match the path, with the categories of the folders in front."""
        merged: dict[str, Any] = {}
        label, _ = facts.options.get("collections", {}).get(file.folder, ("posts", ""))
        kind = "drafts" if "_drafts" in file.source.split("/") else label
        for scope, of_type, values in facts.options.get("defaults", ()):
            if of_type in {"", kind} and is_in_scope(file.source, scope):
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

    def doubt_address(self, page: Page) -> str:
        """A day of the file's name that its month does not have."""
        found, day = _DATED.match(page.file.source.rpartition("/")[2]), page.name.day
        if not found or day is None or day.day == int(found[3]) or page.published is None:
            return ""
        return f"its file name's {found[1]}-{found[2]}-{found[3]} is no day; Jekyll counts on, to {day}"

    def address(self, page: Page) -> str:
        """The permalink of the header, of the collection or of the site, filled in."""
        return make_permalink(page)

    def make_title(self, page: Page) -> str:
        """Jekyll::Utils.titleize_slug: the words of the slug, capitalised."""
        return " ".join(word.capitalize() for word in page.name.slug.split("-") if word)


def _read_config(root: Path, origin: str) -> dict[str, Any]:
    """What the settings file says, over Bridgetown's defaults where it is Bridgetown's."""
    config = read_data(root / origin) if origin else {}
    if origin == BRIDGETOWN:
        return {"source": "src", "permalink": "pretty", "baseurl": config.get("base_path"), **config}
    return config


def _note_words(clues: Clues, root: Path, config: Mapping[str, Any]) -> None:
    """Takes the words about the site that Bridgetown keeps with its data."""
    name = join_folders(str(config.get("source") or ""), "_data/site_metadata.yml")
    if (root / name).is_file():
        words = read_data(root / name)
        for key in ("title", "description"):
            clues.note(key, words.get(key), name)


_SITE: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "name"),
    "description": ("description", "tagline", "subtitle"),
    "language": ("lang", "language", "locale", "default_lang"),
    "timezone": ("timezone",),
    "logo": ("logo", "avatar"),
    "icon": ("icon", "favicon"),
    "rights": ("copyright", "rights"),
}
