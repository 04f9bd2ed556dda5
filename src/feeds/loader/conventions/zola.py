"""Zola: https://www.getzola.org/documentation/content/page/, and multilingual/ beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feeds.loader.addresses import join_path
from feeds.loader.clues import Clues
from feeds.loader.convention import Convention, Facts, FileName, Page, SourceFile
from feeds.loader.conventions.hugo_settings import lower_keys
from feeds.loader.datafiles import read_data
from feeds.loader.dates import date_in_name
from feeds.loader.folders import walk_files
from feeds.loader.keys import PUBLISHED, find_field, is_false, is_true
from feeds.loader.titles import read_title
from feeds.models import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from feeds.config import Findings

CONFIGS = ("config.toml", "zola.toml")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?\s?[_-](?=.)")
_DATE_IN_PATH = re.compile(r"(?:^|/)(\d{4})/(\d{2})/(\d{2})(?:/|$)")
_UNSAFE = re.compile(r'[<>:"/|?*#()\[\]{}\\\n\r\t]')


class Zola(Convention):
    """Pages below `content`; those with a date are its feed."""

    name = "zola"

    def detect(self, root: Path) -> str | None:
        """A `config.toml` with `base_url`."""
        return next(
            (name for name in CONFIGS if (root / name).is_file() and "base_url" in read_data(root / name)),
            None,
        )

    def read_site(self, root: Path) -> Findings:
        """What `config.toml` says."""
        origin = next((name for name in CONFIGS if (root / name).is_file()), "")
        config = read_data(root / origin) if origin else {}
        clues = Clues(self.name, evidence=origin)
        extra = lower_keys(config.get("extra"))
        language = str(config.get("default_language") or "en")
        clues.note("url", config.get("base_url"), origin)
        clues.note_domain(root, "static", "content")
        clues.note("title", config.get("title"), origin)
        clues.note("title", lower_keys(extra.get("site")).get("title"), origin)
        clues.note("description", config.get("description"), origin)
        clues.note("language", language, origin)
        clues.note_author(config.get("author") or extra.get("author"), origin)
        if (root / "content/_index.md").is_file():
            clues.note("title", read_title(root / "content/_index.md"), "content/_index.md")
        slugs = lower_keys(config.get("slugify")).get("paths")
        options = {
            "languages": sorted(lower_keys(config.get("languages"))),
            "default_language": language.lower(),
            "slugify": slugs if slugs in {"on", "safe", "off"} else "on",
        }
        return clues.conclude(posts=("content",), found_by="Zola's `content`", options=options)

    def find_files(self, root: Path, folders: tuple[str, ...], options: Mapping[str, Any]) -> Iterator[SourceFile]:
        """Every page; what lies beside an `index.md` belongs to it."""
        for folder in folders:
            sources = [source for source in walk_files(root, folder) if self.is_post(source)]
            assets = {source.rpartition("/")[0] for source in sources if _stem(source, options)[0] == "index"}
            for source in sources:
                if source.rpartition("/")[0] not in assets or _stem(source, options)[0] == "index":
                    yield SourceFile(root=root, source=source, folder=folder)

    def is_post(self, source: str) -> bool:
        """Any Markdown file but a section's own `_index`."""
        name = source.rpartition("/")[2]
        return name.endswith(".md") and name.partition(".")[0] != "_index"

    def read_name(self, file: SourceFile, facts: Facts) -> FileName:
        """Language by `.xx`, the date in front of the name, and the slug behind it."""
        parts = file.source.removeprefix("content/").split("/")[:-1]
        stem, language = _stem(file.source, facts.options)
        if stem == "index" and parts:
            stem = parts.pop()
        day = None
        if (found := _DATED.match(stem)) and (dated := date_in_name(stem)):
            day, stem = dated[0], stem[found.end() :]
        return FileName(slug=stem, day=day, language=language, folders=tuple(parts))

    def complete_fields(self, file: SourceFile, fields: Mapping[str, Any], facts: Facts) -> Mapping[str, Any]:
        """The header with `[taxonomies]`, and what `[extra]` has besides; a date in `path` comes last."""
        del file, facts
        merged = {**lower_keys(fields.get("extra")), **lower_keys(fields.get("taxonomies")), **fields}
        path = fields.get("path")
        if isinstance(path, str) and not find_field(fields, PUBLISHED)[0] and (found := _DATE_IN_PATH.search(path)):
            merged["date"] = "-".join(found.groups())
        return merged

    def judge(self, page: Page) -> tuple[Status, str]:
        """Drafts, and pages that are not rendered."""
        if is_true(page.fields.get("draft")):
            return Status.DRAFT, "draft: true"
        if is_false(page.fields.get("render")):
            return Status.HIDDEN, "render: false"
        return Status.PUBLISHED, ""

    def address(self, page: Page) -> str:
        """`path`, else language, folders and slug."""
        path = page.fields.get("path")
        if isinstance(path, str) and path.strip():
            return join_path(f"{path.strip()}/")
        mode = page.facts.options.get("slugify", "on")
        written = page.fields.get("slug")
        own = str(written) if written else page.name.slug
        parts = [*page.name.folders, _slugify(own, mode)]  # folders stay as they are
        if page.name.language and page.name.language != page.facts.options.get("default_language"):
            parts.insert(0, page.name.language)
        return join_path("/".join(parts) + "/")


# What Zola's transliteration reads otherwise than ours, of the characters in use.
_READINGS = (
    ("么", " me "), ("什", " shen "), ("价", " jia "), ("旅", " lv "), ("术", " shu "), ("‘", "'"), ("’", "'"),
)  # fmt: skip


def _stem(source: str, options: Mapping[str, Any]) -> tuple[str, str | None]:
    stem = source.rpartition("/")[2].rpartition(".")[0]
    before, _, ending = stem.rpartition(".")
    if before and ending.lower() in {*options.get("languages", ()), options.get("default_language")}:
        return before, ending.lower()
    return stem, None


def _slugify(text: str, mode: str) -> str:
    """Zola's `slugify.paths`: `on` is ASCII and lower case, `safe` leaves out what file systems forbid."""
    if mode == "on":
        from slugify import slugify  # with the letters of all scripts, and every site is asked whether it is Zola's

        return slugify(text, replacements=_READINGS)
    if mode == "safe":
        return re.sub(r"[ \t]+", "_", _UNSAFE.sub("", text).strip().rstrip("."))
    return text
