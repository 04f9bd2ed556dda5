"""What a command was asked to do, before the site's files have been looked at."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from feeds.cache.listing import holds_many
from feeds.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from feeds.config import Config
    from feeds.loader.witness import Witness

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


@contextmanager
def begin_config(request: Request, *, output: Path | None = None) -> Iterator[Callable[[], Callable[[], Config]]]:
    """`read_config` within the block, for a command that has other things to do meanwhile.

    To be called once the site's files may be read; what comes back is called for the configuration. A site of many
    files is judged in another process, which imports at once what that takes.
    """
    from feeds import workers

    if not holds_many(str(request.root), workers.ENOUGH):
        yield lambda: partial(read_config, request, output=output)
        return
    from feeds.loader.witness import JUDGED

    question = replace(request, environment=dict(request.environment)), output
    with workers.stand_by(_get_ready, _judge) as ask:

        def judge() -> Callable[[], Config]:
            answer = ask(question)

            def hear() -> Config:
                config, judged = answer()
                JUDGED.add(judged)
                return config

            return hear

        yield judge


def _get_ready() -> None:
    from feeds.config import settings
    from feeds.loader.conventions import list_conventions

    list_conventions()
    del settings


def _judge(question: tuple[Request, Path | None]) -> tuple[Config, Witness]:
    from feeds.loader.witness import JUDGED

    request, output = question
    return read_config(request, output=output), JUDGED


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
