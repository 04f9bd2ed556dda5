"""What a build leaves to whoever has to make it again after somebody has edited the words of a post.

Everything that was decided about all posts together, and what was looked at to decide it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feeds.cache.configs import unpack_config
from feeds.cache.records import from_text, unpack_post, unpack_value
from feeds.loader.convention import SourceFile
from feeds.loader.detection import BELOW
from feeds.loader.site_data import DataFolder
from feeds.publisher.counts import Counts
from feeds.selection import FeedPlan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from feeds.config import Config
    from feeds.models import Post

PLAN = tuple(field.name for field in fields(FeedPlan) if field.name != "posts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What a build has decided, and for whom.

    `plans` are the feeds without posts, `posts` the sources of each feed's posts in its order, `files` a file like most
    and those that differ from it. The posts in `fixed` have a say in more than their own entries; others were `asked`
    a question, which is a name of `JUDGED.answers`, and answered it. `settled` are posts that were not what their file
    alone says. `urls` are the addresses of all posts, by source, and `digests` is the text of the hashes of all files
    that were read, but for those that were read `later`.
    """

    config: Config
    plans: tuple[FeedPlan, ...]
    posts: tuple[tuple[str, ...], ...]
    files: Mapping[str, SourceFile]
    fixed: frozenset[str]
    asked: tuple[tuple[str, str, bool | str], ...]
    settled: Mapping[str, Post]
    counts: Counts
    urls: Mapping[str, str]
    digests: bytes
    later: Mapping[str, str]

    @property
    def shown(self) -> frozenset[str]:
        """The sources of the posts that stand in a feed."""
        return frozenset(source for feed in self.posts for source in feed)

    def find_file(self, source: str) -> SourceFile:
        """The file that the post was read from."""
        first = next(iter(self.files.values()))
        name = source.removeprefix(first.root.relative_to(self.config.root).as_posix() + "/")
        return self.files.get(name) or replace(first, source=name, data={})

    def find_digest(self, source: str) -> str:
        """The SHA-256 of the file that the post was read from, "" if it was none."""
        if source in self.later:
            return self.later[source]
        _, found, rest = self.digests.partition(pack_digest(source, ""))
        return rest.partition(b"\0")[0].decode() if found else ""

    def settle(self, post: Post) -> Post:
        """The post as it stands among the others, where it is what its file alone says."""
        among = self.settled.get(post.source)
        if among is None:
            return post
        return replace(
            post,
            guid=among.guid,
            authors=among.authors,
            tags=among.tags,
            categories=among.categories,
            enclosure=among.enclosure,
        )


def read_notes(data: bytes, *, later: Mapping[str, str]) -> Notes:
    """The notes that were kept; `later` are the hashes of files that have been read since, by source."""
    head, urls, digests = data.split(b"\n", 2)
    packed = from_text(head)
    config = restore_config(packed)
    root = config.root / str(config.findings.options.get(BELOW, ""))
    return Notes(
        config=config,
        plans=tuple(FeedPlan(**dict(zip(PLAN, plan, strict=True)), posts=()) for plan in packed["plans"]),
        posts=tuple(map(tuple, packed["posts"])),
        files={
            source: SourceFile(root=root, source=source, folder=folder, data=unpack_value(said))
            for source, folder, said in packed["files"]
        },
        fixed=frozenset(packed["fixed"]),
        asked=tuple(map(tuple, packed["asked"])),
        settled={post.source: post for post in map(unpack_post, packed["settled"])},
        counts=Counts(**packed["counts"]),
        urls=_Urls(urls),
        digests=digests,
        later=later,
    )


def pack_digest(source: str, digest: str) -> bytes:
    """A hash in `Notes.digests`, and with "" what stands before it."""
    # No name of a file has this character in it.
    return f"\0{source}\0{digest}".encode("utf-8", "surrogatepass")


def restore_config(packed: Mapping[str, Any]) -> Config:
    """The configuration of notes that were kept, with its folders of data files."""
    config = unpack_config(packed["config"])
    root = config.root / str(config.findings.options.get(BELOW, ""))
    folders = {name: DataFolder(root, folder) for name, folder in packed["folders"].items()}
    options = {name: folders.get(name, value) for name, value in config.findings.options.items()}
    return replace(config, findings=replace(config.findings, options=options))


def list_below(root: Path, paths: Iterable[str]) -> list[str]:
    """Those of the paths that are below `root`, relative to it."""
    above = os.path.abspath(root) + "/"  # noqa: PTH100 - as the listing names them, links not followed
    start, found = f"{root}/", []
    for path in paths:
        # Most are a path below it, which is one already.
        below = path[len(start) :] if path.startswith(start) else ""
        if below and below[0] not in "./" and below[-1] != "/" and "/." not in below and "//" not in below:
            found.append(below)
        elif (whole := os.path.abspath(path)).startswith(above):  # noqa: PTH100 - as above
            found.append(whole.removeprefix(above))
    return found


class _Urls(Mapping[str, str]):
    """The addresses of all posts, unpacked when one is asked for: most posts ask for none."""

    def __init__(self, text: bytes) -> None:
        self._text = text

    @cached_property
    def _urls(self) -> dict[str, str]:
        urls: dict[str, str] = from_text(self._text)
        return urls

    def __getitem__(self, source: str) -> str:
        return self._urls[source]

    def __iter__(self) -> Iterator[str]:
        return iter(self._urls)

    def __len__(self) -> int:
        return len(self._urls)
