"""Eleventy: https://www.11ty.dev/docs/permalinks/, /docs/data-cascade/, /docs/dates/, /docs/collections/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from feeds.loader.addresses import join_path
from feeds.loader.clues import Clues
from feeds.loader.convention import MARKDOWN, Convention, Facts, FileName, Page, SourceFile
from feeds.loader.conventions.eleventy_data import (
    merge_data,
    read_data_files,
    read_directory_data,
    read_global_data,
    read_layout_chain,
    read_layouts,
)
from feeds.loader.conventions.eleventy_feeds import find_fed_folders
from feeds.loader.conventions.eleventy_permalinks import fill_template, find_permalink
from feeds.loader.conventions.eleventy_programs import (
    GUESSED,
    UNREADABLE,
    find_data_endings,
    find_date_filters,
    read_with_imports,
)
from feeds.loader.conventions.eleventy_settings import (
    drop_blogs_path,
    find_eleventy,
    find_input,
    note_data,
    read_prefix,
    read_settings,
)
from feeds.loader.conventions.linked_routes import SAMPLE, LinkedRoute, find_linked_route, shape_path
from feeds.loader.conventions.packages import Program, join_folders, note_package
from feeds.loader.conventions.places import find_posts_folder
from feeds.loader.conventions.translations import find_translations, read_language
from feeds.loader.directory import read_people_data, read_people_folder
from feeds.loader.folders import walk_files
from feeds.loader.keys import is_empty, is_true
from feeds.loader.names import parse_names
from feeds.models import Markup, Status

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.config import Findings

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DATE_PREFIX = re.compile(r"\d{4}-\d{2}-\d{2}-")
# Tags that make a collection and are no topic: eleventy-base-blog's filterTagList.
_COLLECTIONS = frozenset({"all", "nav", "post", "posts"})
# Where a file's data keep the tags of its folder.
_COLLECTED = "tags of the folder"
# Values of `date` that ask the disk or git: https://www.11ty.dev/docs/dates/.
_DISK_DATES = frozenset({"last modified", "created", "git last modified", "git created"})


class Eleventy(Convention):
    """The folder of the collection that the site's feed shows, else that with most dated templates, with its data."""

    name = "eleventy"
    extensions: ClassVar[Mapping[str, Markup | None]] = {
        **dict.fromkeys(sorted(MARKDOWN)),
        ".html": Markup.HTML,
        ".mdx": Markup.MDX,
    }
    overflowing_dates = True
    day_first = False
    title_heading = ""

    def detect(self, root: Path) -> str | None:
        """Eleventy's settings, or package.json that depends on it."""
        program = find_eleventy(root)
        return program.evidence if program else None

    def read_site(self, root: Path) -> Findings:
        """What the global data files say; the input folder comes from the settings or the scripts."""
        program = find_eleventy(root) or Program(folder="", evidence="feeds.toml")
        settings = read_settings(root, program)
        folders = settings.get("dir")
        table: Mapping[str, Any] = folders if isinstance(folders, Mapping) else {}
        text = read_with_imports(root, program.settings) if program.settings else ""
        source = program.below(find_input(root, program, settings))
        data = join_folders(source, str(table.get("data") or "_data"))
        clues = Clues(self.name, evidence=program.evidence)
        for name, found in read_global_data(root, data):
            note_data(clues, found, name)
        clues.note_domain(
            root,
            source,
            *(join_folders(source, name) for name in ("public", "static")),
            program.below("public"),
        )
        note_package(clues, root, program.folder)
        clues.authors |= read_people_data(root, data)
        for folder in ("people", "authors", "_authors"):
            if not clues.authors:
                clues.authors |= read_people_folder(root, join_folders(source, folder))
        posts, reason = find_posts_folder(root, self, below=source)
        if not read_prefix(settings):
            drop_blogs_path(clues, posts[len(source) :].strip("/"))
        files = [path for path in walk_files(root, posts) if self.is_post(path)]
        fed = find_fed_folders(root, source, files, find_data_endings(text))
        hidden = (*(str(table[key]) for key in ("layouts", "includes") if table.get(key)), "_layouts", "_includes")
        layouts = [join_folders(source, name) for name in dict.fromkeys(hidden)]
        folders_of_posts, languages = find_translations(root, posts)
        if fed and not languages:
            folders_of_posts, reason = fed
        linked = _find_linked(root, files, source, find_data_endings(text))
        return clues.conclude(
            posts=folders_of_posts,
            found_by=reason,
            options={
                "languages": languages,
                "input": source,
                "includes": (join_folders(source, str(table.get("includes") or "_includes")), source),
                "future": True,
                "prefix": read_prefix(settings),
                "layouts": read_layouts(root, *layouts),
                "hidden": [f"{folder}/" for folder in (*layouts, data)],
                "data_endings": find_data_endings(text),
                "date_filters": find_date_filters(text),
                "linked": (linked.route, linked.shape) if linked else None,
            },
        )

    def find_files(self, root: Path, folders: tuple[str, ...], options: Mapping[str, Any]) -> Iterator[SourceFile]:
        """The templates with what the data files of their directories say, the nearest last."""
        source = str(options.get("input", ""))
        hidden, endings = tuple(options.get("hidden", ())), options.get("data_endings", ())
        data: dict[str, dict[str, Any]] = {}
        for folder in folders:
            for path in walk_files(root, folder):
                if self.is_post(path) and not path.startswith(hidden):
                    above = path.rpartition("/")[0]
                    if above not in data:
                        data[above] = read_directory_data(root, above, source, endings)
                    own = read_data_files(root, path.rpartition(".")[0], endings)
                    merged = merge_data(data[above], own) | {_COLLECTED: data[above].get("tags")}
                    yield SourceFile(root=root, source=path, folder=folder, data=merged)

    def read_name(self, file: SourceFile, facts: Facts) -> FileName:
        """`fileSlug`: the name without its date, of an index file the folder's; the date in the path."""
        source = _below_input(file.source, facts)
        *folders, last = source.split("/")
        stem = last.rpartition(".")[0]
        found = _DATE.search(source)
        try:
            day = date(int(found[1]), int(found[2]), int(found[3])) if found else None
        except ValueError:
            day = None
        slug = _DATE_PREFIX.sub("", folders[-1] if stem == "index" and folders else stem, count=1)
        return FileName(slug=slug, day=day, language=read_language(file, facts), folders=tuple(folders))

    def complete_fields(self, file: SourceFile, fields: Mapping[str, Any], facts: Facts) -> Mapping[str, Any]:
        """The header merged over the directories' data; what only makes a collection is no tag."""
        merged = merge_data(file.data, fields)
        merged.pop(_COLLECTED, None)
        computed = merged.pop("eleventycomputed", None)
        if isinstance(computed, Mapping) and isinstance(said := computed.get("permalink"), str):
            merged["permalink"] = said  # the last of the cascade: /docs/data-computed/
        merged = merge_data(read_layout_chain(facts.options.get("layouts", {}), merged.get("layout")), merged)
        of_folder = {name.casefold() for name in parse_names(file.data.get(_COLLECTED))} | _COLLECTIONS
        if not is_empty(merged.get("tags")):
            # A string of tags is one tag here: https://www.11ty.dev/docs/collections/.
            tags = [merged["tags"]] if isinstance(merged["tags"], str) else list(parse_names(merged["tags"]))
            merged["tags"] = [tag for tag in tags if tag.casefold() not in of_folder]
        if str(merged.get("date")).strip().lower() in _DISK_DATES:
            del merged["date"]
        return merged

    def judge(self, page: Page) -> tuple[Status, str]:
        """What is in no collection or has no page is in no feed."""
        if is_true(page.fields.get("eleventyexcludefromcollections")):
            return Status.HIDDEN, "eleventyExcludeFromCollections: true"
        if page.fields.get("permalink") is False:
            return Status.HIDDEN, "permalink: false, so it has no page"
        return super().judge(page)

    def doubt_address(self, page: Page) -> str:
        """A permalink that asks for more than data, so that the path is taken."""
        own = find_permalink(page)
        if not own:
            return ""
        if fill_template(own, page) is not None:
            guess = "permalink: is a program, and the address a guess from its text; posts.permalink may tell another"
            return guess if own.startswith(GUESSED) else ""
        told = "a program" if own == UNREADABLE else f"`{own}`"
        taken = "the posts' links tell the address" if page.facts.options.get("linked") else "its path is taken"
        return f"permalink: is {told}, which only Eleventy can run; {taken}, posts.permalink may tell another"

    def address(self, page: Page) -> str:
        """The permalink with its variables filled, else the path below the input folder, without `index`."""
        own = find_permalink(page)
        if own and (filled := fill_template(own, page)) is not None:
            return join_path(re.sub(r"(^|/)index\.html$", r"\1", filled))
        source = _below_input(page.file.source, page.facts)
        if own and (linked := page.facts.options.get("linked")):
            return join_path(f"{linked[0]}{shape_path(source, linked[1])}/")
        *folders, last = source.split("/")
        stem = last.rpartition(".")[0]
        if stem == "index" or (folders and folders[-1] == stem):  # TemplatePermalink._hasDuplicateFolder
            return join_path("/".join((*folders, "")))
        return join_path("/".join((*folders, stem, "")))


def _find_linked(root: Path, files: list[str], source: str, endings: list[str]) -> LinkedRoute | None:
    """What the posts' links to each other say of their addresses, where a program makes these."""
    folders = {path.rpartition("/")[0] for path in files[:SAMPLE]}
    if any(read_directory_data(root, one, source, endings).get("permalink") == UNREADABLE for one in folders):
        return find_linked_route(root, files, source)
    return None


def _below_input(source: str, facts: Facts) -> str:
    folder = str(facts.options.get("input", ""))
    return source[len(folder) :].lstrip("/") if folder and source.startswith(f"{folder}/") else source
