"""`feeds diff`: what subscribers would notice."""

from __future__ import annotations

from typing import Annotated

import typer

from feeds.cli.options import AsJson, Output
from feeds.cli.printing import say, say_json
from feeds.errors import ConfigError
from feeds.publisher.request import Request, read_config

FailOn = Annotated[
    list[str] | None,
    typer.Option("--fail-on", metavar="CHANGE", help="Leave with 1 at a change: new, edited, reidentified or gone."),
]


def diff(request: Request, *, output: Output = None, fail_on: FailOn = None, as_json: AsJson = False) -> None:
    """Show what subscribers would notice of a build.

    Each feed as it would be written is compared with the one in the output folder.
    """
    from feeds.identity import Change
    from feeds.publisher.diff import diff_site

    names = {change.value.replace("-", ""): change for change in Change}
    for name in fail_on or ():
        if name.replace("-", "") not in names:
            raise ConfigError(f"--fail-on {name}: there is {', '.join(names)}")
    found = diff_site(read_config(request, output=output), now=request.now)
    if as_json:
        feeds = {
            path: [
                {"change": one.change, "id": one.id, "old_id": one.old_id, "title": one.title, "url": one.url}
                for one in differences
            ]
            for path, differences in found.feeds.items()
        }
        say_json({"counts": found.counts, "feeds": feeds})
    else:
        for path, differences in found.feeds.items():
            say(path)
            for one in differences:
                was = f" (was {one.old_id})" if one.old_id != one.id else ""
                say(f"  {one.change:<13}  {one.title}  {one.id}{was}")
        say(", ".join(f"{count} {change}" for change, count in found.counts.items()))
    if any(found.counts[names[name.replace("-", "")]] for name in fail_on or ()):
        raise typer.Exit(1)
