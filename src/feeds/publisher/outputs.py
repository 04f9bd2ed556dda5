"""The files of a site's feeds, each made in full only where it is not known to be the same as last time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.cache.records import pack_moment, unpack_moment
from feeds.feed import FeedFiles, assemble_feed, finish_entry, to_opml
from feeds.models import Entry
from feeds.pages import subscribe_page
from feeds.publisher.recipes import PAGES, Recipes
from feeds.workers import begin, is_shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from feeds.config import Config
    from feeds.feed import MadePieces, Workshop
    from feeds.models import Feed, Post
    from feeds.output import KnownFile, WrittenFile
    from feeds.publisher.entries import Entries
    from feeds.publisher.recipes import Recipe
    from feeds.selection import FeedPlan

MANY = 60  # feeds; with fewer, the page is sooner made than another process started
BESIDE = ("feeds.opml", "subscribe/index.html")


class Outputs:
    """What a build writes for `plans`: `documents` are the files of the feeds, `pages` those beside them.

    `feeds` are all feeds; one whose files are known has no entries, unless it is the site's own, the first. `known` are
    the files that need not be made as long as they stand in the output as they were seen there.
    """

    def __init__(
        self,
        config: Config,
        plans: Sequence[FeedPlan],
        entries: Entries,
        workshop: Workshop,
        *,
        first_url: str | None = None,
    ) -> None:
        self._config = config
        self._workshop = workshop
        self._first_url = first_url or config.require_url()
        self._plans = {_name(plan): plan for plan in plans}
        self._entries = entries
        self._finished: dict[str, Entry] = {}
        self._recipes = Recipes(config, entries, first_url=self._first_url)
        self._keys = {name: self._recipes.make_key(plan) for name, plan in self._plans.items()}
        found = {name: self._recipes.find(name, key) for name, key in self._keys.items()}
        feeds = [self._make_feed(plan, found[name]) for name, plan in self._plans.items()]
        first = [plan.posts[0].published if plan.posts else None for plan in plans]
        self._page_key = self._recipes.make_page_key(feeds, first, self._keys.values())
        page = self._recipes.find(PAGES, self._page_key)
        self.feeds = tuple(feeds)
        self.documents = FeedFiles(
            self.feeds, max_bytes=config.settings.feeds.max_bytes, fill=self.make_whole, join=self._join
        )
        self.documents.notes.update(
            (self._plans[name].path, recipe.note) for name, recipe in found.items() if recipe and recipe.note
        )
        self.pages: Mapping[str, bytes] = _Pages(self.make_pages) if page else self._begin_pages()
        recipes = [recipe for recipe in (*found.values(), page) if recipe]
        self.known: Mapping[str, KnownFile] = {path: file for one in recipes for path, file in one.files.items()}

    def make_pages(self) -> dict[str, bytes]:
        """The files beside the feeds, by their path. Raises TemplateError."""
        feeds = [self._show(feed) for feed in self.feeds]
        made = to_opml(self._config, feeds), subscribe_page(self._config, feeds)
        return dict(zip(BESIDE, made, strict=True))

    def _begin_pages(self) -> Mapping[str, bytes]:
        # A template of the site's own may be wrong, which must be said before anything is written.
        if self._recipes.own_templates or not is_shared(len(self.feeds), enough=MANY):
            return self.make_pages()
        return _Pages(begin(self.make_pages))

    def remember(self, written: Mapping[str, WrittenFile]) -> None:
        """Know these files the next time, now that they stand in the output folder as they were `written`."""
        made = {
            _name(feed): (
                self._keys[_name(feed)],
                pack_moment(feed.updated) or "",
                self.documents.notes.get(feed.path, ""),
                tuple(feed.files.values()),
            )
            for feed in self.feeds
        }
        made[PAGES] = (self._page_key, "", "", tuple(self.pages))
        self._recipes.keep(made, written)

    def _make_feed(self, plan: FeedPlan, recipe: Recipe | None) -> Feed:
        updated = recipe and unpack_moment(recipe.updated)
        if updated is None and (made := self._find_pieces(plan)):
            updated = max(one.updated for one in made)
        if updated is None or not plan.path:
            return self._assemble(plan, self._list_entries(plan))
        return replace(self._assemble(plan, ()), updated=updated)

    def _find_pieces(self, plan: FeedPlan) -> list[MadePieces]:
        """The pieces of all entries of the feed, if they have been made."""
        pieces = self._entries.pieces
        found = [pieces.get(post.source) for post in plan.posts if post.source in self._entries]
        return [one for one in found if one] if all(found) else []

    def _join(self, feed: Feed) -> dict[str, bytes] | None:
        made = self._find_pieces(self._plans[_name(feed)])
        return self._workshop.join(feed, made) if made else None

    def _show(self, feed: Feed) -> Feed:
        """The feed as a page shows it: the shipped one has of each but the site's own the newest entry's date."""
        if self._recipes.own_templates:
            return self.make_whole(feed)
        posts = self._plans[_name(feed)].posts
        return replace(feed, entries=(_date_entry(posts[0]),)) if posts and not feed.entries else feed

    def make_whole(self, feed: Feed) -> Feed:
        """The feed with its entries, which one of these feeds may lack."""
        if feed.entries:
            return feed
        plan = self._plans[_name(feed)]
        return self._assemble(plan, self._list_entries(plan))

    def _assemble(self, plan: FeedPlan, entries: Iterable[Entry]) -> Feed:
        return assemble_feed(self._config, plan, entries, first_url=self._first_url)

    def _list_entries(self, plan: FeedPlan) -> Iterator[Entry]:
        for source in (post.source for post in plan.posts if post.source in self._entries):
            if source not in self._finished:
                self._finished[source] = finish_entry(self._config, self._entries[source])
            yield self._finished[source]


class _Pages(Mapping[str, bytes]):
    """The files beside the feeds, asked for of whoever makes them when one of them is wanted."""

    def __init__(self, make: Callable[[], dict[str, bytes]]) -> None:
        self._make = make
        self._made: dict[str, bytes] = {}

    def __getitem__(self, path: str) -> bytes:
        if path not in BESIDE:
            raise KeyError(path)
        self._made = self._made or self._make()
        return self._made[path]

    def __iter__(self) -> Iterator[str]:
        return iter(BESIDE)

    def __len__(self) -> int:
        return len(BESIDE)


def _date_entry(post: Post) -> Entry:
    """The post's entry as far as it is known without reading what was rendered."""
    assert post.published is not None  # as in every feed
    assert post.url is not None
    return Entry(
        id=post.url,
        source=post.source,
        url=post.url,
        title=post.title,
        published=post.published,
        updated=post.published,
        summary="",
        content="",
    )


def _name(of: FeedPlan | Feed) -> str:
    return f"{of.kind} {of.name}"
