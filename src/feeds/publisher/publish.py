"""What follows a build: the site's own command, then the hubs; whatever fails is tried again by the next run."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

from feeds.delivery import ping_hub
from feeds.errors import DeliveryError, OutputError, PermanentError
from feeds.files import write_file_whole
from feeds.models import Problem, Severity
from feeds.output import add_output, read_manifest
from feeds.publisher.copies import collect_copies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from feeds.config import Config
    from feeds.models import Feed, Issue
    from feeds.state import Lease, Ledger

RECORD = "published.json"
RENEW_SECONDS = 60.0


class Publication:
    """The output of a build, and the copies of the issues that are mailed, on their way to the readers.

    What was published last is on record in the state folder, file by file. So nothing is forgotten if a run dies, the
    command fails, or `feeds build` has written the files meanwhile. `copied` are the files of issues that have changed,
    `problems` are what a person should know.
    """

    def __init__(self, config: Config, ledger: Ledger, feeds: Iterable[Feed], *, lease: Lease, now: datetime) -> None:
        self.problems: tuple[Problem, ...] = ()
        self.copied: frozenset[str] = frozenset()
        self._config = config
        self._ledger = ledger
        self._lease = lease
        self._feeds = tuple(feeds)
        self._now = now
        self._done: bool | None = None

    def publish(self, issue: Issue | None = None) -> bool:
        """Whether the output is where its readers find it, with the copy of `issue` and of those mailed before.

        However often this is asked, the command runs only after something was written, and not again once it has
        failed. Raises LockedError if another process is writing there, StateError, and what a broken template raises.
        """
        if self._done is not False:
            try:
                self._publish(issue)
                self._done = True
            except OutputError as error:
                self.problems += (Problem(message=str(error)),)
                self._done = False
        return self._done

    def _publish(self, issue: Issue | None) -> None:
        copies = collect_copies(self._config, self._ledger, self._ledger.issues.list_all(), leaving=issue)
        if copies.files:
            site_url = self._config.require_url()
            written = add_output(self._config.output, copies.files, site_url=site_url)
            self.copied |= set(written.changed)
            if self._done and not written.changed:
                return
        elif self._done:
            return
        settings = self._config.settings.feeds
        if settings.after_build or settings.hub:
            current, record = _read_hashes(self._config), self._config.state_dir / RECORD
            before = _read_record(record)
            if current != before:
                if settings.after_build:
                    _run_command(
                        settings.after_build, self._config, renew=lambda: self._ledger.leases.renew(self._lease)
                    )
                if settings.hub:
                    changed = {path for path in current if current[path] != before.get(path)}
                    self._ledger.pings.add(settings.hub, _topics((*self._feeds, *copies.feeds), changed), now=self._now)
                write_file_whole(record, json.dumps(current, ensure_ascii=False).encode())
        self.problems += tuple(found for found in _ping(self._ledger) if found not in self.problems)


def _read_hashes(config: Config) -> dict[str, str | None]:
    manifest = read_manifest(config.output)
    return {path: file.sha256 for path, file in sorted(manifest.files.items())} if manifest else {}


def _read_record(record: Path) -> Mapping[str, str | None]:
    try:
        found = json.loads(record.read_bytes())
    except (OSError, ValueError):
        # Without a record everything counts as new; publishing twice harms nobody.
        return {}
    return found if isinstance(found, dict) else {}


def _run_command(command: str, config: Config, *, renew: Callable[[], None]) -> None:
    """Run the site's own command to its end, which may be hours away: nobody else is to begin meanwhile."""
    pipe = subprocess.PIPE
    # The command is the site's owner's own, written in feeds.toml to be run.
    with subprocess.Popen(  # noqa: S602
        command, shell=True, cwd=config.root, stdout=pipe, stderr=pipe, text=True, errors="replace"
    ) as running:
        while True:
            try:
                out, err = running.communicate(timeout=RENEW_SECONDS)
                break
            except subprocess.TimeoutExpired:
                renew()
    if running.returncode != 0:
        said = (err or out).strip().splitlines()[-1:]
        reason = f": {said[0]}" if said else ""
        raise OutputError(
            f"ended with {running.returncode}{reason}; the next run tries it again", key="feeds.after_build"
        )


def _topics(feeds: Iterable[Feed], changed: set[str]) -> list[str]:
    return [feed.urls[name] for feed in feeds for name, path in feed.files.items() if path in changed]


def _ping(ledger: Ledger) -> Iterable[Problem]:
    waiting: dict[str, list[str]] = {}
    for hub, topic in ledger.pings.list_all():
        waiting.setdefault(hub, []).append(topic)
    for hub, topics in waiting.items():
        try:
            ping_hub(hub, topics)
        except DeliveryError as error:
            final = isinstance(error, PermanentError)
            after = "it is not asked again" if final else "the next run tells it again"
            yield Problem(message=f"{error}; {after}", severity=Severity.WARNING)
            if not final:
                continue
        ledger.pings.forget(hub, topics)
