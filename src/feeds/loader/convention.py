"""The interface that a generator's rules are written against, and the values that pass through it.

A convention knows four things: how its sites are recognised, what the site's own files say, which files are
posts, and where a post's page is. What all generators share (keys, dates, people, problems) stands in the
modules beside this one, once. A convention has no state; whatever it found out about a site travels in
`Findings.options` as plain data, so that a file becomes a post by a pure function, in this process or in
another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from feeds.loader.folders import walk_files
from feeds.loader.headers import HANDLERS, HeaderHandler
from feeds.loader.keys import is_false, is_true
from feeds.models import Markup, Person, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime
    from pathlib import Path

    from feeds.config import Findings

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".mkdown"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file that may be a post.

    `source` is its path below `root`, `folder` the folder of posts it was found in ("" for the site), both
    with slashes. `data` is what other files say about it, by key: a side-car, the data files of its
    directory, a cascade.
    """

    root: Path
    source: str
    folder: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Where it is. There are thousands, and most are never opened."""
        return self.root / self.source

    @property
    def inside(self) -> str:
        """The path below the folder of posts."""
        return self.source[len(self.folder) :].lstrip("/") if self.folder else self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class FileName:
    """What a file's name and place say: a `day`, a `language`, and the `slug` that is left without them.

    `folders` are those between the folder of posts and the file, as far as they are not part of the post's
    own name.
    """

    slug: str
    day: date | None = None
    language: str | None = None
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of the site when a file becomes a post: plain data that may cross to another process.

    `zone` is an IANA name and `zone_known` false where it is only the default. `options` is the convention's
    own (`Findings.options`). `default_authors` wrote the posts that name nobody. `permalink` and `markup` are
    the person's word against the convention's.
    """

    convention: str
    url: str | None = None
    zone: str = "UTC"
    zone_known: bool = False
    default_time: str = "00:00"
    language: str = "en"
    authors: Mapping[str, Person] = field(default_factory=dict)
    default_authors: tuple[Person, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    permalink: str | None = None
    markup: Markup | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A file that was read, as the rules see it.

    `fields` are front matter with lower-case keys over `file.data`. `title` is plain text, `written` what it was
    made from ("" for a file's name). `published` is in the zone in which the site shows it.
    """

    file: SourceFile
    facts: Facts
    name: FileName
    fields: Mapping[str, Any]
    title: str = ""
    written: str = ""
    published: datetime | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


class Convention:
    """One generator's rules; each method's default is what most generators do.

    `name` is what feeds.toml calls it. `markup` is the language of its Markdown files. `handlers` read its
    headers, the first that recognises one wins. `space_separated` says that a string of tags is split at
    spaces too. `overflowing_dates` says that 29 February 2017 is 1 March, as in JavaScript. `day_first` is how
    the generator's language reads 3/4/2024: Ruby as 3 April, JavaScript and dateutil as 4 March.
    `title_heading` is the heading that a post without a title is called by: the `first`, wherever it stands,
    one of the first level that begins the text (`leading`), or none ("").
    """

    name: ClassVar[str]
    markup: ClassVar[Markup] = Markup.COMMONMARK
    extensions: ClassVar[Mapping[str, Markup | None]] = dict.fromkeys(sorted(MARKDOWN))
    handlers: ClassVar[tuple[HeaderHandler, ...]] = HANDLERS
    space_separated: ClassVar[bool] = False
    overflowing_dates: ClassVar[bool] = False
    day_first: ClassVar[bool | None] = None
    title_heading: ClassVar[Literal["first", "leading", ""]] = "first"

    def detect(self, root: Path) -> str | None:
        """The file (or folder) that shows that the site in `root` is one of ours, or None."""
        raise NotImplementedError

    def read_site(self, root: Path) -> Findings:
        """What the site's own files say. Raises ConfigError for a file that cannot be read as what it is."""
        raise NotImplementedError

    def find_files(self, root: Path, folders: tuple[str, ...], options: Mapping[str, Any]) -> Iterator[SourceFile]:
        """Every file that may be a post, once, below the folders of posts."""
        del options
        for folder in folders:
            for source in walk_files(root, folder):
                if self.is_post(source):
                    yield SourceFile(root=root, source=source, folder=folder)

    def is_post(self, source: str) -> bool:
        """Whether the path may be a post: it has one of our extensions and is not about the folder itself."""
        name = source.rpartition("/")[2].lower()
        stem, dot, extension = name.rpartition(".")
        return f"{dot}{extension}" in self.extensions and stem not in NO_POSTS

    def choose_handlers(self, source: str) -> tuple[HeaderHandler, ...]:
        """The handlers that may read the header of the file at this path: by default all."""
        del source
        return self.handlers

    def read_name(self, file: SourceFile, facts: Facts) -> FileName:
        """What the file's name says."""
        raise NotImplementedError

    def complete_fields(self, file: SourceFile, fields: Mapping[str, Any], facts: Facts) -> Mapping[str, Any]:
        """The post's fields with what the site says about it: by default `file.data` under the header."""
        del facts
        return {**file.data, **fields}

    def judge(self, page: Page) -> tuple[Status, str]:
        """Whether the generator would publish it, whatever the time is, and why not."""
        if is_true(page.fields.get("draft")):
            return Status.DRAFT, "draft: true"
        if is_false(page.fields.get("published")):
            return Status.HIDDEN, "published: false"
        return Status.PUBLISHED, ""

    def show_date(self, when: datetime, facts: Facts) -> datetime:
        """The moment in the zone whose calendar the site shows; by default the one that the author wrote."""
        del facts
        return when

    def address(self, page: Page) -> str:
        """The post's address: a path below the site that starts with a slash, or an absolute URL."""
        raise NotImplementedError

    def doubt_address(self, page: Page) -> str:
        """What a person should know of this post's address or the day in it, a guess mostly; "" if nothing."""
        del page
        return ""

    def find_base(self, page: Page, path: str) -> str | None:
        """What relative links resolve against when it is not the address `path`."""
        del page, path
        return None

    def make_title(self, page: Page) -> str:
        """The title of a post that has none: the words of its file name."""
        return " ".join(page.name.slug.replace("_", " ").replace("-", " ").split())


NO_POSTS = frozenset(
    {
        "readme",
        "changelog",
        "contributing",
        "license",
        "licence",
        "code_of_conduct",
        "code-of-conduct",
        "security",
    }
    | {"agents", "claude", "authors", "contributors", "todo", "_index"}
)
