"""The list of commands, in the order in which a person meets them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from feeds.cli import read_version
from feeds.cli.adopt import adopt
from feeds.cli.build import build
from feeds.cli.check import check
from feeds.cli.diff import diff
from feeds.cli.digest import digest
from feeds.cli.init import init
from feeds.cli.listing import list_posts
from feeds.cli.options import with_request
from feeds.cli.preview import preview
from feeds.cli.printing import say
from feeds.cli.resolve import resolve
from feeds.cli.run import run
from feeds.cli.send import send
from feeds.cli.snippet import snippet
from feeds.cli.status import status
from feeds.cli.why import why

app = typer.Typer(
    name="feeds",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS: dict[str, Callable[..., None]] = {
    "init": init,
    "check": check,
    "list": list_posts,
    "why": why,
    "build": build,
    "diff": diff,
    "adopt": adopt,
    "snippet": snippet,
    "digest": digest,
    "preview": preview,
    "send": send,
    "run": run,
    "status": status,
    "resolve": resolve,
}


@app.callback()
def show_version(
    *, version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False
) -> None:
    """Web feeds and an email digest from a folder of dated Markdown posts."""
    if version:
        say(f"feeds {read_version()}")
        raise typer.Exit


for name, command in COMMANDS.items():
    app.command(name)(with_request(command))
