"""What the files of the last build were made from: one that would come out the same is not made again."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from feeds.cache.listing import COARSEST_TICK, OUTPUT_TICK, list_files, list_tree
from feeds.cache.program import fingerprint_program
from feeds.cache.records import from_text, to_text
from feeds.config import TEMPLATES
from feeds.output import KnownFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Feed
    from feeds.output import WrittenFile
    from feeds.publisher.entries import Entries
    from feeds.selection import FeedPlan

KIND = "output"
PAGES = "pages"


class Recipe(NamedTuple):
    """What some files were made from, when their newest entry changed, what was said of them, and what they were."""

    key: str
    updated: str
    note: str
    files: Mapping[str, KnownFile]


class Recipes:
    """The recipes of one output folder by feed; and what the site's feeds have in common.

    `own_templates` are the site's own, each with a text that differs once it has changed.
    """

    def __init__(self, config: Config, entries: Entries, *, first_url: str) -> None:
        self._config = config
        self._store = entries.store
        self._digests = entries.digests
        self._name = str(config.output.absolute())
        rules = (fingerprint_program(), config.site, config.settings.feeds, config.settings.newsletters, first_url)
        self._rules = _hash(rules)
        folder = config.root / TEMPLATES
        self.own_templates = (
            list_tree(str(folder), skip=(), fresh_since=time.time_ns() - COARSEST_TICK) if folder.is_dir() else {}
        )
        self._kept: dict[str, Any] = {}
        if (data := self._store.read(KIND, self._name, self._rules)) is not None:
            self._kept = from_text(data)

    def make_key(self, plan: FeedPlan) -> str:
        """What the files of the plan's feed depend on."""
        return _hash((_describe(plan), [self._digests.get(post.source, b"").hex() for post in plan.posts]))

    def make_page_key(self, feeds: Sequence[Feed], first: Iterable[datetime | None], keys: Iterable[str]) -> str:
        """What the files beside the feeds depend on: `first` are the dates of the feeds' newest entries.

        A template of the site's own may show anything of the feeds, whose keys are `keys`. The shipped one shows of
        all but the site's own, the first, when they last changed.
        """
        own = self.own_templates
        shown = [(entry.title, entry.url, entry.published, entry.summary) for entry in feeds[0].entries]
        bare = [replace(feed, entries=()) if feed.entries else feed for feed in feeds]
        return _hash((bare, list(first), shown, sorted(own.items()), list(keys) if own else []))

    def find(self, name: str, key: str) -> Recipe | None:
        """The recipe of that name, if `key` is what it was made from."""
        kept = self._kept.get(name)
        if kept is None or kept[0] != key:
            return None
        return Recipe(key, kept[1], kept[2], {path: KnownFile(*file) for path, file in kept[3].items()})

    def keep(self, made: Mapping[str, tuple[str, str, str, Iterable[str]]], written: Mapping[str, WrittenFile]) -> None:
        """Remember each name's key, moment of change, note and paths, as they were `written` to the output folder."""
        paths = {path: f"{self._config.output}/{path}" for _, _, _, files in made.values() for path in files}
        digests = {place: written[path].sha256 or "" for path, place in paths.items()}
        looks = list_files(paths.values(), fresh_since=time.time_ns() - OUTPUT_TICK, written=digests)
        kept = {
            name: [
                key,
                updated,
                note,
                {path: [written[path].sha256, written[path].size, looks[paths[path]]] for path in files},
            ]
            for name, (key, updated, note, files) in made.items()
        }
        if kept != self._kept:
            self._store.put(KIND, self._name, to_text(kept), key=self._rules)
            self._store.flush()


def _describe(plan: FeedPlan) -> tuple[Any, ...]:
    return plan.kind, plan.name, plan.path, plan.title, plan.description, plan.home_page_url, plan.total, plan.language


def _hash(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()
