"""Hugo: https://gohugo.io/configuration/all/ and the pages below https://gohugo.io/content-management/."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from feeds.loader.clues import Clues
from feeds.loader.convention import MARKDOWN, Convention, Facts, FileName, Page, SourceFile
from feeds.loader.conventions.hugo_addresses import make_address
from feeds.loader.conventions.hugo_cascades import Cascade, apply_cascades, find_cascades, read_cascades
from feeds.loader.conventions.hugo_contents import (
    find_contents,
    find_indexed_folders,
    find_sections,
    is_language,
    locate_page,
)
from feeds.loader.conventions.hugo_headers import HUGO_HANDLERS
from feeds.loader.conventions.hugo_settings import find_disabled, lower_keys, read_languages, read_settings_files
from feeds.loader.dates import date_in_name
from feeds.loader.directory import PEOPLE, read_people_data, read_people_folder
from feeds.loader.folders import walk_files
from feeds.loader.keys import find_field, is_false, is_true
from feeds.loader.people import parse_names
from feeds.models import Markup, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from feeds.config import Findings
    from feeds.loader.headers import HeaderHandler


class Hugo(Convention):
    """Pages below `content`, by section; a folder with an `index.md` is one page with its files."""

    name = "hugo"
    extensions: ClassVar[Mapping[str, Markup | None]] = dict.fromkeys((*sorted(MARKDOWN), ".html", ".htm"))
    handlers: ClassVar[tuple[HeaderHandler, ...]] = HUGO_HANDLERS

    def detect(self, root: Path) -> str | None:
        """A configuration by Hugo's own name, or a `config.*` with `baseURL`, not Zola's `base_url`."""
        settings, origin = read_settings_files(root)
        if not origin:
            return None
        own = origin.startswith(("hugo.", "config/_default"))
        looks = "baseurl" in settings or "languagecode" in settings or "theme" in settings
        content = (root / str(settings.get("contentdir") or "content")).is_dir()
        return origin if (own or looks) and "base_url" not in settings and (own or content) else None

    def read_site(self, root: Path) -> Findings:
        """What the configuration says; the posts are the main sections."""
        settings, origin = read_settings_files(root)
        clues = Clues(self.name, evidence=origin)
        languages, default = read_languages(settings)
        params = lower_keys(settings.get("params"))
        own = languages.get(default, {})
        own_params = lower_keys(own.get("params"))
        for place in (own, settings):
            clues.note("url", place.get("baseurl"), origin)
            clues.note("title", place.get("title"), origin)
            said = str(place.get("locale") or place.get("languagecode") or "")
            # What `hugo new site` writes says nothing beside a language that somebody wrote.
            if said.lower() != "en-us" or default.startswith("en"):
                clues.note("language", said, origin)
            clues.note("rights", place.get("copyright"), origin)
        clues.note("language", default, origin)
        clues.note("timezone", settings.get("timezone"), origin)
        clues.note_domain(root, "static")
        for place in (own_params, params):
            for name in ("description", "subtitle", "tagline"):
                clues.note("description", place.get(name), origin)
            clues.note_author(find_field(place, ("author", "authors"))[1], origin)
        clues.note_author(settings.get("author"), origin)
        contents = find_contents(root, settings, languages, default)
        clues.authors |= read_people_data(root, "data")
        for folder in (*(f"data/{name}" for name in PEOPLE), *(f"{one}/authors" for one in contents)):
            if (root / folder).is_dir():
                clues.authors = read_people_folder(root, folder) | clues.authors
        posts, why = find_sections(root, contents, {**params, **settings}, self)
        options = _read_options(settings, languages, default, contents)
        if any(":sections" in pattern for pattern in options["permalinks"].values()):
            options["sections"] = find_indexed_folders(root, contents)
        return clues.conclude(posts=posts, found_by=why, options=options)

    def find_files(self, root: Path, folders: tuple[str, ...], options: Mapping[str, Any]) -> Iterator[SourceFile]:
        """The pages; what lies in a leaf bundle beside its index is a resource, a cascade is data."""
        ignored = _compile_all(options.get("ignored", ()))
        known: dict[str, list[Cascade]] = {}
        for folder in folders:
            sources = [source for source in walk_files(root, folder) if self.is_post(source)]
            bundles = {source.rpartition("/")[0] for source in sources if _stem(source, options) == "index"}
            # Of `a.md` and `a.html` the first is the page, though nothing in its documentation says so.
            written = {source.rpartition(".")[0] for source in sources if not source.lower().endswith("html")}
            for source in sources:
                if source.lower().endswith("html") and source.rpartition(".")[0] in written:
                    continue
                parent = source.rpartition("/")[0]
                above = _folders_above(parent if _stem(source, options) != "index" else parent.rpartition("/")[0])
                if bundles.intersection(above) or any(pattern.search(source) for pattern in ignored):
                    continue
                folders, stem, language = locate_page(source, options)
                if language in options.get("disabled", ()):
                    continue
                cascades = find_cascades(root, parent, known, str(options.get("content", "content")))
                data = apply_cascades(
                    (*cascades, *options.get("cascades", ())),
                    path="/" + "/".join((*folders, stem)),
                    language=language or str(options.get("default_language", "")),
                )
                yield SourceFile(root=root, source=source, folder=folder, data=data)

    def is_post(self, source: str) -> bool:
        """Any content file but a section's own `_index`, and an editor's own (`#a.md`)."""
        name = source.rpartition("/")[2].lower()
        known = f".{name.rpartition('.')[2]}" in self.extensions
        return known and name.partition(".")[0] != "_index" and not name.startswith("#")

    def read_name(self, file: SourceFile, facts: Facts) -> FileName:
        """Language by folder or by `.xx`, the date, and the slug without it where `:filename` gives dates."""
        folders, stem, language = locate_page(file.source, facts.options)
        dated = date_in_name(stem)
        if dated is None:
            return FileName(slug=stem, language=language, folders=folders)
        slug = dated[1] if facts.options.get("dated_names") and dated[1] else stem
        return FileName(slug=slug, day=dated[0], language=language, folders=folders)

    def complete_fields(self, file: SourceFile, fields: Mapping[str, Any], facts: Facts) -> Mapping[str, Any]:
        """The header over what cascades, with its `params`; a page that is listed nowhere is in no feed."""
        del facts
        merged = {
            **lower_keys(file.data.get("params")),
            **file.data,
            **lower_keys(fields.get("params")),
            **fields,
        }
        merged.pop("params", None)
        build = lower_keys(merged.get("build") or merged.get("_build"))
        if build.get("list") in {"never", "false", False}:
            merged.setdefault("feed", False)
        return merged

    def judge(self, page: Page) -> tuple[Status, str]:
        """Drafts, headless bundles and what `build.render` keeps back."""
        if is_true(page.fields.get("draft")):
            return Status.DRAFT, "draft: true"
        if is_true(page.fields.get("headless")):
            return Status.HIDDEN, "headless: true"
        build = lower_keys(page.fields.get("build") or page.fields.get("_build"))
        if build.get("render") in {"never", "link", "false", False}:
            return Status.HIDDEN, f"build.render: {build['render']}"
        if is_false(page.fields.get("published")):
            return Status.HIDDEN, "published: false"
        return Status.PUBLISHED, ""

    def address(self, page: Page) -> str:
        """`url`, else the section's permalink, else the path of the file."""
        return make_address(page)


def _read_options(
    settings: Mapping[str, Any],
    languages: Mapping[str, Mapping[str, Any]],
    default: str,
    contents: Mapping[str, str | None],
) -> dict[str, Any]:
    permalinks = lower_keys(settings.get("permalinks"))
    page_permalinks = {**permalinks, **lower_keys(permalinks.get("page"))}
    sources = parse_names(lower_keys(settings.get("frontmatter")).get("date"))
    ugly = settings.get("uglyurls")
    return {
        "contents": dict(contents),
        "content": next(iter(contents)),
        "languages": {key: str(language.get("baseurl") or "") for key, language in languages.items()},
        "default_language": default,
        "disabled": sorted(find_disabled(settings)),
        "in_subfolder": is_true(settings.get("defaultcontentlanguageinsubdir")),
        "permalinks": {key: value for key, value in page_permalinks.items() if isinstance(value, str)},
        "dated_names": ":filename" in sources,
        "ugly": ugly if isinstance(ugly, bool) else lower_keys(ugly),
        "cased": is_true(settings.get("disablepathtolower")),
        "ignored": [str(one) for one in settings.get("ignorefiles") or []],
        "cascades": read_cascades(settings.get("cascade")),
        "future": is_true(settings.get("buildfuture")),
        "params": lower_keys(settings.get("params")),
    }


def _stem(source: str, options: Mapping[str, Any]) -> str:
    stem = source.rpartition("/")[2].rpartition(".")[0]
    before, _, ending = stem.rpartition(".")
    return before if before and is_language(ending, options) else stem


def _compile_all(patterns: Any) -> list[re.Pattern[str]]:
    compiled = []
    for pattern in patterns:
        try:
            compiled.append(re.compile(pattern))
        except re.error:
            continue  # Go's syntax where it is not Python's
    return compiled


def _folders_above(folder: str) -> list[str]:
    parts = folder.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
