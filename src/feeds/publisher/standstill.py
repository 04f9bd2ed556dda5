"""When a run that has just ended would say the same if it were made again: nothing changed, nothing falls due."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.cache.listing import NEVER
from feeds.models import IssueState
from feeds.output import MANIFEST
from feeds.state import locate_file, read_history

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from feeds.cache.answers import Answer, Watch
    from feeds.config import Config
    from feeds.models import History
    from feeds.publisher.build import Built
    from feeds.publisher.request import Request
    from feeds.publisher.run import Ran

SETTLED = frozenset({IssueState.DELIVERED, IssueState.CANCELLED})


def look_at_ledger(watch: Watch, config: Config) -> dict[str, str] | None:
    """How the ledger's files look, for `remember_build`; None where that does not tell what it holds."""
    ledger = _locate_ledger(config)
    return None if ledger is None else watch.look(ledger)


def remember_build(
    watch: Watch, answer: Answer, request: Request, config: Config, built: Built, *, ledger: dict[str, str] | None
) -> None:
    """Let the next build give `answer` at once, for as long as it is certain that a full one would give it.

    `ledger` is how its files looked before it was read; those of a large site are not read again for nothing.
    """
    if ledger is None or not built.composed.gathered.settled or reads_outside(config):
        return
    from feeds.publisher.note_taking import make_notes  # which nothing but a build needs

    ours = watch.look(ledger)
    if ours == ledger or _is_as_expected(read_history(config), config, built):
        moments = [built.composed.gathered.changes_at]
        notes = make_notes(config, built)
        digests = {path: file.sha256 for path, file in built.written.files.items()}
        _remember(watch, answer, request, config, built, ours=ours, moments=moments, digests=digests, notes=notes)


def remember_run(watch: Watch, answer: Answer, request: Request, config: Config, ran: Ran) -> None:
    """The same for a run: besides, no issue is on its way, no hub is to be told, and no newsletter needs anybody."""
    # What a build that found nothing to remember need not import.
    from feeds.publisher.handover import Ending
    from feeds.publisher.publish import RECORD
    from feeds.state import open_ledger

    ledger, written = _locate_ledger(config), ran.built.written
    quiet = all(mailing.ending is Ending.DONE and mailing.issue is None for mailing in ran.mailings)
    if ledger is None or not quiet or ran.ending is not Ending.DONE or ran.changed or written.removed:
        return
    if not ran.built.composed.gathered.settled or ran.built.composed.gathered.remembered or reads_outside(config):
        return
    ours = watch.look([*ledger, make_absolute(config.state_dir / RECORD)])
    opened = open_ledger(config, read_only=True)
    settled = not any(opened.issues.list_unsettled(name) for name in config.settings.newsletters)
    history = opened.read_history()
    if (
        settled
        and not opened.pings.list_all()
        and history == ran.built.composed.gathered.history
        and all(issue.state in SETTLED for issue in history.issues)
        and _waits(config, ran, request.now)
    ):
        moments = [ran.built.composed.gathered.changes_at, *_find_moments(config, ran, request.now)]
        # The files are read once more: `after_build` may have changed them.
        _remember(watch, answer, request, config, ran.built, ours=ours, moments=moments, digests={})


def _remember(
    watch: Watch,
    answer: Answer,
    request: Request,
    config: Config,
    built: Built,
    *,
    ours: dict[str, str],
    moments: Iterable[datetime | None],
    digests: Mapping[str, str | None],
    notes: bytes = b"",
) -> None:
    paths = *built.written.changed, *built.written.unchanged, MANIFEST
    above = make_absolute(config.output).removesuffix("/")
    outputs = {f"{above}/{path}": digests.get(path) for path in paths}
    others = [] if request.file is None else [make_absolute(request.file)]
    until = min((moment.timestamp() for moment in moments if moment is not None), default=None)
    watch.remember(answer, until=until, outputs=outputs, ours=ours, others=others, notes=notes)


def _locate_ledger(config: Config) -> list[str] | None:
    """The files of the ledger, None where it is kept elsewhere and cannot be looked at in passing."""
    file = locate_file(config)
    # With a journal beside it, the file alone does not say what the ledger holds.
    return None if file is None else [f"{file}{suffix}" for suffix in ("", "-journal", "-wal")]


def _is_as_expected(history: History, config: Config, built: Built) -> bool:
    """Whether the ledger holds what it held before the build and what the build has added, and nothing else."""
    gathered = built.composed.gathered
    expected = {old.id: old for old in gathered.history.posts}
    if config.stable_url:
        expected |= {new.id: new for new in gathered.remembered}
    return {old.id: old for old in history.posts} == expected


def reads_outside(config: Config) -> bool:
    """Whether the site has files where nobody looks for changes: above its folder, or in one that is left out."""
    if any(part in NEVER or part == ".." for folder in config.posts for part in Path(folder).parts):
        return True
    if any(Path(folder).is_absolute() for folder in config.posts):
        return True
    # mkdocs.yml may INHERIT from a file anywhere.
    settings = [config.root / name for name in ("mkdocs.yml", "mkdocs.yaml")]
    return any(file.is_file() and b"INHERIT" in file.read_bytes() for file in settings)


def _waits(config: Config, ran: Ran, now: datetime) -> bool:
    """Whether each newsletter said what it will say again; one whose schedule was just answered says another thing."""
    from feeds.publisher.holdups import explain_wait
    from feeds.schedule import next_due, parse_schedule

    for mailing in ran.mailings:
        schedule, zone = config.settings.newsletters[mailing.newsletter].schedule, config.zone_of(mailing.newsletter)
        if parse_schedule(schedule) is not None and mailing.message != explain_wait(next_due(schedule, zone, now)):
            return False
    return True


def _find_moments(config: Config, ran: Ran, now: datetime) -> Iterable[datetime | None]:
    """When the newsletters look again, and when a post becomes too old for them."""
    from feeds.schedule import next_due, parse_schedule

    for name, newsletter in config.settings.newsletters.items():
        if parse_schedule(newsletter.schedule) is not None:
            yield next_due(newsletter.schedule, config.zone_of(name), now)
        for post in ran.built.composed.gathered.published:
            if post.published and (old := post.published + timedelta(days=newsletter.max_age)) >= now:
                yield old


def make_absolute(path: Path) -> str:
    """The path as the listing of the site has it."""
    return os.path.abspath(path)  # noqa: PTH100 - `resolve` would follow links, and the listing names paths as they are
