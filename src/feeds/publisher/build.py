"""Posts in, feeds out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.errors import NeedsPersonError
from feeds.feed import build_feed, fit_feed, to_atom, to_json, to_opml, to_rss
from feeds.output import read_manifest, write_output
from feeds.pages import subscribe_page
from feeds.publisher.gather import gather_site, render_entries
from feeds.publisher.request import ignore_progress
from feeds.selection import select_feeds
from feeds.state import open_ledger

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Feed, Problem
    from feeds.output import Written
    from feeds.publisher.gather import Gathered
    from feeds.publisher.request import Progress

WRITERS = {"rss": to_rss, "atom": to_atom, "json": to_json}


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """Everything that a build would write: `files` maps paths below the output to their bytes."""

    gathered: Gathered
    feeds: tuple[Feed, ...]
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made, and what it did to the output folder."""

    composed: Composed
    written: Written


def build_site(
    config: Config, *, now: datetime, confirmed: bool = False, dry_run: bool = False, show: Progress = ignore_progress
) -> Built:
    """Write every feed of the site, and remember the ids of its posts.

    Raises NeedsPersonError if half of what is published would vanish and nobody `confirmed` it; then nothing has
    changed. Raises ConfigError, OutputError, StateError.
    """
    composed = compose_feeds(config, now=now, confirmed=confirmed, show=show)
    if not confirmed:
        _refuse_vanishing_feeds(config, composed)
    if config.stable_url and composed.gathered.remembered and not dry_run:
        open_ledger(config).posts.remember(composed.gathered.remembered, now=now)
    written = write_output(config.output, composed.files, site_url=config.require_url(), dry_run=dry_run)
    return Built(composed=composed, written=written)


def compose_feeds(
    config: Config, *, now: datetime, confirmed: bool = True, show: Progress = ignore_progress
) -> Composed:
    """The bytes of every file that the site's feeds consist of. Writes nothing.

    Raises NeedsPersonError if half of the published posts are gone and nobody `confirmed` it.
    """
    config.require_url()
    gathered = gather_site(config, now=now)
    if not confirmed:
        _refuse_mass_removal(config, gathered)
    selected = select_feeds(config, gathered.posts)
    wanted = (post for plan in selected.plans for post in plan.posts)
    rendered = render_entries(config, gathered, wanted, show=show)
    fitted = [
        fit_feed(build_feed(config, plan, rendered.entries), config.settings.feeds.max_bytes) for plan in selected.plans
    ]
    feeds = tuple(one.feed for one in fitted)
    files = {path: WRITERS[format_](feed) for feed in feeds for format_, path in feed.files.items()}
    files["feeds.opml"] = to_opml(config, feeds)
    files["subscribe/index.html"] = subscribe_page(config, feeds)
    notes = tuple(note for one in fitted for note in one.problems)
    return Composed(
        gathered=gathered,
        feeds=feeds,
        files=files,
        problems=gathered.problems + selected.problems + rendered.problems + notes,
    )


def _refuse_mass_removal(config: Config, gathered: Gathered) -> None:
    before = {old.id for old in gathered.history.posts if old.published}
    now = {gathered.ids[post.source] for post in gathered.published if post.source in gathered.ids}
    gone = before - now
    if gone and 2 * len(gone) >= len(before):
        folders = ", ".join(f"{folder or '.'}/" for folder in config.posts)
        raise NeedsPersonError(
            f"{len(gone)} of {len(before)} published posts are gone from {folders}; if that is meant, say so with --yes"
        )


def _refuse_vanishing_feeds(config: Config, composed: Composed) -> None:
    before = set(read_manifest(config.output).files)
    gone = before - set(composed.files)
    if gone and 2 * len(gone) >= len(before):
        raise NeedsPersonError(
            f"{len(gone)} of {len(before)} files in {config.output.name}/ would be removed; "
            "if that is meant, say so with --yes"
        )
