"""Where one post is made into what is kept of its entry, and what that was made from."""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feeds.cache.listing import COARSEST_TICK, list_files
from feeds.cache.program import fingerprint_program
from feeds.cache.records import from_text, pack_entry, pack_post, pack_problems, to_text, unpack_entry
from feeds.render import Renderer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeds.config import Config
    from feeds.models import Entry, Post
    from feeds.publisher.gather import Gathered

KIND = "entry"
UNSURE = ""  # how nothing looks


class Kitchen:
    """Renders the posts of one site into what is kept, and knows what that was made from."""

    def __init__(self, config: Config, gathered: Gathered, urls: Mapping[str, str] | None) -> None:
        self.store = gathered.store
        self.digests: dict[str, bytes] = {}
        self.looked: set[str] = set()
        self._root = config.root
        self._shelf = gathered.shelf
        self._ids = gathered.ids
        self.renderer = Renderer(config, gathered.posts, urls=urls)
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
        kept = self.store.list_keys(KIND, names=keys)
        same = [source for source in keys if source in kept and kept[source].key == keys[source]]
        seen = {source: value for source in same if (value := unseal(kept[source].seen)) is not None}
        paths = {path for files, _, _ in seen.values() for path in files}
        now = list_files(paths, fresh_since=time.time_ns() - COARSEST_TICK)
        known = {
            source: problems
            for source, (files, asked, problems) in seen.items()
            if all(now[path] == look for path, look in files.items()) and self.renderer.gives_answers(asked)
        }
        self.digests.update((source, kept[source].digest) for source in known)
        self.looked.update(paths)
        return known

    def render(self, post: Post) -> tuple[bytes, list[str], list[object], dict[str, str | None], list[str]]:
        """The entry as it is kept, the files that were looked at, its problems, and what it asked about others.

        And the post's own file, if it is another than the one that was read.
        """
        whole, same = self._shelf.complete(post)
        rendered = self.renderer.render(whole, id=self._ids[post.source])
        data = to_text(pack_entry(rendered.entry)) + b"\n" + rendered.entry.content.encode()
        files = [str(self._root / file) for file in rendered.files]
        return (
            data,
            files,
            pack_problems(rendered.problems),
            dict(rendered.asked),
            [] if same else [str(self._root / post.source)],
        )


def unpack_made(data: bytes) -> Entry:
    """The entry of what `Kitchen.render` made."""
    head, _, content = data.partition(b"\n")
    return unpack_entry(from_text(head), content=content.decode())


def seal(seen: list[object]) -> str:
    """What stands over a row is not checked with it, so that it carries a hash of its own."""
    text = json.dumps(seen)
    return hashlib.sha256(text.encode()).hexdigest()[:16] + text


def unseal(sealed: object) -> Any | None:
    """What was sealed, None if it was damaged."""
    # Damage may turn one type into another.
    text = sealed[16:] if isinstance(sealed, str) else ""
    whole = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] + text == sealed
    return json.loads(text) if whole else None


def describe_files(files: Iterable[str], fresh_since: int) -> dict[str, str]:
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
