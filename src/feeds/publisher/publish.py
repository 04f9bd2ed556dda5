"""What follows a build that changed something: the site's own command, then the hubs."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.delivery import ping_hub
from feeds.errors import DeliveryError, FeedsError, OutputError, PermanentError
from feeds.files import write_file_whole
from feeds.models import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Feed
    from feeds.publisher.build import Built
    from feeds.state import Ledger

PENDING = "after_build.pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was done with a changed output. `done` is false while the site's command has not gone through."""

    done: bool
    problems: tuple[Problem, ...]


def publish_output(config: Config, ledger: Ledger, built: Built, *, now: datetime) -> Published:
    """Run `after_build` if the output changed, and tell the hub of each feed that did.

    What fails is tried again by the next run: a mark in the state folder stands for the command, a row for each ping.
    """
    changed = set(built.written.changed) | set(built.written.removed)
    if changed and config.settings.feeds.hub:
        ledger.pings.add(config.settings.feeds.hub, _topics(built.composed.feeds, changed), now=now)
    try:
        run_after_build(config, changed=bool(changed))
    except FeedsError as error:
        return Published(done=False, problems=(Problem(message=str(error)),))
    return Published(done=True, problems=tuple(_ping(ledger)))


def run_after_build(config: Config, *, changed: bool) -> None:
    """Run the site's command if something changed, or if it failed before. Raises OutputError if it fails now."""
    command = config.settings.feeds.after_build
    mark = config.state_dir / PENDING
    if not command or not (changed or mark.exists()):
        return
    write_file_whole(mark, b"")
    # The command is the site's owner's own, written in feeds.toml to be run.
    ended = subprocess.run(command, shell=True, cwd=config.root, capture_output=True, text=True, check=False)  # noqa: S602
    if ended.returncode != 0:
        said = (ended.stderr or ended.stdout).strip().splitlines()[-1:]
        reason = f": {said[0]}" if said else ""
        raise OutputError(
            f"ended with {ended.returncode}{reason}; the next run tries it again", key="feeds.after_build"
        )
    mark.unlink(missing_ok=True)


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
