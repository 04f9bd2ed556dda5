"""Docusaurus: https://docusaurus.io/docs/blog and /docs/api/plugins/@docusaurus/plugin-content-blog."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from feeds.loader.addresses import join_path
from feeds.loader.clues import Clues
from feeds.loader.convention import Convention, Facts, FileName, Page, SourceFile
from feeds.loader.conventions.packages import Program, find_program, note_package, read_program_settings
from feeds.loader.datafiles import read_data
from feeds.loader.directory import read_people_files
from feeds.loader.globs import matches_glob
from feeds.loader.keys import is_true
from feeds.models import Markup, Status

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.config import Findings

PLUGIN = "@docusaurus/plugin-content-blog"
# DATE_FILENAME_REGEX of the plugin, on the path below the blog's folder.
_DATED = re.compile(r"(?P<folder>.*)(?P<date>\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(?P<text>.*?)(?:/index)?\.mdx?$")
# The plugin's default `exclude`, as far as it is about posts.
_EXCLUDED = ("**/_*.{md,mdx}", "**/_*/**", "**/__tests__/**")


class Docusaurus(Convention):
    """Posts in `blog/`, dated by file or folder; `slug` replaces the whole path below the blog."""

    name = "docusaurus"
    # Docusaurus 3 reads .md as MDX too: imports and components stand in it.
    markup = Markup.MDX
    extensions: ClassVar[Mapping[str, Markup | None]] = {".md": None, ".mdx": Markup.MDX}
    overflowing_dates = True
    day_first = False
    title_heading = "leading"

    def detect(self, root: Path) -> str | None:
        """docusaurus.config.*, or package.json that depends on it, here or in `website/`."""
        program = _find(root)
        return program.evidence if program else None

    def read_site(self, root: Path) -> Findings:
        """What the settings say as far as they are data, and `blog/authors.yml`."""
        program = _find(root) or Program(folder="", evidence="feeds.toml")
        settings = read_program_settings(root, program)
        clues = Clues(self.name, evidence=program.evidence)
        origin = program.settings or program.evidence
        base = str(settings.get("baseUrl") or "").strip("/")
        if isinstance(url := settings.get("url"), str):
            clues.note("url", f"{url.rstrip('/')}/{base}", origin)
        clues.note_domain(root, program.below("static"), path=base)
        for key, name in (("title", "title"), ("description", "tagline"), ("icon", "favicon")):
            clues.note(key, settings.get(name), origin)
        clues.note("language", _table(settings.get("i18n")).get("defaultLocale"), origin)
        note_package(clues, root, program.folder)
        blogs: dict[str, dict[str, Any]] = {}
        for blog in _find_blogs(settings) or [{}]:
            folder = program.below(str(blog.get("path") or "blog"))
            if not blogs or (root / folder).is_dir():
                blogs[folder] = _read_blog(root, folder, blog, clues)
        return clues.conclude(
            posts=tuple(blogs),
            found_by=origin if program.settings else "Docusaurus's default",
            options={
                "prefix": f"/{base}" if base else "",
                "blogs": blogs,
                "trailing_slash": is_true(settings.get("trailingSlash")),
                "future": True,
                "configured": program.settings is not None,
            },
        )

    def find_files(self, root: Path, folders: tuple[str, ...], options: Mapping[str, Any]) -> Iterator[SourceFile]:
        """All but what the plugin's `exclude` means: by default files and folders whose name starts with `_`."""
        for file in super().find_files(root, folders, options):
            excluded = _table(options.get("blogs")).get(file.folder, {}).get("excluded")
            if not any(matches_glob(file.inside, glob) for glob in (_EXCLUDED if excluded is None else excluded)):
                yield file

    def read_name(self, file: SourceFile, facts: Facts) -> FileName:
        """The last date in the path, wherever it is, and what follows it."""
        del facts
        if match := _DATED.match(file.inside):
            year, month, day = map(int, re.split("[-/]", match["date"]))
            try:
                return FileName(slug=match["text"], day=date(year, month, day))
            except ValueError:
                return FileName(slug=match["text"])
        return FileName(slug=re.sub(r"(?:/index)?\.mdx?$", "", file.inside))

    def complete_fields(self, file: SourceFile, fields: Mapping[str, Any], facts: Facts) -> Mapping[str, Any]:
        """The header with its tags as `tags.yml` calls them, and `last_update.date` as the update."""
        merged = dict(super().complete_fields(file, fields, facts))
        labels = _table(facts.options.get("blogs")).get(file.folder, {}).get("tags") or {}
        if isinstance(tags := merged.get("tags"), list):
            merged["tags"] = [labels.get(tag, tag) if isinstance(tag, str) else tag for tag in tags]
        if isinstance(update := merged.get("last_update"), Mapping):
            merged["last_update"] = update.get("date")
        return merged

    def judge(self, page: Page) -> tuple[Status, str]:
        """Drafts are not built, and unlisted posts are in no list or feed."""
        if is_true(page.fields.get("unlisted")):
            return Status.HIDDEN, "unlisted: true"
        return super().judge(page)

    def make_title(self, page: Page) -> str:
        """What follows the date in the path, as it is."""
        return page.name.slug

    def address(self, page: Page) -> str:
        """The blog's route and the slug: of the header, or the date with slashes, the folder and the name.

        Without the settings at hand, a header that is still Jekyll's (`layout: post`) is taken to keep
        Jekyll's address.
        """
        options = page.facts.options
        blog = _table(options.get("blogs")).get(page.file.folder, {})
        match = _DATED.match(page.file.inside)
        slug = str(page.fields.get("slug") or "").strip()
        if match and page.published and page.fields.get("layout") == "post" and not options.get("configured"):
            slug = f"{page.published:%Y/%m/%d}/{slug or match['text']}"
        elif match and not slug:
            slug = f"{match['date'].replace('-', '/')}/{match['folder']}{match['text']}"
        path = join_path(f"{blog.get('route', 'blog')}/{slug or page.name.slug}")
        return f"{path.rstrip('/')}/" if options.get("trailing_slash") else path


def _find(root: Path) -> Program | None:
    program = find_program(root, settings=("docusaurus.config",), packages=("@docusaurus/core", PLUGIN, "docusaurus"))
    if program is None or program.settings or (root / program.folder / "blog").is_dir():
        return program
    # The dependency stands in the repository's own package.json, the site in a folder.
    inner = next(
        (folder for folder in ("website", "site", "docs") if (root / folder / "blog").is_dir()),
        program.folder,
    )
    return Program(folder=inner, evidence=program.evidence)


def _find_blogs(settings: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The options of every blog that the presets and plugins set up, the preset's first."""
    blogs = []
    for name, options in _pairs(settings.get("presets")):
        if "classic" in name and options.get("blog") is not False:
            blogs.append(_table(options.get("blog")))
    blogs += [options for name, options in _pairs(settings.get("plugins")) if name in {PLUGIN, "content-blog"}]
    return blogs


def _pairs(value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for item in value if isinstance(value, list) else []:
        if isinstance(item, str):
            yield item, {}
        elif isinstance(item, list) and item and isinstance(item[0], str):
            yield item[0], _table(item[1]) if len(item) > 1 else {}


def _read_blog(root: Path, folder: str, blog: Mapping[str, Any], clues: Clues) -> dict[str, Any]:
    authors = str(blog.get("authorsMapPath") or "authors.yml")
    clues.authors |= read_people_files(root, f"{folder}/{authors.rpartition('.')[0]}")
    tags = blog.get("tags")
    tags_file = root / folder / (tags if isinstance(tags, str) else "tags.yml")
    labels = {}
    if tags_file.is_file():
        labels = {key: _table(tag).get("label", key) for key, tag in read_data(tags_file).items()}
    route, excluded = blog.get("routeBasePath"), blog.get("exclude")
    return {
        "route": route.strip("/") if isinstance(route, str) else "blog",
        "tags": labels,
        "excluded": [glob for glob in excluded if isinstance(glob, str)] if isinstance(excluded, list) else None,
    }


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
