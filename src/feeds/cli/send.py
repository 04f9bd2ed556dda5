"""`feeds send`: mail one newsletter now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from feeds.cli.mailings import describe_mailing, end_with, say_mailing
from feeds.cli.options import AsJson, DryRun
from feeds.cli.printing import report_problems, say, say_json
from feeds.errors import ConfigError
from feeds.publisher.request import Request, read_config

if TYPE_CHECKING:
    from feeds.config import Config

Name = Annotated[str, typer.Argument(metavar="NAME", help="The newsletter.")]
FirstRun = Annotated[
    str | None,
    typer.Option("--first-run", metavar="seed|last=N", help="Start a newsletter: mail nothing old, or the newest N."),
]
To = Annotated[
    Literal["draft"] | None, typer.Option("--to", help="Leave a draft at the receiver for a person to approve.")
]
Test = Annotated[
    str | None,
    typer.Option("--test", metavar="ADDRESS", help="Mail the issue to this address alone, marked; remember nothing."),
]
Flood = Annotated[bool, typer.Option("--yes", help="Mail more posts at once than flood_limit allows.")]


def send(
    name: Name,
    request: Request,
    *,
    first_run: FirstRun = None,
    to: To = None,
    test: Test = None,
    yes: Flood = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Mail the new posts of a newsletter now.

    Whatever its schedule says. A newsletter that has never mailed needs --first-run, once.
    """
    from feeds.publisher.forecast import foresee_newsletter
    from feeds.publisher.gather import gather_site
    from feeds.publisher.mailing import Wish
    from feeds.publisher.send import send_newsletter

    config = read_config(request)
    if test is not None:
        if first_run or to or yes or dry_run:
            raise ConfigError("--test: goes without the other options; it mails one address and changes nothing")
        _send_test(config, name, test, request, as_json=as_json)
        return
    wish = Wish(at_once=True, flood=yes, first_run=_read_first_run(first_run), draft=to == "draft")
    if dry_run:
        mailings = foresee_newsletter(config, gather_site(config, now=request.now), name, now=request.now, wish=wish)
    else:
        sent = send_newsletter(config, name, wish=wish, now=request.now, environment=request.environment)
        report_problems(sent.problems)
        mailings = sent.mailings
    for mailing in mailings:
        if as_json:
            say_json(describe_mailing(mailing))
        else:
            say_mailing(mailing)
    end_with([mailing.ending for mailing in mailings])


def _send_test(config: Config, name: str, address: str, request: Request, *, as_json: bool) -> None:
    from feeds.publisher.trial import try_newsletter

    tried = try_newsletter(config, name, to=address, now=request.now, environment=request.environment)
    report_problems(tried.problems)
    if as_json:
        said = tried.digest and {"to": address, "subject": tried.digest.subject, "receipt": str(tried.receipt)}
        say_json({"newsletter": name, "test": said})
    elif tried.digest is None:
        say(f"{name}: nothing new")
    else:
        say(f"{name}: “{tried.digest.subject}” went to {address}: {tried.receipt}")


def _read_first_run(text: str | None) -> int | None:
    if text is None or text == "seed":
        return None if text is None else 0
    count = text.removeprefix("last=")
    if count == text or not count.isdecimal() or int(count) == 0:
        raise ConfigError(f"--first-run {text}: write `seed`, or `last=3` for the newest three posts")
    return int(count)
