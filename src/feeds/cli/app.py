"""The list of commands, in the order in which a person meets them."""

from __future__ import annotations

import typer

from feeds.cli.build import build
from feeds.cli.check import check
from feeds.cli.digest import digest
from feeds.cli.listing import list_posts
from feeds.cli.options import with_request
from feeds.cli.run import run
from feeds.cli.send import send
from feeds.cli.snippet import snippet

app = typer.Typer(
    name="feeds",
    help="Web feeds and an email digest from a folder of dated Markdown posts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS = {
    "check": check,
    "list": list_posts,
    "build": build,
    "snippet": snippet,
    "digest": digest,
    "send": send,
    "run": run,
}

for name, command in COMMANDS.items():
    app.command(name)(with_request(command))
