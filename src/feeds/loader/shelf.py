"""Readings that are kept from one run to the next, so that a file is read again only once it has changed."""

from __future__ import annotations

import hashlib
import sys
import time
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feeds.cache.listing import COARSEST_TICK, list_files, read_looked
from feeds.cache.program import fingerprint_program
from feeds.cache.records import (
    from_text,
    pack_moment,
    pack_post,
    pack_problems,
    to_text,
    unpack_moment,
    unpack_post,
    unpack_problems,
)
from feeds.cache.store import FEW
from feeds.loader.detection import BELOW
from feeds.loader.loading import find_files, read_file, read_files
from feeds.loader.reading import Reading
from feeds.workers import map_together

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from feeds.cache.store import Row, Store
    from feeds.config import Config
    from feeds.loader.convention import Convention, Facts, SourceFile
    from feeds.models import Post

KIND = "reading"
BATCH = 50  # files that are read together


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Where the body of a post is: the last `length` bytes of its file, if that has the SHA-256 `digest`.

    The length is None where the body is not written so in the file. `words` is the fingerprint of the post's words, ""
    if nobody asked for it.
    """

    digest: str
    length: int | None
    words: str


class Shelf:
    """Reads files into posts without bodies, from `store` where it can. `bodies` has their bodies' places by source.

    Bodies stay in their files: those of a large site would fill the memory, and few are rendered. `files` has the first
    file, and those that are not in its folder or of which others say something. `fingerprint` hashes a post's words;
    without it they have no hash. `show` is told what is done, and how many of how many.
    """

    def __init__(
        self,
        config: Config,
        store: Store,
        *,
        fingerprint: Callable[[Post], str] | None,
        show: Callable[[str, int, int], None],
    ) -> None:
        self.bodies: dict[str, Body] = {}
        self.files: dict[str, SourceFile] = {}
        self._store = store
        self._fingerprint = fingerprint
        self._show = show
        self._config = config
        self._rules: tuple[Facts, Convention] | None = None
        self._fresh_since = 0

    def read(self, files: Sequence[SourceFile], facts: Facts, convention: Convention) -> list[Reading]:
        """The reading of each file, in any order."""
        self._rules, self._fresh_since = (facts, convention), time.time_ns() - COARSEST_TICK
        rules = self._hash_rules(facts)
        below = _find_below(facts)
        wanted = {below + file.source: file for file in files}
        # To hold all files of a large site takes memory, and most are like the first.
        self.files = {file.source: file for file in files[:1]}
        self.files |= {file.source: file for file in files if file.data or file.folder != files[0].folder}
        readings, moved = [], []
        for row in self._list_rows([*wanted]):
            file = wanted.get(row.name)
            if file is None:
                continue
            kept, place = from_text(row.data), _place(file)
            look = list_files([place], fresh_since=self._fresh_since)[place]
            same = row.key == _make_key(rules, file, kept[0])
            if same and (row.seen == look or _hash(_read_content(place)) == kept[0]):
                if row.seen != look:
                    moved.append(row._replace(seen=look))
                readings.append(self._take(kept))
                del wanted[row.name]
        for row in moved:
            self._store.put(KIND, row.name, row.data, key=row.key, seen=row.seen)
        todo = list(wanted.values())
        made = map_together(self._read_some, todo, batch=BATCH)
        for done, (name, (data, look)) in enumerate(zip(wanted, made, strict=True), start=1):
            self._show("Reading posts", done, len(todo))
            kept = from_text(data)
            if kept[0]:
                self._store.put(KIND, name, data, key=_make_key(rules, wanted[name], kept[0]), seen=look)
            readings.append(self._take(kept))
        self._store.flush()
        return readings

    def recall(self, file: SourceFile, facts: Facts, digest: str) -> Reading | None:
        """The reading of the file when its bytes had this SHA-256, if one by the same rules is kept."""
        key = _make_key(self._hash_rules(facts), file, digest)
        data = self._store.read(KIND, _find_below(facts) + file.source, key)
        return None if data is None else self._take(from_text(data))

    def _hash_rules(self, facts: Facts) -> str:
        return _hash_rules(facts) + ("" if self._fingerprint else " without words")

    def _list_rows(self, names: Collection[str]) -> Iterator[Row]:
        if len(names) > FEW:
            return self._store.scan(KIND)
        return (row for name in names for row in self._store.find(KIND, name))

    def complete(self, post: Post) -> tuple[Post, bool]:
        """The post with its body, and whether its file is as it was read. If not, the body is what it says by now."""
        body = self.bodies[post.source]
        content = _read_content(f"{self._config.root}/{post.source}")
        same = content is not None and _hash(content) == body.digest
        if same and content is not None and body.length is not None:
            return replace(post, body=content[len(content) - body.length :].decode()), True
        assert self._rules is not None
        file = self._files.get(self._config.root / post.source)
        now = read_file(file, *self._rules, content=content).post if file else post
        return replace(post, body=now.body, body_line=now.body_line), same

    @cached_property
    def _files(self) -> dict[Path, SourceFile]:
        """The files again: few sites need them, and to hold those of a large one takes memory."""
        return {file.path: file for file in find_files(self._config)}

    def _read_some(self, files: Sequence[SourceFile]) -> list[tuple[bytes, str]]:
        """What is kept of each file, and how that looked before it was read: what is written meanwhile shows next time.

        It takes less time together.
        """
        assert self._rules is not None
        looked = [read_looked(_place(file), fresh_since=self._fresh_since) for file in files]
        contents = [content for content, _ in looked]
        readings = read_files(zip(files, contents, strict=True), *self._rules)
        kept = map(self._pack, readings, contents)
        return [(data, look) for data, (_, look) in zip(kept, looked, strict=True)]

    def _pack(self, reading: Reading, content: bytes | None) -> bytes:
        post = reading.post
        body = post.body.encode("utf-8", "surrogatepass")
        return to_text(
            [
                _hash(content),
                len(body) if content is not None and content.endswith(body) else None,
                self._fingerprint(post) if self._fingerprint else "",
                pack_post(post),
                pack_moment(reading.available),
                pack_problems(reading.problems),
            ]
        )

    def _take(self, kept: list[Any]) -> Reading:
        digest, length, words, post, available, problems = kept
        reading = Reading(
            post=unpack_post(post),
            available=unpack_moment(available),
            problems=unpack_problems(problems) if problems else (),
        )
        self.bodies[reading.post.source] = Body(digest=digest, length=length, words=words)
        return reading


def _find_below(facts: Facts) -> str:
    """What the path of a file below the site begins with, where the generator lives in a folder of it."""
    return f"{below}/" if (below := facts.options.get(BELOW)) else ""


def _place(file: SourceFile) -> str:
    return f"{file.root}/{file.source}"  # to make a path takes as long as to read the file


def _read_content(path: str) -> bytes | None:
    return read_looked(path, fresh_since=sys.maxsize)[0]


def _hash(content: bytes | None) -> str:
    """The SHA-256 of a file in hexadecimal digits, "" for one that cannot be read."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _hash_rules(facts: Facts) -> str:
    """A hash of all that reading depends on besides the file: the program, the settings, the site's own files."""
    known = [(field.name, getattr(facts, field.name)) for field in fields(facts) if field.name != "authors"]
    return hashlib.sha256(repr((fingerprint_program(), known, sorted(facts.authors.items()))).encode()).hexdigest()[:16]


def _make_key(rules: str, file: SourceFile, digest: str) -> str:
    data = hashlib.sha256(repr(file.data).encode("utf-8", "surrogatepass")).hexdigest()[:16] if file.data else ""
    return f"{rules} {file.folder!r} {data} {digest}"
