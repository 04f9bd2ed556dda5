"""The options that every command has, declared once: a command names `request` and gets what they add up to."""

from __future__ import annotations

import functools
import inspect
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from feeds.errors import ConfigError
from feeds.publisher.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable

Site = Annotated[Path, typer.Option("--site", metavar="DIR", help="The folder of the site.", show_default="here")]
Settings = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Another file than the site's feeds.toml.")
]
State = Annotated[
    Path | None,
    typer.Option("--state", metavar="DIR", help="Where the cache and the state are kept; .feeds in the site."),
]
Setting = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="A setting for this run, e.g. site.url=https://…")
]
Now = Annotated[str | None, typer.Option("--now", metavar="RFC3339", help="Pretend that it is this moment.")]
Output = Annotated[Path | None, typer.Option("--output", metavar="DIR", help="Another folder than the settings say.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print what a program can read.")]
Strict = Annotated[bool, typer.Option("--strict", help="Leave with 1 if there are warnings.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen and change nothing.")]
Profile = Annotated[bool, typer.Option("--profile", help="Say where the time went.")]
Yes = Annotated[bool, typer.Option("--yes", help="Go on although half of what is published would vanish.")]

COMMON = {
    "site": (Site, Path()),
    "config": (Settings, None),
    "state": (State, None),
    "set_": (Setting, None),
    "now": (Now, None),
}


def with_request(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the common options in front, which arrive in it as one `request`."""
    signature = inspect.signature(command, eval_str=True)
    own = [parameter for name, parameter in signature.parameters.items() if name != "request"]
    common = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in COMMON.items()
    ]

    @functools.wraps(command)
    def run(**values: Any) -> None:
        given = {name: values.pop(name) for name in COMMON}
        command(request=_make_request(**given), **values)

    arguments = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    run.__signature__ = signature.replace(parameters=[*arguments, *common])  # type: ignore[attr-defined]
    return run


def _make_request(
    *, site: Path, config: Path | None, state: Path | None, set_: list[str] | None, now: str | None
) -> Request:
    return Request(
        root=site,
        now=_read_moment(now),
        file=config,
        state_dir=state,
        options=tuple(set_ or ()),
        environment=dict(os.environ),
    )


def _read_moment(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ConfigError(f"--now {text}: write it as RFC 3339 has it, for example 2026-11-23T09:00:00+01:00")
    return moment
