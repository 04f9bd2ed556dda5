"""`feeds digest`: show the next issue."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from feeds.cache.answers import Watch
from feeds.cache.question import PREVIEW
from feeds.cli.lines import count, count_problems, make_answer, write_result
from feeds.cli.options import AsJson, Output, Strict
from feeds.cli.printing import leave, note, report_problems
from feeds.errors import ConfigError
from feeds.publisher.contents import lay_out
from feeds.publisher.request import Request, read_config

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeds.publisher.contents import Contents, LaidOut
    from feeds.publisher.digest import PreviewedIssue

Newsletter = Annotated[str | None, typer.Argument(metavar="NAME", help="One newsletter; all of them otherwise.")]


def digest(
    request: Request,
    context: typer.Context,
    name: Newsletter = None,
    *,
    output: Output = None,
    strict: Strict = False,
    as_json: AsJson = False,
) -> None:
    """Show the next issue of a newsletter.

    As files in preview/NAME/: issue.html, issue.txt and issue.eml. Nothing is mailed or remembered.
    """
    watch = Watch(sys.argv[1:], request.environment)
    from feeds.publisher.digest import preview_issue
    from feeds.publisher.gather import gather_site
    from feeds.publisher.redating import remember_digest
    from feeds.publisher.standstill import look_at_ledger

    config = read_config(request)
    names = [name] if name else list(config.settings.newsletters)
    if not names:
        raise ConfigError(
            "there is no newsletter; add [newsletters.weekly] to feeds.toml, or --set newsletters.weekly.from=…"
        )
    ledger = look_at_ledger(watch, config)
    gathered = gather_site(config, now=request.now)
    ask = context.obj  # of another process, if there is one
    by: Callable[[Contents], LaidOut] = (lambda contents: ask(contents)()) if ask else lay_out
    shown, out, notes = [], "", list[str]()
    for newsletter in names:
        folder = output if output and name else (output or config.root / PREVIEW) / newsletter
        previewed = preview_issue(config, gathered, newsletter, now=request.now, folder=folder, lay_out=by)
        shown.append(previewed)
        result = write_result(_describe(previewed) if as_json else _list_lines(previewed))
        typer.echo(result, nl=False)
        out += result
        about = [f"  {line}" for line in previewed.composed.digest.notes] if previewed.composed and not as_json else []
        for line in about:
            note(line)
        notes += about
    problems = [problem for previewed in shown if previewed.composed for problem in previewed.composed.problems]
    counts = report_problems(problems)
    if summary := count_problems(counts):
        note(summary)
    answer = make_answer([], problems, strict=strict)
    said = write_result(notes) + answer.err + write_result([summary] if summary else [])
    answer = answer._replace(out=out, err=said)
    remember_digest(watch, answer, request, config, shown, gathered=gathered, ledger=ledger)
    leave(strict=strict, counts=counts)


def _describe(previewed: PreviewedIssue) -> dict[str, Any]:
    if previewed.composed is None:
        return {"newsletter": previewed.newsletter, "posts": 0}
    digest_ = previewed.composed.digest
    return {
        "newsletter": previewed.newsletter,
        "number": digest_.number,
        "key": digest_.key,
        "subject": digest_.subject,
        "posts": len(digest_.post_ids),
        "waiting": len(previewed.selection.waiting),
        "files": [str(file) for file in previewed.files],
    }


def _list_lines(previewed: PreviewedIssue) -> list[str]:
    if previewed.composed is None:
        return [f"{previewed.newsletter}: nothing new"]
    digest_ = previewed.composed.digest
    posts = count(len(digest_.post_ids), "post")
    about = f"{previewed.newsletter}: issue {digest_.number}, “{digest_.subject}”, {posts}"
    return [about, *(f"  {file}" for file in previewed.files)]
