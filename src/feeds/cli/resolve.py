"""`feeds resolve`: a person's word on what the program may not decide."""

from __future__ import annotations

from typing import Annotated

import typer

from feeds.cli.printing import say
from feeds.errors import ConfigError
from feeds.publisher.request import Request, read_config

Wanted = Annotated[
    str, typer.Argument(metavar="ISSUE|POST", help="An issue as NEWSLETTER/NUMBER, or a held post by its file or id.")
]
Sent = Annotated[bool, typer.Option("--sent", help="The readers have the issue.")]
Again = Annotated[bool, typer.Option("--again", help="They do not have it: send the same bytes once more.")]
Cancel = Annotated[bool, typer.Option("--cancel", help="Nobody shall get the issue, or the post, by mail.")]
New = Annotated[bool, typer.Option("--new", help="The post is a new one.")]
SameAs = Annotated[str | None, typer.Option("--same-as", metavar="ID", help="The post is the one with this id.")]


def resolve(
    wanted: Wanted,
    request: Request,
    *,
    sent: Sent = False,
    again: Again = False,
    cancel: Cancel = False,
    new: New = False,
    same_as: SameAs = None,
) -> None:
    """Decide what the program may not decide.

    On an issue whose fate is unknown, or on a post that is held from newsletters.
    """
    from feeds.publisher.resolution import Decision
    from feeds.publisher.resolve import decide_on_issue, dismiss_post, names_issue, release_post

    decisions = [one for one, said in zip(Decision, (sent, again, cancel), strict=True) if said]
    if len(decisions) + new + (same_as is not None) != 1:
        raise ConfigError("say one of --sent, --again, --cancel for an issue, --new, --same-as ID, --cancel for a post")
    config = read_config(request)
    if not decisions:
        said = release_post(config, wanted, same_as=same_as, now=request.now)
    elif cancel and not names_issue(config, wanted):
        said = dismiss_post(config, wanted, now=request.now)
    else:
        said = decide_on_issue(config, wanted, decisions[0], now=request.now, environment=request.environment)
    say(said)
