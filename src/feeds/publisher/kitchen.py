"""One post into its entry as it is kept, in whichever process, with what that was made from."""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from feeds.cache.listing import COARSEST_TICK, MISSING, list_files
from feeds.cache.program import fingerprint_program
from feeds.cache.records import from_text, pack_entry, pack_post, pack_problems, to_text, unpack_entry
from feeds.render import Siblings, locate_posts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from feeds.config import Config
    from feeds.feed import MadePieces, Workshop
    from feeds.models import Entry, Post
    from feeds.publisher.gather import Gathered
    from feeds.render import Rendered, Renderer

KIND = "entry"
UNSURE = ""  # how nothing looks


class Dish(NamedTuple):
    """An entry as it is kept, what was looked at for it, its problems, and what else was made of it.

    `seen` is what `unseal` opens: how the files looked, what was asked about other posts, and the problems. `pieces`
    are there if anybody wants them.
    """

    data: bytes
    looked: tuple[str, ...]
    seen: str
    problems: list[Any]
    pieces: MadePieces | None = None


class Kitchen:
    """Renders the posts of one site into what is kept, and knows what that was made from.

    `workshop` makes the pieces of each entry while it is at hand. `urls` are the addresses of all posts of the site by
    source, where not all have been gathered. `looked` are the files that were looked at for entries, made or kept.
    """

    def __init__(
        self,
        config: Config,
        gathered: Gathered,
        *,
        workshop: Workshop | None,
        urls: Mapping[str, str] | None = None,
    ) -> None:
        self.store = gathered.store
        self.digests: dict[str, bytes] = {}
        self.looked: set[str] = set()
        self._keys: dict[str, str] = {}
        self._config = config
        self._root = config.root
        self._shelf = gathered.shelf
        self._ids = gathered.ids
        self._workshop = workshop
        self.siblings = Siblings(locate_posts(gathered.posts, config.require_url()) if urls is None else urls)
        self._fresh_since = time.time_ns() - COARSEST_TICK
        rules = (fingerprint_program(), config.site, config.settings.posts, sorted(config.findings.options.items()))
        self._rules = hashlib.sha256(repr(rules).encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def renderer(self) -> Renderer:
        """What renders the posts, for whoever finds one that is not kept: it takes 0.05 s to import."""
        from feeds.render import Renderer

        return Renderer(self._config, (), urls=self.siblings.urls)

    def make_key(self, post: Post) -> str:
        """What the entry of `post` is made from, but for the files that are looked at meanwhile."""
        key = self._keys[post.source] = self._keys.get(post.source) or self._hash_origin(post)
        return key

    def _hash_origin(self, post: Post) -> str:
        made_from = [self._rules, self._ids[post.source], self._shelf.bodies[post.source].digest]
        # Its status and the reason for it may change while the entry stays what it is.
        packed = pack_post(replace(post, reason="") if post.reason else post)
        return hashlib.sha256(to_text([made_from, packed])).hexdigest()

    def find_known(self, posts: Mapping[str, Post]) -> dict[str, list[object]]:
        """The sources of those whose entry is kept and still as it would be made, with its problems."""
        kept = self.store.list_keys(KIND, names=posts)
        same = [name for name, post in posts.items() if name in kept and kept[name].key == self.make_key(post)]
        seen = {source: value for source in same if (value := unseal(kept[source].seen)) is not None}
        paths = {path for files, _, _ in seen.values() for path in files}
        now = list_files(paths, fresh_since=time.time_ns() - COARSEST_TICK)
        known = {
            source: problems
            for source, (files, asked, problems) in seen.items()
            if all(now[path] == look for path, look in files.items()) and self.siblings.gives_answers(asked)
        }
        self.digests.update((source, kept[source].digest) for source in known)
        self.looked.update(paths)
        return known

    def render(self, posts: Sequence[Post]) -> list[Dish]:
        """The entry of each of some posts, which takes less time together. Raises PostError if one cannot be one."""
        wholes = [self._shelf.complete(post) for post in posts]
        rendered = self.renderer.render_all([(whole, self._ids[whole.source]) for whole, _ in wholes])
        looks = self._describe({file for one in rendered for file in one.files})
        dishes = [self._pack(one, looks, same=same) for one, (_, same) in zip(rendered, wholes, strict=True)]
        contents = [one.content for one in rendered]
        made = self._workshop.make([one.entry for one in rendered], contents) if self._workshop else None
        return [dish._replace(pieces=pieces) for dish, pieces in zip(dishes, made, strict=True)] if made else dishes

    def _pack(self, rendered: Rendered, looks: Mapping[str, str], *, same: bool) -> Dish:
        data = b"\n".join((to_text(pack_entry(rendered.entry)), rendered.content))
        files = {path: looks[path] for path in [f"{self._root}/{file}" for file in rendered.files]}
        if not same:  # the post's own file is another than the one that was read
            files[f"{self._root}/{rendered.entry.source}"] = UNSURE
        problems = pack_problems(rendered.problems)
        return Dish(
            data=data,
            looked=tuple(files),
            seen=_seal([files, dict(rendered.asked), problems]),
            problems=problems,
        )

    def _describe(self, files: Iterable[str]) -> dict[str, str]:
        """How files of the site look, by their whole paths.

        Nothing will look like one that was touched or went a moment ago, perhaps after a look. When one went is told by
        the folder that it was in, or by the nearest that is there.
        """
        paths = [f"{self._root}/{file}" for file in files]
        folders = {path: path[: path.rindex("/")] for path in paths}
        nearest = {folder: self.renderer.folders.find_nearest(folder) for folder in {*folders.values()}}
        there = [path for path, folder in folders.items() if nearest[folder] == folder]
        looks = dict.fromkeys(paths, MISSING) | list_files(there, fresh_since=self._fresh_since)
        still = {folder for folder in {*nearest.values()} if _find_change(folder) < self._fresh_since}
        return {
            path: look if _is_old(look, nearest[folders[path]] in still) else UNSURE for path, look in looks.items()
        }


def unpack_made(data: bytes) -> Entry:
    """The entry of what `Kitchen.render` made."""
    head, _, content = data.partition(b"\n")
    return unpack_entry(from_text(head), content=content.decode())


def _seal(seen: list[object]) -> str:
    """What stands over a row is not checked with it, so that it carries a hash of its own."""
    text = json.dumps(seen)
    return hashlib.sha256(text.encode()).hexdigest()[:16] + text


def unseal(sealed: object) -> Any | None:
    """What was sealed, None if it was damaged."""
    # Damage may turn one type into another.
    text = sealed[16:] if isinstance(sealed, str) else ""
    whole = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] + text == sealed
    return json.loads(text) if whole else None


def _is_old(look: str, still: bool) -> bool:  # noqa: FBT001 - the two things to know
    return still if look.startswith("missing") else look.count(" ") > 1  # by its state and not by its bytes


def _find_change(folder: str) -> int:
    """When the folder was changed last; now if nobody can say."""
    try:
        looked = os.stat(folder)  # noqa: PTH116 - as above
    except OSError:
        return time.time_ns()
    return max(looked.st_mtime_ns, looked.st_ctime_ns)
