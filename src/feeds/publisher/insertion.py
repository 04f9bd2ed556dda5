"""The files of the last build with other entries in them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from feeds.feed import Exchange, assemble_feed, finish_entry
from feeds.output import read_manifest
from feeds.publisher.words import Doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.config import Config
    from feeds.models import Entry
    from feeds.publisher.notes import Notes


def insert_entries(notes: Notes, pairs: Sequence[tuple[Entry, Entry]]) -> dict[str, bytes]:
    """The files of all feeds that hold an entry of these pairs, old and new, by their path below the output.

    Raises Doubt where more than the entry would change, or the files are not what the last build wrote.
    """
    config = notes.config
    finished = {old.source: (finish_entry(config, old), finish_entry(config, new)) for old, new in pairs}
    exchange, output = Exchange(finished.values()), _Output(config)
    files: dict[str, bytes] = {}
    for plan, sources in zip(notes.plans, notes.posts, strict=True):
        touched = [finished[source] for source in sources if source in finished]
        # The page beside the site's own feed shows its newest posts.
        told = not plan.path and any(old.summary != new.summary for old, new in touched)
        if touched and (told or plan.path in notes.counts.shortened):
            raise Doubt
        if touched:
            feed = assemble_feed(config, plan, ())
            documents = {name: output.read(path) for name, path in feed.files.items()}
            made = exchange.exchange(feed, documents, [old.id for old, _ in touched])
            if made is None or max(map(len, made.values())) > config.settings.feeds.max_bytes:
                raise Doubt
            files |= {feed.files[name]: document for name, document in made.items()}
    return files


class _Output:
    """The files of the last build, as far as they are still what it wrote."""

    def __init__(self, config: Config) -> None:
        self._folder = config.output
        manifest = read_manifest(config.output)
        if manifest is None or not manifest.complete or manifest.site_url != config.site.url:
            raise Doubt
        self._known = manifest.files

    def read(self, path: str) -> bytes:
        try:
            document = (self._folder / path).read_bytes()
        except OSError:
            raise Doubt from None
        if path not in self._known or hashlib.sha256(document).hexdigest() != self._known[path].sha256:
            raise Doubt
        return document
