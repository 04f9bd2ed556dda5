"""Hugo's folders of content by language, and the sections in them that are the blog."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from feeds.loader.conventions.hugo_settings import lower_keys
from feeds.loader.conventions.places import count_dated
from feeds.loader.folders import walk_files
from feeds.loader.people import parse_names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from feeds.loader.convention import Convention

BLOGS = frozenset(
    {
        "post",
        "posts",
        "blog",
        "blogs",
        "news",
        "article",
        "articles",
        "writing",
        "writings",
        "essays",
        "journal",
        "weblog",
    }
)
# Sections that may well have more dated pages than the blog beside them.
_NO_BLOGS = frozenset(
    {"docs", "doc", "documentation", "reference", "wiki", "guides", "tutorials", "authors", "people", "team", "pages"}
    | {"events", "event", "talks", "publications", "publication", "projects", "project", "portfolio", "gallery"}
    | {"categories", "tags", "series", "notes", "links", "releases", "changelog", "case-studies", "jobs"}
)

# A section with less than a fifth of the best one's pages is about something else.
_FEW = 5


def find_contents(
    root: Path, settings: Mapping[str, Any], languages: Mapping[str, Mapping[str, Any]], default: str
) -> dict[str, str | None]:
    """The folders of content, each with its language's key, None where the file's name says it."""
    contents: dict[str, str | None] = {}
    mounts = lower_keys(settings.get("module")).get("mounts")
    for mount in mounts if isinstance(mounts, list) else []:
        table = lower_keys(mount)
        if str(table.get("target", "")).strip("/") == "content" and isinstance(table.get("source"), str):
            matrix = lower_keys(lower_keys(table.get("sites")).get("matrix"))
            language = next(iter(parse_names(table.get("lang") or matrix.get("languages"))), None)
            if not language or language.lower() in languages or not languages:
                contents[table["source"].strip("/")] = language.lower() if language else None
    for key, own in languages.items():
        if isinstance(folder := own.get("contentdir"), str):
            contents[folder.strip("./")] = key
    main = str(settings.get("contentdir") or "content").strip("./")
    if not contents and (root / main / default).is_dir() and default in languages:
        # Mounts that a build script writes, or a theme's: a folder for each language is what they amount to.
        return {f"{main}/{key}": key for key in sorted(languages) if (root / main / key).is_dir()}
    if main not in contents and default not in contents.values():
        contents[main] = None
    return contents


def find_sections(
    root: Path, contents: Mapping[str, str | None], settings: Mapping[str, Any], convention: Convention
) -> tuple[tuple[str, ...], str]:
    """`mainSections`, else the section with most dated pages and others like it: called as blogs are, if it is."""
    wanted = parse_names(settings.get("mainsections"))
    found = [f"{content}/{name.strip('/')}" for content in contents for name in wanted]
    if existing := [folder for folder in found if (root / folder).is_dir()]:
        return tuple(existing), "mainSections"
    dated: Counter[str] = Counter()
    for content in contents:
        counted = count_dated(root, content, convention)
        # `content/en` beside `content`: what another folder of content holds is counted there.
        dated.update({name: count for name, count in counted.items() if f"{content}/{name}" not in contents})
    best = max(dated, key=lambda section: (dated[section] * (3 if section in BLOGS else 1), section), default="")
    sections = [best, *(section for section in sorted(dated) if section in BLOGS and section != best)]
    largest = max(dated, key=lambda section: (dated[section], section), default="")
    if largest not in {"", *sections, *_NO_BLOGS}:
        sections.append(largest)  # where nothing is said, Hugo's own main section: configuration/params/#mainsections
    if best and not BLOGS.intersection(sections):
        # Nothing is called a blog: as in Hugo's own feed, every section with posts, if it has not just a few.
        sections += [name for name in sorted(dated) if name not in {"", best} and dated[name] * _FEW >= dated[best]]
    chosen = [f"{content}/{section}".rstrip("/") for content in contents for section in sections]
    existing = [folder for folder in chosen if (root / folder).is_dir()]
    return tuple(existing) or tuple(contents), "the section with most dated pages"


def find_indexed_folders(root: Path, contents: Mapping[str, str | None]) -> list[str]:
    """The folders with an `_index` page, which make sections of them: https://gohugo.io/content-management/sections/."""
    sources = (source for content in contents for source in walk_files(root, content))
    return sorted(
        {folder for folder, _, name in (one.rpartition("/") for one in sources) if name.startswith("_index.")}
    )


def find_content(source: str, options: Mapping[str, Any]) -> tuple[str, str | None]:
    """The folder of content that the file is in, and that folder's language."""
    contents: Mapping[str, str | None] = options.get("contents", {"content": None})
    for content in sorted(contents, key=len, reverse=True):
        if source.startswith(f"{content}/") or not content:
            return content, contents[content]
    return "", None


def locate_page(source: str, options: Mapping[str, Any]) -> tuple[tuple[str, ...], str, str | None]:
    """The folders above a page below its folder of content, its name, and its language where folder or name say it.

    A leaf bundle's name is its folder's.
    """
    content, language = find_content(source, options)
    parts = source[len(content) :].strip("/").split("/")
    stem = parts.pop().rpartition(".")[0]
    before, _, ending = stem.rpartition(".")
    if before and is_language(ending, options):
        stem, language = before, ending.lower()
    if stem == "index" and parts:
        stem = parts.pop()
    return tuple(parts), stem, language


def is_language(ending: str, options: Mapping[str, Any]) -> bool:
    """Whether a part of a file's name is one of the site's languages, disabled ones included."""
    known = (*options.get("languages", ()), *options.get("disabled", ()), options.get("default_language"))
    return ending.lower() in known
