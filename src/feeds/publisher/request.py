"""What a command was asked to do, before the site's files have been looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feeds.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from feeds.config import Config

    Progress = Callable[[str, int, int], None]


def ignore_progress(_what: str, _done: int, _total: int) -> None:
    """The progress report of whoever does not look: called with what is done, and how many of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The site's folder, where its settings and its state are, and the moment that the run is for."""

    root: Path
    now: datetime
    file: Path | None = None
    state_dir: Path | None = None
    options: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)


def begin_config(request: Request, *, output: Path | None = None, files: int) -> Callable[[], Config]:
    """`read_config` begun, for whoever has other things to do meanwhile; what comes back gives the configuration.

    A site of many `files` is judged in another process.
    """
    from feeds.workers import begin, is_shared

    if not is_shared(files):
        return lambda: read_config(request, output=output)
    from feeds.loader.witness import JUDGED

    ask = begin(lambda: (read_config(request, output=output), JUDGED))

    def answer() -> Config:
        config, judged = ask()
        JUDGED.add(judged)
        return config

    return answer


def read_config(request: Request, *, output: Path | None = None) -> Config:
    """The configuration in force: settings over findings over defaults. Raises ConfigError.

    `output` is where the feeds go instead of where the settings say.
    """
    # A command line that only asks for help needs neither.
    from feeds.config import read_settings, resolve_config
    from feeds.loader import detect_site

    try:
        if not request.root.is_dir():
            raise ConfigError("is no folder; --site takes the folder of the site", path=request.root)
        (request.root / "feeds.toml").exists()
    except OSError as error:
        raise ConfigError(f"cannot be read ({error.strerror})", path=request.root) from error
    settings, origins = read_settings(
        request.root, file=request.file, environment=request.environment, options=request.options
    )
    findings = detect_site(request.root, posts=settings.posts.path, convention=settings.posts.convention)
    return resolve_config(
        root=request.root,
        settings=settings,
        origins=origins,
        findings=findings,
        state_dir=request.state_dir,
        output=output,
    )
