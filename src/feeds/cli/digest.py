"""`feeds digest`: show the next issue."""

from __future__ import annotations

from typing import Annotated

import typer

from feeds.cli.lines import count, count_problems
from feeds.cli.options import AsJson, Output, Strict
from feeds.cli.printing import leave, note, report_problems, say, say_json
from feeds.errors import ConfigError
from feeds.models import Problem
from feeds.publisher.request import Request, read_config

Newsletter = Annotated[str | None, typer.Argument(metavar="NAME", help="One newsletter; all of them otherwise.")]


def digest(
    request: Request,
    name: Newsletter = None,
    *,
    output: Output = None,
    strict: Strict = False,
    as_json: AsJson = False,
) -> None:
    """Show the next issue of a newsletter.

    As files in preview/NAME/: issue.html, issue.txt and issue.eml. Nothing is mailed or remembered.
    """
    from feeds.publisher.digest import preview_issue

    config = read_config(request)
    names = [name] if name else list(config.settings.newsletters)
    if not names:
        raise ConfigError(
            "there is no newsletter; add [newsletters.weekly] to feeds.toml, or --set newsletters.weekly.from=…"
        )
    problems: list[Problem] = []
    for newsletter in names:
        folder = output if output and name else (output or config.root / "preview") / newsletter
        previewed = preview_issue(config, newsletter, now=request.now, folder=folder)
        composed = previewed.composed
        if composed is None:
            say_json({"newsletter": newsletter, "posts": 0}) if as_json else say(f"{newsletter}: nothing new")
            continue
        problems += composed.problems
        digest_ = composed.digest
        if as_json:
            say_json(
                {
                    "newsletter": newsletter,
                    "number": digest_.number,
                    "key": digest_.key,
                    "subject": digest_.subject,
                    "posts": len(digest_.post_ids),
                    "waiting": len(previewed.selection.waiting),
                    "files": [str(file) for file in previewed.files],
                }
            )
            continue
        say(f"{newsletter}: issue {digest_.number}, “{digest_.subject}”, {count(len(digest_.post_ids), 'post')}")
        for file in previewed.files:
            say(f"  {file}")
        for line in digest_.notes:
            note(f"  {line}")
    counts = report_problems(problems)
    if summary := count_problems(counts):
        note(summary)
    leave(strict=strict, counts=counts)
