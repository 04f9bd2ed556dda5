"""What sites with routes in code share: where their facts are, how posts are named. Addresses are guessed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from feeds.loader.addresses import is_absolute, join_path
from feeds.loader.clues import Clues
from feeds.loader.convention import Convention, Facts, FileName, Page, SourceFile
from feeds.loader.conventions.dated_names import read_dated_name
from feeds.loader.conventions.linked_routes import find_linked_route, shape_path
from feeds.loader.conventions.mdx_headers import MDX_HANDLERS
from feeds.loader.conventions.packages import (
    Program,
    note_package,
    read_program_settings,
)
from feeds.loader.conventions.places import find_first_folder
from feeds.loader.conventions.post_lists import PLACES, add_listed, find_listed_folder, read_post_list
from feeds.loader.conventions.program_facts import note_table, read_facts
from feeds.loader.conventions.routes import (
    LANGUAGE,
    fill_route,
    find_routes,
    guess_by_folder,
    guess_route,
)
from feeds.loader.conventions.translations import find_translations, read_language
from feeds.loader.directory import find_people
from feeds.loader.files import read_loosely
from feeds.loader.folders import walk_files
from feeds.models import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from feeds.config import Findings
    from feeds.loader.headers import HeaderHandler


class Routed(Convention):
    """A site whose addresses a program makes: posts are the dated files, addresses are guessed, and said so.

    `route_folders` hold the files that make the routes, `route_endings` are theirs; `posts_folders` are
    looked into for posts before the rest of the site is.
    """

    extensions: ClassVar[Mapping[str, Markup | None]] = {".md": None, ".markdown": None, ".mdx": Markup.MDX}
    handlers: ClassVar[tuple[HeaderHandler, ...]] = MDX_HANDLERS
    overflowing_dates = True
    day_first = False
    route_folders: ClassVar[tuple[str, ...]] = (
        "src/pages",
        "pages",
        "app",
        "src/app",
        "src/routes",
        "app/routes",
    )
    route_endings: ClassVar[tuple[str, ...]] = (".js", ".jsx", ".ts", ".tsx", ".astro", ".svelte", ".vue")
    posts_folders: ClassVar[tuple[str, ...]] = ("",)
    # Whether package.json is about this site, not about the program that it is a copy of.
    package_is_ours: ClassVar[bool] = True

    def find(self, root: Path) -> Program | None:
        """The program, by its settings file or its dependency."""
        raise NotImplementedError

    def detect(self, root: Path) -> str | None:
        """The program's settings file, or package.json that depends on it."""
        program = self.find(root)
        return program.evidence if program else None

    def read_site(self, root: Path) -> Findings:
        """The site's facts as far as they are data, the folder with dated files, and the guessed route."""
        program = self.find(root) or Program(folder="", evidence="feeds.toml")
        clues = Clues(self.name, evidence=program.evidence)
        settings = read_program_settings(root, program)
        base = self.note_settings(clues, settings, program.settings or program.evidence)
        for name, table in read_facts(root, program):
            note_table(clues, table, name)
        self.note_files(clues, root, program)
        clues.note_domain(root, program.below("public"), program.below("static"))
        if self.package_is_ours:
            note_package(clues, root, program.folder)
        folder, reason = self.find_folder(root, program, settings)
        listed, file = read_post_list(root, map(program.below, PLACES))
        if listed and "no dated" in reason:
            sources = filter(self.is_post, walk_files(root, program.folder))
            if (found := find_listed_folder(sources, listed)) is not None:
                folder, reason = found, file
        self.note_people(clues, root, program, folder)
        route, why, shape = self._find_route(root, program, folder)
        folders, languages = find_translations(root, folder)
        findings = clues.conclude(
            posts=folders,
            found_by=reason,
            options={
                "route": route,
                "shape": shape,
                "listed": listed,
                "prefix": base,
                "future": True,
                "languages": languages,
                **self.read_options(root, program, settings),
            },
        )
        return replace(findings, route=route, origins={**findings.origins, "posts.permalink": why})

    def _find_route(self, root: Path, program: Program, folder: str) -> tuple[str, str, str]:
        """The route that the program's files tell, else the posts' links, else their folder; why; what is below it."""
        if told := self.guess(root, program, folder):
            return *told, ""
        sources = filter(self.is_post, walk_files(root, folder))
        if linked := find_linked_route(root, sources, folder):
            return linked.route, linked.why, linked.shape
        return *self.assume(program, folder), ""

    def note_settings(self, clues: Clues, settings: Mapping[str, Any], origin: str) -> str:
        """Takes what the settings file says; the result is the path below the domain, if they name one."""
        note_table(clues, settings, origin)
        return ""

    def note_files(self, clues: Clues, root: Path, program: Program) -> None:
        """Takes what files of the program's own kind say about the site."""
        del clues, root, program

    def read_options(self, root: Path, program: Program, settings: Mapping[str, Any]) -> dict[str, Any]:
        """What else the reading of a post depends on."""
        del root, program, settings
        return {}

    def find_folder(self, root: Path, program: Program, settings: Mapping[str, Any]) -> tuple[str, str]:
        """The folder of posts and why."""
        del settings
        # A workspace may keep what is written beside its programs.
        places = (*map(program.below, self.posts_folders), *([""] if program.folder else []))
        return find_first_folder(root, self, places) or (program.folder, "no dated file was found")

    def note_people(self, clues: Clues, root: Path, program: Program, folder: str) -> None:
        """Takes the authors of a data file or of a collection with a file for each."""
        content = folder.rpartition("/")[0]
        own = map(program.below, ("", "content", "src/content", "data", "src/data", "config"))
        people = find_people(root, (folder, content, content.rpartition("/")[0], *own), posts=folder)
        clues.authors = people | clues.authors

    def guess(self, root: Path, program: Program, folder: str) -> tuple[str, str] | None:
        """The address above the posts and what tells it, None if the program's files do not."""
        routes = find_routes(root, map(program.below, self.route_folders), self.route_endings)
        texts = {source: read_loosely(root / source) for source in routes.values()}
        return guess_route(program.inside(folder), routes, texts)

    def assume(self, program: Program, folder: str) -> tuple[str, str]:
        """The address above the posts where nothing tells it, and why."""
        return guess_by_folder(program.inside(folder))

    def find_files(self, root: Path, folders: tuple[str, ...], options: Mapping[str, Any]) -> Iterator[SourceFile]:
        """The files of the folders, with what a list of posts says of them."""
        return add_listed(super().find_files(root, folders, options), options.get("listed", {}))

    def is_post(self, source: str) -> bool:
        """A Markdown file that is neither a README nor, by its leading `_`, a part of others."""
        return super().is_post(source) and not source.rpartition("/")[2].startswith("_")

    def read_name(self, file: SourceFile, facts: Facts) -> FileName:
        """The name without its date; an index file, or a page file, is its folder."""
        name = replace(read_dated_name(file.inside), language=read_language(file, facts))
        stem = file.inside.rpartition("/")[2].rpartition(".")[0]
        if stem in {"page", "+page"} and name.folders:
            return replace(name, slug=name.folders[-1], folders=name.folders[:-1])
        # `post.de.md`
        head, dot, last = stem.rpartition(".")
        if dot and re.fullmatch(r"[a-z]{2}(?:-[A-Z]{2})?", last) and last in facts.options.get("locales", (last,)):
            return FileName(
                slug=name.slug.removesuffix(f".{last}") if head != "index" else name.slug,
                day=name.day,
                language=last,
                folders=name.folders,
            )
        return name

    def address(self, page: Page) -> str:
        """The route, and the slug of the header or else the path below the folder of posts."""
        keys = ("permalink", "path", "url", "slug")
        said = (str(page.fields[key]).strip() for key in keys if _is_path(page.fields.get(key)))
        # An address elsewhere is what the post is about, or where it was first.
        text = next((one for one in said if not is_absolute(one) or _is_ours(one, page.facts.url)), None)
        route = self._localize(fill_route(str(page.facts.options.get("route", "/")), page), page, own=text is not None)
        if text is not None:
            if is_absolute(text):
                return text
            # `/a/b` is a whole path, `a` and `/a` are the post's own part of it.
            return join_path(text if text.startswith("/") and text.count("/") > 1 else f"{route}{text}/")
        return join_path("/".join((route, *self.slug_parts(page), "")))

    def _localize(self, route: str, page: Page, *, own: bool) -> str:
        """The route with the language before it that only folder or name tell, unless it is the site's: `/ja/blog/`.

        Translations that have one slug in their headers would have one address without it.
        """
        languages, language = page.facts.options.get("languages", {}), page.name.language
        main = page.facts.language.partition("-")[0]
        if not language or language in {main, page.facts.language} or f"/{language}/" in route:
            return route
        by_folder = page.file.source.startswith(tuple(f"{folder}/" for folder in languages))
        by_name = page.file.source.rpartition(".")[0].endswith(f".{language}")
        in_path = not own and (by_name or page.file.inside.startswith(f"{language}/"))
        return f"/{language}{route}" if (by_folder or by_name) and not in_path else route

    def slug_parts(self, page: Page) -> Iterator[str]:
        """The parts of the path that stand for the post: by default as its folders and file are called."""
        if shape := page.facts.options.get("shape"):
            yield from shape_path(page.file.inside, shape).split("/")
            return
        stem = page.file.inside.rpartition("/")[2].rpartition(".")[0]
        parts = page.file.inside.split("/")[:-1] + ([stem] if stem not in {"index", "page", "+page"} else [])
        parts = [part for part in parts if not re.fullmatch(r"\(.*\)", part)]
        route = str(page.facts.options.get("route"))
        if f"/{LANGUAGE}/" in route and len(parts) > 1 and parts[0] == page.name.language:
            parts = parts[1:]
        if "/:category/" in route and len(parts) > 1:  # the folder's own part of the address
            parts = parts[1:]
        if "/:day/" in route and page.name.day is not None:  # so is the date in the name
            parts = [page.name.slug]
        yield from parts


def _is_ours(address: str, site: str | None) -> bool:
    """Whether an address is on the site's host; of a site whose address nobody knows each may be."""
    try:
        host, own = urlsplit(address).hostname or "", urlsplit(site or address).hostname or ""
    except ValueError:
        return False
    return host.removeprefix("www.") == own.removeprefix("www.")


def _is_path(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and bool(str(value).strip())
