"""Posts in, feeds out."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.errors import OutdatedError
from feeds.feed import Workshop
from feeds.models import Problem, Severity
from feeds.output import write_output
from feeds.phases import phase
from feeds.publisher.copies import Copies, collect_copies
from feeds.publisher.entries import render_entries
from feeds.publisher.gather import gather_site
from feeds.publisher.outputs import Outputs
from feeds.publisher.removal import refuse_missing_folder, refuse_vanished_feeds, refuse_vanished_posts
from feeds.publisher.request import ignore_progress
from feeds.selection import select_feeds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from feeds.config import Config
    from feeds.feed import FeedFiles
    from feeds.models import Feed
    from feeds.output import Written
    from feeds.publisher.entries import Entries
    from feeds.publisher.gather import Gathered
    from feeds.publisher.request import Progress
    from feeds.selection import FeedPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """Everything that a build would write: `outputs` are the site's own files, `copies` those of mailed issues.

    `plans` are the feeds that were selected, and `entries` those of all posts in them.
    """

    gathered: Gathered
    plans: tuple[FeedPlan, ...]
    entries: Entries
    outputs: Outputs
    copies: Copies
    problems: tuple[Problem, ...]

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """All feeds of the site; of those that have not changed not the entries."""
        return self.outputs.feeds

    @property
    def documents(self) -> FeedFiles:
        """The files of the feeds by their path below the output, each made when it is asked for."""
        return self.outputs.documents

    @property
    def pages(self) -> Mapping[str, bytes]:
        """The files beside the feeds, by their path below the output."""
        return self.outputs.pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made, what it did to the output folder, and what a person should know."""

    composed: Composed
    written: Written
    problems: tuple[Problem, ...]


def build_site(
    config: Config, *, now: datetime, confirmed: bool = False, dry_run: bool = False, show: Progress = ignore_progress
) -> Built:
    """Write every feed of the site, and remember the ids of its posts.

    Raises NeedsPersonError if the posts are gone, or half of what is published would vanish, and nobody `confirmed`
    it; then nothing has changed. Raises ConfigError, OutputError, StateError.
    """
    refuse_missing_folder(config)
    try:
        composed = compose_feeds(config, now=now, show=show, keep=not dry_run)
    except OutdatedError:
        if dry_run:
            raise
        _upgrade_ledger(config)
        composed = compose_feeds(config, now=now, show=show, keep=True)
    files: Mapping[str, bytes] = ChainMap(composed.pages, composed.documents, composed.copies.files)  # type: ignore[arg-type] # nothing writes to it
    if not confirmed:
        refuse_vanished_posts(composed.gathered)
        refuse_vanished_feeds(config, composed.documents, composed.pages)
    if config.stable_url and not dry_run:
        _remember(config, composed.gathered, now=now)
    composed.documents.write_ahead()
    with phase("write"):
        written = write_output(
            config.output,
            files,
            site_url=config.require_url(),
            dry_run=dry_run,
            known=composed.outputs.known,
            former=composed.gathered.history.list_addresses() if config.stable_url else (),
        )
        if not dry_run:
            composed.outputs.remember(written.files)
            composed.gathered.forget_vanished()
    shortened = tuple(
        Problem(message=message, path=path or None, severity=Severity.NOTE)
        for path, message in composed.documents.notes.items()
    )
    return Built(composed=composed, written=written, problems=composed.problems + shortened)


def import_ahead() -> None:
    """Import what a build imports once it needs it, for whoever has to wait for something else before one begins."""
    from concurrent.futures import thread

    from feeds.feed import entries
    from feeds.publisher import note_taking
    from feeds.render import Renderer

    del thread, entries, note_taking, Renderer


def _upgrade_ledger(config: Config) -> None:
    from feeds.state import open_ledger

    open_ledger(config)


def _remember(config: Config, gathered: Gathered, *, now: datetime) -> None:
    """Keep the ids of the posts, and where the site is if nothing of it was published before."""
    history = gathered.history
    if gathered.remembered or (history.posts and history.first_url is None):
        from feeds.state import open_ledger

        ledger = open_ledger(config)
        ledger.first_address.remember(config.require_url())
        ledger.posts.remember(gathered.remembered, now=now)


def compose_feeds(config: Config, *, now: datetime, show: Progress = ignore_progress, keep: bool = False) -> Composed:
    """Every file that the site's feeds consist of. Writes nothing, but for the cache with `keep`.

    Raises ConfigError without a site URL.
    """
    config.require_url()
    return compose_gathered(config, gather_site(config, now=now, keep=keep, show=show), show=show)


def compose_gathered(config: Config, gathered: Gathered, *, show: Progress = ignore_progress) -> Composed:
    """What `compose_feeds` makes, of posts that have been gathered already."""
    config.require_url()
    with phase("build"):
        selected = select_feeds(config, gathered.posts)
    wanted = (post for plan in selected.plans for post in plan.posts)
    workshop = Workshop(config, selected.plans[0])
    rendered = render_entries(config, gathered, wanted, show=show, workshop=workshop)
    with phase("build"):
        outputs = Outputs(config, selected.plans, rendered.entries, workshop, first_url=gathered.history.first_url)
    return Composed(
        gathered=gathered,
        plans=selected.plans,
        entries=rendered.entries,
        outputs=outputs,
        copies=_collect_copies(config, gathered),
        problems=gathered.problems + selected.problems + rendered.problems,
    )


def _collect_copies(config: Config, gathered: Gathered) -> Copies:
    if not gathered.history.issues:
        return Copies(files={}, feeds=())
    from feeds.state import open_ledger

    return collect_copies(config, open_ledger(config, read_only=True), gathered.history.issues)
