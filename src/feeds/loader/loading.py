"""A site's folder into its posts: every file is read by itself, then what concerns all is settled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.loader.addresses import fold_address
from feeds.loader.convention import Facts, SourceFile
from feeds.loader.detection import BELOW, get_convention
from feeds.loader.lengths import measure_enclosures
from feeds.loader.people import Directory
from feeds.loader.reading import Reading, begin_post
from feeds.loader.spellings import unite_names
from feeds.loader.status import find_change, settle
from feeds.loader.witness import JUDGED
from feeds.models import Markup, Post, Problem, Severity, Status
from feeds.phases import phase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from feeds.config import Config
    from feeds.loader.convention import Convention
    from feeds.loader.shelf import Shelf

MARKUPS = {"auto": None, "gfm": Markup.COMMONMARK, "markdown": Markup.MARKDOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """Every post that was found, whatever its status, sorted by source; and what is wrong with the files.

    `changes_at` is the next moment at which a post appears or vanishes by itself, None if there is none. `altered` are
    the sources of the posts that are not what their file alone says.
    """

    posts: tuple[Post, ...]
    problems: tuple[Problem, ...]
    changes_at: datetime | None = None
    altered: frozenset[str] = frozenset()


def collect_facts(config: Config) -> Facts:
    """What reading one file needs to know of the site."""
    return Facts(
        convention=config.findings.convention,
        url=config.site.url,
        zone=config.site.timezone,
        zone_known=config.origins.get("site.timezone", "default") != "default",
        default_time=config.settings.site.default_time,
        language=config.site.language,
        authors=Directory(config.authors),
        default_authors=config.site.authors,
        options=config.findings.options,
        permalink=config.settings.posts.permalink,
        markup=MARKUPS[config.settings.posts.markdown],
    )


def find_files(config: Config) -> tuple[SourceFile, ...]:
    """The files that may be posts, sorted by source. Raises ConfigError if a folder of posts is missing."""
    for folder in config.posts:
        if not (config.root / folder).is_dir():
            origin = config.origins.get("posts.path") or ""
            raise ConfigError(
                f"names the folder {folder!r}, which is not there; say under [posts] where the posts are",
                path=origin if (config.root / origin).is_file() else None,
                key="posts.path",
            )
    below = str(config.findings.options.get(BELOW, ""))
    folders = tuple(folder.removeprefix(below).strip("/") for folder in config.posts)
    convention = get_convention(config.findings.convention)
    with JUDGED:
        files = convention.find_files(config.root / below, folders, config.findings.options)
        found = {file.source: file for file in files}
    return tuple(found[source] for source in sorted(found))


def load_posts(config: Config, *, now: datetime, shelf: Shelf | None = None) -> Loaded:
    """All posts of the site as they stand at `now`; from a shelf they come without their bodies.

    Raises ConfigError if a folder of posts is missing; whatever is wrong with one file is a problem among the
    others.
    """
    convention = get_convention(config.findings.convention)
    facts = collect_facts(config)
    with phase("list"):
        files = find_files(config)
    with phase("parse"):
        if shelf is None:
            readings = read_files(((file, None) for file in files), facts, convention)
        else:
            readings = shelf.read(files, facts, convention)
        del files  # a large site's take much of the memory
        loaded = settle_posts(readings, now=now, future=bool(facts.options.get("future", False)))
        posts = measure_enclosures(config.root, loaded.posts)
        as_read = {id(reading.post) for reading in readings}
        altered = frozenset(post.source for post in posts if id(post) not in as_read)
        return replace(loaded, posts=posts, altered=altered)


def settle_posts(readings: Iterable[Reading], *, now: datetime, future: bool = False) -> Loaded:
    """The posts at `now`: status, one owner for each address and id, one spelling for each name."""
    readings = sorted(readings, key=lambda reading: reading.post.source)
    problems = [problem for reading in readings for problem in reading.problems]
    posts, collisions = _refuse_collisions([settle(reading, now=now, future=future) for reading in readings])
    changes_at = find_change(readings, now=now)
    return Loaded(posts=unite_names(posts), problems=(*problems, *collisions), changes_at=changes_at)


def read_file(file: SourceFile, facts: Facts, convention: Convention, content: bytes | None = None) -> Reading:
    """The post in a file, or in its `content` where that is known, with its source below the site.

    It is INVALID if there is none that can be read.
    """
    return read_files([(file, content)], facts, convention)[0]


def read_files(files: Iterable[tuple[SourceFile, bytes | None]], facts: Facts, convention: Convention) -> list[Reading]:
    """The same for several files, which takes less time together."""
    begun = [_begin(file, content, facts, convention) for file, content in files]
    readings = [one if isinstance(one, Reading) else one() for one in begun]
    below = str(facts.options.get(BELOW, ""))
    return [_relocate(reading, below) for reading in readings] if below else readings


def _begin(
    file: SourceFile, content: bytes | None, facts: Facts, convention: Convention
) -> Reading | Callable[[], Reading]:
    if (readable := file.source.encode("utf-8", "backslashreplace").decode()) != file.source:
        return _refuse(readable, "has a name that is not UTF-8; rename it")
    try:
        content = file.path.read_bytes() if content is None else content
    except OSError as error:
        return _refuse(file.source, f"cannot be read ({error.strerror})")
    return begin_post(content, file, facts, convention)


def _refuse(source: str, message: str) -> Reading:
    return Reading(
        post=Post(source=source, status=Status.INVALID, reason=message, extra={}),
        problems=(Problem(message=message, path=source),),
    )


def _relocate(reading: Reading, below: str) -> Reading:
    """The reading with its paths below the site, where the generator lives in a folder of it."""
    return replace(
        reading,
        post=replace(reading.post, source=f"{below}/{reading.post.source}"),
        problems=tuple(replace(problem, path=f"{below}/{problem.path}") for problem in reading.problems),
    )


def _order(post: Post) -> tuple[float, str]:
    """By date, then by source. Numbers are compared much faster than moments with a zone."""
    return post.published.timestamp() if post.published else 0.0, post.source


def _refuse_collisions(posts: Sequence[Post]) -> tuple[list[Post], list[Problem]]:
    """Of published posts with one address the earliest is in the feeds; a pinned id likewise is one post's.

    The others are published all the same, as far as their generator is concerned: it lets one page overwrite
    the other.
    """
    dated = [post for post in posts if post.status is Status.PUBLISHED and post.published is not None]
    folded = {post.source: fold_address(post.url) for post in dated if post.url}
    pinned = [post.guid for post in dated if post.guid]
    if len(set(folded.values())) == len(folded) and len(set(pinned)) == len(pinned):
        return [*posts], []
    addresses: dict[str, Post] = {}
    ids: dict[str, Post] = {}
    changed: dict[str, Post] = {}
    problems = []
    for post in sorted(dated, key=_order):
        kept = addresses.setdefault(folded[post.source], post) if post.url else post
        if kept is not post:
            reason = f"has the same address as {kept.source} ({post.url}); give one of the two another"
            changed[post.source] = replace(post, in_feeds=False, reason=reason)
            problems.append(Problem(message=reason, path=post.source))
        elif post.guid and (owner := ids.setdefault(post.guid, post)) is not post:
            message = f"guid: is that of {owner.source} too ({post.guid}); it is ignored here, remove it"
            changed[post.source] = replace(post, guid=None)
            problems.append(Problem(message=message, path=post.source, severity=Severity.WARNING))
    return [changed.get(post.source, post) for post in posts], problems
