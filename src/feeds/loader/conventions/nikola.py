"""Nikola: https://getnikola.com/handbook.html and its conf.py, https://getnikola.com/conf.html."""

from __future__ import annotations

import re
import unicodedata
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, ClassVar

from feeds.errors import PostError
from feeds.loader.addresses import join_path
from feeds.loader.clues import Clues
from feeds.loader.convention import MARKDOWN, Convention, Facts, FileName, Page, SourceFile
from feeds.loader.conventions.nikola_headers import NIKOLA_HANDLERS, CommentHandler, read_side_car
from feeds.loader.files import read_loosely, read_start
from feeds.loader.folders import walk_files
from feeds.loader.keys import is_false, is_true
from feeds.loader.python_settings import read_python_settings
from feeds.loader.transliteration import transliterate
from feeds.loader.witness import JUDGED
from feeds.models import Markup, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from feeds.config import Findings
    from feeds.loader.headers import HeaderHandler

# conf.py's own defaults, for a site whose conf.py is not at hand, with the other endings that its compilers take.
POSTS = tuple((f"posts/*{ending}", "posts") for ending in (".rst", ".txt", ".html", *sorted(MARKDOWN)))
TRANSLATIONS_PATTERN = "{path}.{lang}.{ext}"
_OURS = re.compile(r"^(?:BLOG_TITLE|BLOG_AUTHOR|POSTS|COMPILERS|NEW_POST_PREFS)\s*=", re.MULTILINE)
_HIDDEN = {"private": Status.HIDDEN, "draft": Status.DRAFT}
_BROKEN = "\0broken"
_SAMPLE = 12


class Nikola(Convention):
    """Posts where POSTS says, each of one file, or of a text and a `.meta` beside it."""

    name = "nikola"
    markup = Markup.MARKDOWN
    extensions: ClassVar[Mapping[str, Markup | None]] = dict.fromkeys(
        (*sorted(MARKDOWN), ".rst", ".txt", ".html", ".htm")
    )
    handlers: ClassVar[tuple[HeaderHandler, ...]] = NIKOLA_HANDLERS
    day_first = False
    title_heading = ""

    def detect(self, root: Path) -> str | None:
        """A conf.py with Nikola's names, or a folder of posts with `.. title:` lines or `.meta` files."""
        file = root / "conf.py"
        if file.is_file() and _OURS.search(read_loosely(file)):
            return "conf.py"
        return "posts/ (`.. title:` lines)" if _has_headers(root, "posts") else None

    def read_site(self, root: Path) -> Findings:
        """What conf.py says that can be told without running it."""
        known = (root / "conf.py").is_file()
        settings = read_python_settings(root / "conf.py") if known else {}
        clues = Clues(self.name, evidence="conf.py" if known else "posts/ (`.. title:` lines)")
        language = str(settings.get("DEFAULT_LANG") or "en")
        for key, names in _SITE.items():
            for name in names:
                value = settings.get(name)
                clues.note(key, value.get(language) if isinstance(value, dict) else value, "conf.py")
        if not isinstance(settings.get("DEFAULT_LANG"), str):
            clues.site.pop("language", None)
        clues.note_domain(root, "files")
        posts = _read_posts(settings.get("POSTS"))
        folders = tuple(dict.fromkeys(pattern.rpartition("/")[0] for pattern, _ in posts))
        translations = settings.get("TRANSLATIONS")
        return clues.conclude(
            posts=tuple(folder for folder in folders if (root / folder).is_dir()) or ("posts",),
            found_by="conf.py" if known and "POSTS" in settings else "Nikola's default",
            options={
                "posts": [list(pair) for pair in posts],
                "default_language": language,
                "translations": _translations(translations),
                "pattern": str(settings.get("TRANSLATIONS_PATTERN") or TRANSLATIONS_PATTERN),
                "pretty": not is_false(settings.get("PRETTY_URLS")),
                "strip_indexes": not is_false(settings.get("STRIP_INDEXES")),
                "hidden_tags": [tag for tag in settings.get("HIDDEN_TAGS") or () if isinstance(tag, str)],
                "future": is_true(settings.get("FUTURE_IS_NOW")),
                "unslugify": is_true(settings.get("FILE_METADATA_UNSLUGIFY_TITLES")),
                "name_pattern": settings.get("FILE_METADATA_REGEXP") or "",
            },
        )

    def find_files(self, root: Path, folders: tuple[str, ...], options: Mapping[str, Any]) -> Iterator[SourceFile]:
        """The files that a pattern of POSTS takes, with what their `.meta` says."""
        patterns = [pattern for pattern, _ in options.get("posts", POSTS)]
        for folder in folders:
            sources = set(walk_files(root, folder, skip=frozenset()))
            for source in sorted(sources):
                if self.is_post(source) and (_takes(patterns, source) or folder not in _folders(patterns)):
                    side_car = f"{source.rpartition('.')[0]}.meta"
                    data = _read_side_car(root, side_car) if side_car in sources else {}
                    yield SourceFile(root=root, source=source, folder=folder, data=data)

    def read_name(self, file: SourceFile, facts: Facts) -> FileName:
        """The name without its ending and its language."""
        stem = file.source.rpartition("/")[2].rpartition(".")[0]
        languages = facts.options.get("translations", {})
        head, dot, last = stem.rpartition(".")
        language = last if dot and last in languages else None
        return FileName(
            slug=slugify(head if language else stem),
            language=language,
            folders=tuple(file.inside.split("/")[:-1]),
        )

    def complete_fields(self, file: SourceFile, fields: Mapping[str, Any], facts: Facts) -> Mapping[str, Any]:
        """The header over the side-car. Raises PostError for a side-car that cannot be read."""
        if broken := file.data.get(_BROKEN):
            raise PostError(broken["message"], path=broken["path"], line=broken["line"])
        return super().complete_fields(file, fields, facts)

    def judge(self, page: Page) -> tuple[Status, str]:
        """By `.. status:`; before version 8 the tags `draft` and `private` said it."""
        status = str(page.fields.get("status") or "").strip().lower()
        if status in _HIDDEN:
            return _HIDDEN[status], f"status: {status}"
        tags = {tag.lower() for tag in page.tags}
        for tag in ("draft", "private"):
            if tag in tags:
                return _HIDDEN[tag], f"the tag `{tag}`"
        return super().judge(page)

    def address(self, page: Page) -> str:
        """The language's folder, the destination of POSTS, the folders below it, and the slug."""
        options = page.facts.options
        slug = str(page.fields.get("slug") or page.name.slug).strip("/")
        language = page.language or options.get("default_language", "en")
        place = options.get("translations", {}).get(language, "")
        folder = "/".join((place, _destination(page.file, options), *page.name.folders))
        own = page.fields.get("pretty_url")
        pretty = options.get("pretty", True) if own is None else is_true(own)
        if not pretty:
            return join_path(f"{folder}/{slug}.html")
        if slug == "index":
            return join_path(f"{folder}/")
        return join_path(f"{folder}/{slug}/" if options.get("strip_indexes", True) else f"{folder}/{slug}/index.html")


_SITE: Mapping[str, tuple[str, ...]] = {
    "title": ("BLOG_TITLE",),
    "url": ("SITE_URL", "BASE_URL"),
    "description": ("BLOG_DESCRIPTION",),
    "author": ("BLOG_AUTHOR",),
    "language": ("DEFAULT_LANG",),
    "timezone": ("TIMEZONE",),
    "logo": ("LOGO_URL",),
}


def _has_headers(root: Path, folder: str) -> bool:
    sources = list(walk_files(root, folder))
    texts = [source for source in sources if source.endswith((".rst", ".txt", ".md", ".html"))]
    sample = texts[:: max(1, len(texts) // _SAMPLE)]
    known = set(sources)
    ours = 0
    for source in sample:
        if f"{source.rpartition('.')[0]}.meta" in known:
            ours += 1
            continue
        ours += JUDGED.ask(has_header, root / source)
    return bool(sample) and ours * 2 > len(sample)


def has_header(path: Path) -> bool:
    """Whether a file begins with `.. title:` and the like."""
    return CommentHandler().detect(read_start(path, 512).decode("utf-8-sig", "replace"))


def _read_side_car(root: Path, source: str) -> Mapping[str, Any]:
    """What the side-car says, or what is wrong with it, to be said when the post is read."""
    try:
        return read_side_car(root / source, source)
    except PostError as error:
        return {_BROKEN: {"message": error.message, "path": error.path, "line": error.line}}


def _read_posts(value: Any) -> list[tuple[str, str]]:
    """The patterns and destinations of POSTS; a destination by language is the default language's."""
    posts = []
    for item in value if isinstance(value, list | tuple) else ():
        if isinstance(item, list | tuple) and len(item) > 1 and isinstance(item[0], str):
            target = next(iter(item[1].values()), "") if isinstance(item[1], dict) else item[1]
            posts.append((item[0], target if isinstance(target, str) else ""))
    return posts or list(POSTS)


def _translations(value: Any) -> dict[str, str]:
    """The folder of each language below the site: TRANSLATIONS, with `./es` as `es`."""
    table = value if isinstance(value, dict) else {}
    return {
        str(language): str(folder).removeprefix("./").strip("/")
        for language, folder in table.items()
        if isinstance(folder, str)
    }


def _folders(patterns: Iterable[str]) -> set[str]:
    return {pattern.rpartition("/")[0] for pattern in patterns}


def _takes(patterns: Iterable[str], source: str) -> bool:
    """Whether a pattern takes the file: its folder lies above, and the name fits (Nikola's scan_posts)."""
    name = source.rpartition("/")[2]
    return any(
        source.startswith(f"{folder}/") and fnmatchcase(name, wanted)
        for folder, _, wanted in (pattern.rpartition("/") for pattern in patterns)
    )


def _destination(file: SourceFile, options: Mapping[str, Any]) -> str:
    for pattern, target in options.get("posts", POSTS):
        if pattern.rpartition("/")[0] == file.folder and _takes([pattern], file.source):
            return str(target)
    return file.folder


def slugify(text: str) -> str:
    """nikola.utils.slugify: ASCII letters, digits, hyphens and underscores, in lower case."""
    ascii_text = unicodedata.normalize("NFKD", transliterate(text)).encode("ascii", "ignore").decode()
    bare = re.sub(r"[^+\w\s-]", "", ascii_text).strip().lower()
    return re.sub(r"[-\s]+", "-", bare)
