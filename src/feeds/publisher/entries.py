"""Posts become entries, each rendered once: what was rendered is kept as long as nothing that it was made from changes.

An entry is made from its post, the settings and the program, from the files that were looked at for it, and from the
addresses of the posts that it asked for.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feeds.cache.listing import COARSEST_TICK, list_files
from feeds.cache.program import fingerprint_program
from feeds.cache.records import (
    from_text,
    pack_entry,
    pack_post,
    pack_problems,
    to_text,
    unpack_entry,
    unpack_problems,
)
from feeds.models import Entry
from feeds.phases import phase
from feeds.publisher.request import ignore_progress
from feeds.render import Renderer
from feeds.workers import map_ordered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.config import Config
    from feeds.models import Post, Problem
    from feeds.publisher.gather import Gathered
    from feeds.publisher.request import Progress

KIND = "entry"
UNSURE = ""  # how nothing looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Entries by the source of their post; a post that could not be rendered is missing, and `problems` says why."""

    entries: Entries
    problems: tuple[Problem, ...]


def render_entries(
    config: Config, gathered: Gathered, posts: Iterable[Post], *, show: Progress = ignore_progress
) -> Rendered:
    """The entries of `posts`, each rendered once. `show` is told how many are done of how many."""
    with phase("render"):
        return _render(config, gathered, posts, show)


def _render(config: Config, gathered: Gathered, posts: Iterable[Post], show: Progress) -> Rendered:
    kitchen = _Kitchen(config, gathered)
    wanted = {post.source: post for post in posts}
    keys = {source: kitchen.make_key(post) for source, post in wanted.items()}
    known = kitchen.find_known(keys)
    todo = [post for source, post in wanted.items() if source not in known]
    fresh_since = time.time_ns() - COARSEST_TICK
    for done, (post, (data, files, problems, asked, changed)) in enumerate(
        zip(todo, map_ordered(kitchen.render, todo), strict=True), start=1
    ):
        seen = [_describe(files, fresh_since) | dict.fromkeys(changed, UNSURE), asked, problems]
        known[post.source] = problems
        digest = gathered.store.put(KIND, post.source, data, key=keys[post.source], seen=_seal(seen))
        kitchen.digests[post.source] = digest or hashlib.sha256(data).digest()
        show("Rendering posts", done, len(todo))
    gathered.store.flush()
    found = [problem for source in wanted for problem in unpack_problems(known[source])]
    return Rendered(entries=Entries(kitchen, wanted, keys), problems=tuple(found))


def _seal(seen: list[object]) -> str:
    """What stands over a row is not checked with it, so that it carries a hash of its own."""
    text = json.dumps(seen)
    return hashlib.sha256(text.encode()).hexdigest()[:16] + text


def _unseal(sealed: object) -> Any | None:
    """What was sealed, None if it was damaged."""
    # Damage may turn one type into another.
    text = sealed[16:] if isinstance(sealed, str) else ""
    whole = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] + text == sealed
    return json.loads(text) if whole else None


def _describe(files: Iterable[str], fresh_since: int) -> dict[str, str]:
    """How the files look; nothing will look like one that was touched or removed a moment ago, perhaps after a look."""
    looks = list_files(files, fresh_since=fresh_since)
    return {path: look if _is_old(path, look, fresh_since) else UNSURE for path, look in looks.items()}


def _is_old(path: str, look: str, fresh_since: int) -> bool:
    if not look.startswith("missing"):
        return look.count(" ") > 1  # by its state and not by its bytes
    # When it went is told by the folder that it was in.
    for folder in Path(path).parents:
        with contextlib.suppress(OSError):
            known = folder.stat()
            return max(known.st_mtime_ns, known.st_ctime_ns) < fresh_since
    return False


class Entries(Mapping[str, Entry]):
    """Entries by source, each brought from where it is kept when it is asked for.

    `digests` has a hash of each that differs once it has changed, as far as they are kept in `store`.
    """

    def __init__(self, kitchen: _Kitchen, posts: Mapping[str, Post], keys: Mapping[str, str]) -> None:
        self.store = kitchen.store
        self.digests: Mapping[str, bytes] = kitchen.digests
        self._kitchen = kitchen
        self._posts = posts
        self._keys = keys

    def __getitem__(self, source: str) -> Entry:
        data = self._kitchen.store.read(KIND, source, self._keys[source])
        if data is None:  # somebody else has put another in its place
            data = self._kitchen.render(self._posts[source])[0]
        head, _, content = data.partition(b"\n")
        return unpack_entry(from_text(head), content=content.decode())

    def __contains__(self, source: object) -> bool:
        return source in self._posts

    def __iter__(self) -> Iterator[str]:
        return iter(self._posts)

    def __len__(self) -> int:
        return len(self._posts)


class _Kitchen:
    """Renders the posts of one site into what is kept, and knows what that was made from."""

    def __init__(self, config: Config, gathered: Gathered) -> None:
        self.store = gathered.store
        self.digests: dict[str, bytes] = {}
        self._root = config.root
        self._shelf = gathered.shelf
        self._ids = gathered.ids
        self._renderer = Renderer(config, gathered.posts)
        rules = (fingerprint_program(), config.site, config.settings.posts, sorted(config.findings.options.items()))
        self._rules = hashlib.sha256(repr(rules).encode("utf-8", "surrogatepass")).hexdigest()

    def make_key(self, post: Post) -> str:
        """What the entry of `post` is made from, but for the files that are looked at meanwhile."""
        made_from = [self._rules, self._ids[post.source], self._shelf.bodies[post.source].digest]
        # Its status and the reason for it may change while the entry stays what it is.
        packed = pack_post(replace(post, reason="") if post.reason else post)
        return hashlib.sha256(to_text([made_from, packed])).hexdigest()

    def find_known(self, keys: Mapping[str, str]) -> dict[str, list[object]]:
        """The sources of those whose entry is kept and still as it would be made, with its problems."""
        kept = self.store.list_keys(KIND)
        same = [source for source in keys if source in kept and kept[source].key == keys[source]]
        seen = {source: value for source in same if (value := _unseal(kept[source].seen)) is not None}
        paths = {path for files, _, _ in seen.values() for path in files}
        now = list_files(paths, fresh_since=time.time_ns() - COARSEST_TICK)
        known = {
            source: problems
            for source, (files, asked, problems) in seen.items()
            if all(now[path] == look for path, look in files.items()) and self._renderer.gives_answers(asked)
        }
        self.digests.update((source, kept[source].digest) for source in known)
        return known

    def render(self, post: Post) -> tuple[bytes, list[str], list[object], dict[str, str | None], list[str]]:
        """The entry as it is kept, the files that were looked at, its problems, and what it asked about others.

        And the post's own file, if it is another than the one that was read.
        """
        whole, same = self._shelf.complete(post)
        rendered = self._renderer.render(whole, id=self._ids[post.source])
        data = to_text(pack_entry(rendered.entry)) + b"\n" + rendered.entry.content.encode()
        files = [str(self._root / file) for file in rendered.files]
        return (
            data,
            files,
            pack_problems(rendered.problems),
            dict(rendered.asked),
            [] if same else [str(self._root / post.source)],
        )
