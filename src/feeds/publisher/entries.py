"""Posts become entries, each rendered once: what was rendered is kept as long as nothing that it was made from changes.

An entry is made from its post, the settings and the program, from the files that were looked at for it, and from the
addresses of the posts that it asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.cache.records import unpack_problems
from feeds.models import Entry
from feeds.phases import phase
from feeds.publisher.kitchen import KIND, Kitchen, unpack_made, unseal
from feeds.publisher.request import ignore_progress
from feeds.workers import is_shared, map_together

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from feeds.cache.store import Store
    from feeds.config import Config
    from feeds.feed import MadePieces, Workshop
    from feeds.models import Post, Problem
    from feeds.publisher.gather import Gathered
    from feeds.publisher.request import Progress

BATCH = 20  # posts that are rendered together


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Entries by the source of their post; a post that could not be rendered is missing, and `problems` says why."""

    entries: Entries
    problems: tuple[Problem, ...]


def render_entries(
    config: Config,
    gathered: Gathered,
    posts: Iterable[Post],
    *,
    show: Progress = ignore_progress,
    workshop: Workshop | None = None,
    urls: Mapping[str, str] | None = None,
) -> Rendered:
    """The entries of `posts`, each rendered once. `show` is told how many are done of how many.

    `workshop` makes the pieces of entries in the processes that render them. `urls` are the addresses of all posts of
    the site by source, where not all have been gathered.
    """
    with phase("render"):
        return _render(Kitchen(config, gathered, workshop=workshop, urls=urls), posts, workshop, show)


def _render(kitchen: Kitchen, posts: Iterable[Post], workshop: Workshop | None, show: Progress) -> Rendered:
    wanted = {post.source: post for post in posts}
    known = kitchen.find_known(wanted)
    todo = [post for source, post in wanted.items() if source not in known]
    if todo:
        kitchen.renderer  # noqa: B018 - made here, and not in each of the processes that share it
    if workshop and is_shared(len(todo)):
        workshop.open()
    pieces: dict[str, MadePieces] = {}
    dishes = map_together(kitchen.render, todo, batch=BATCH)
    for done, (post, dish) in enumerate(zip(todo, dishes, strict=True), start=1):
        known[post.source] = dish.problems
        kitchen.looked.update(dish.looked)
        # The key is made here, while other processes render, unless there was one to compare it with.
        digest = kitchen.store.put(KIND, post.source, dish.data, key=kitchen.make_key(post), seen=dish.seen)
        kitchen.digests[post.source] = digest or hashlib.sha256(dish.data).digest()
        if dish.pieces:
            pieces[post.source] = dish.pieces
        show("Rendering posts", done, len(todo))
    kitchen.store.flush()
    found = [problem for source in wanted for problem in unpack_problems(known[source])]
    return Rendered(entries=Entries(kitchen, wanted, pieces), problems=tuple(found))


def recall_entry(store: Store, source: str) -> tuple[Entry, list[object]] | None:
    """The entry of an earlier rendering of the post, and its problems as they are kept; None if there is none."""
    for row in store.find(KIND, source):
        if (seen := unseal(row.seen)) is not None:
            return unpack_made(row.data), seen[2]
    return None


class Entries(Mapping[str, Entry]):
    """Entries by source, each brought from where it is kept when it is asked for.

    `digests` has a hash of each that differs once it has changed, as far as they are kept in `store`; `pieces` are
    those of the entries that other processes have rendered just now. `urls` are the addresses of all posts, `looked`
    the paths of all files that were looked at for the entries.
    """

    def __init__(
        self,
        kitchen: Kitchen,
        posts: Mapping[str, Post],
        pieces: Mapping[str, MadePieces],
    ) -> None:
        self.pieces = pieces
        self.store = kitchen.store
        self.digests: Mapping[str, bytes] = kitchen.digests
        self.urls: Mapping[str, str] = kitchen.siblings.urls
        self.looked: Collection[str] = kitchen.looked
        self._kitchen = kitchen
        self._posts = posts

    def __getitem__(self, source: str) -> Entry:
        post = self._posts[source]
        data = self._kitchen.store.read(KIND, source, self._kitchen.make_key(post))
        if data is None:  # somebody else has put another in its place
            data = self._kitchen.render([post])[0].data
        return unpack_made(data)

    def __contains__(self, source: object) -> bool:
        return source in self._posts

    def __iter__(self) -> Iterator[str]:
        return iter(self._posts)

    def __len__(self) -> int:
        return len(self._posts)
