"""A build after somebody has edited the words of some posts, and has done nothing else.

That is what most builds find that find anything: a mistake was mended, a draft is being written. No file came or went,
and no post has another date, title, address, author or tag, so that which posts stand in which feed is what it was.
Only the entries of these posts are made again, and put into the place of the old ones in the files that hold them.
Whatever raises a doubt is left to a build of everything, which is always right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feeds.cache.answers import FOLDER
from feeds.cache.records import pack_problems
from feeds.cache.store import FEW, Store
from feeds.loader.detection import get_convention
from feeds.loader.loading import collect_facts
from feeds.loader.shelf import KIND as READ
from feeds.loader.status import settle
from feeds.loader.witness import JUDGED
from feeds.models import History, Status
from feeds.output import add_output
from feeds.publisher.entries import recall_entry, render_entries
from feeds.publisher.gather import Gathered, open_shelf
from feeds.publisher.insertion import insert_entries
from feeds.publisher.notes import list_below, read_notes
from feeds.publisher.words import Doubt, remember_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from feeds.cache.answers import Edit
    from feeds.loader.reading import Reading
    from feeds.loader.shelf import Shelf
    from feeds.models import Entry, Post
    from feeds.publisher.counts import Counts
    from feeds.publisher.notes import Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Retouched:
    """What was done: `changed` are the files with other bytes, by their path below the output, sorted.

    `ledger` is how its files look, None where somebody else may have changed them meanwhile. `digests` are the
    hashes of the files that were read, by source, for the next time.
    """

    counts: Counts
    changed: tuple[str, ...]
    ledger: dict[str, str] | None
    digests: dict[str, str]


def retouch_site(edit: Edit, *, root: str, now: datetime) -> Retouched | None:
    """Make again what shows the edited files of the site in `root`; None if a build of everything has to do it.

    Raises OutputError, StateError and LockedError, as a build does.
    """
    try:
        return _retouch(edit, [path.removeprefix(f"{root}/") for path in edit.files], now)
    except Doubt:
        return None


def _retouch(edit: Edit, sources: Sequence[str], now: datetime) -> Retouched:
    notes = read_notes(edit.notes, later=edit.record.marks)
    config = notes.config
    asked = [(question, config.root / source, said) for question, source, said in notes.asked if source in sources]
    if (
        len(sources) > FEW
        or notes.fixed.intersection(sources)
        or any(JUDGED.ask_again(question, path) != said for question, path, said in asked)
    ):
        raise Doubt
    store = Store(config.state_dir / FOLDER, keep=True)
    shelf = open_shelf(config, store)
    future = bool(config.findings.options.get("future", False))
    posts = [settle(reading, now=now, future=future) for reading in _read_again(notes, shelf, sources)]
    shown = notes.shown
    pairs = _render_again(notes, shelf, store, [post for post in posts if post.source in shown])
    files = insert_entries(notes, pairs)
    published = {post.source for post in posts if post.status is Status.PUBLISHED}
    words = {source: shelf.bodies[source].words for source in published}
    ledger = remember_words(config, words, record=edit.record, now=now)
    changed = add_output(config.output, files, site_url=config.require_url()).changed if files else ()
    digests = {source: shelf.bodies[source].digest for source in sources}
    return Retouched(counts=notes.counts, changed=changed, ledger=ledger, digests=digests)


def _read_again(notes: Notes, shelf: Shelf, sources: Sequence[str]) -> list[Reading]:
    """What the files say now; it must be what they have said before, but for the words."""
    facts = collect_facts(notes.config)
    files = [notes.find_file(source) for source in sources]
    before = [shelf.recall(file, facts, notes.find_digest(source)) for file, source in zip(files, sources, strict=True)]
    if not all(before):
        raise Doubt
    after = sorted(shelf.read(files, facts, get_convention(facts.convention)), key=lambda one: one.post.source)
    known = {reading.post.source: _without_words(reading) for reading in before if reading}
    if {reading.post.source: _without_words(reading) for reading in after} != known:
        raise Doubt
    return after


def _without_words(reading: Reading) -> Reading:
    # Where the body starts matters to messages alone, and those are compared.
    return replace(reading, post=replace(reading.post, body_line=1, summary=None, image=None))


def _render_again(notes: Notes, shelf: Shelf, store: Store, posts: Sequence[Post]) -> list[tuple[Entry, Entry]]:
    """The entry of each post as it was and as it is now."""
    recalled = {post.source: found for post in posts if (found := recall_entry(store, post.source))}
    if len(recalled) < len(posts) or any(post.status is not Status.PUBLISHED for post in posts):
        raise Doubt
    gathered = Gathered(
        posts=tuple(map(notes.settle, posts)),
        ids={source: entry.id for source, (entry, _) in recalled.items()},
        history=History(),
        remembered=(),
        problems=(),
        shelf=shelf,
        store=store,
    )
    rendered = render_entries(notes.config, gathered, gathered.posts, urls=notes.urls)
    pairs = [(entry, rendered.entries[source]) for source, (entry, _) in recalled.items()]
    if (
        any(_bare(old) != _bare(new) for old, new in pairs)
        or pack_problems(rendered.problems) != [one for _, problems in recalled.values() for one in problems]
        or any(True for path in list_below(notes.config.root, rendered.entries.looked) for _ in store.find(READ, path))
    ):
        raise Doubt
    return pairs


def _bare(entry: Entry) -> Entry:
    return replace(entry, content="", summary="", words=0, image=None)
