"""What follows a build: the site's own command, then the hubs; whatever fails is tried again by the next run."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

from feeds.delivery import ping_hub
from feeds.errors import DeliveryError, OutputError, PermanentError
from feeds.files import write_file_whole
from feeds.models import Problem, Severity
from feeds.output import read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from feeds.config import Config
    from feeds.models import Feed
    from feeds.state import Ledger

RECORD = "published.json"


class Publication:
    """The output of a build on its way to the readers.

    What was published last is on record in the state folder, file by file. So nothing is forgotten if a run dies, the
    command fails, or `feeds build` has written the files meanwhile. `problems` are what a person should know.
    """

    def __init__(self, config: Config, ledger: Ledger, feeds: Iterable[Feed], *, now: datetime) -> None:
        self.problems: tuple[Problem, ...] = ()
        self._config = config
        self._ledger = ledger
        self._feeds = tuple(feeds)
        self._now = now
        self._done: bool | None = None

    def publish(self) -> bool:
        """Whether the output is where its readers find it. The command runs once, however often this is asked."""
        if self._done is None:
            try:
                self._publish()
                self._done = True
            except OutputError as error:
                self.problems += (Problem(message=str(error)),)
                self._done = False
        return self._done

    def _publish(self) -> None:
        settings = self._config.settings.feeds
        if settings.after_build or settings.hub:
            current, record = _read_hashes(self._config), self._config.state_dir / RECORD
            before = _read_record(record)
            if current != before:
                if settings.after_build:
                    _run_command(settings.after_build, self._config)
                if settings.hub:
                    changed = {path for path in current if current[path] != before.get(path)}
                    self._ledger.pings.add(settings.hub, _topics(self._feeds, changed), now=self._now)
                write_file_whole(record, json.dumps(current, ensure_ascii=False).encode())
        self.problems += tuple(_ping(self._ledger))


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


def _run_command(command: str, config: Config) -> None:
    # The command is the site's owner's own, written in feeds.toml to be run.
    ended = subprocess.run(  # noqa: S602
        command, shell=True, cwd=config.root, capture_output=True, text=True, errors="replace", check=False
    )
    if ended.returncode != 0:
        said = (ended.stderr or ended.stdout).strip().splitlines()[-1:]
        reason = f": {said[0]}" if said else ""
        raise OutputError(
            f"ended with {ended.returncode}{reason}; the next run tries it again", key="feeds.after_build"
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
