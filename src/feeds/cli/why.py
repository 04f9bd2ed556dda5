"""`feeds why`: one post's story."""

from __future__ import annotations

from typing import Annotated

import typer

from feeds.cli.printing import say
from feeds.publisher.request import Request, read_config

Post = Annotated[str, typer.Argument(metavar="POST", help="A post by its file, address, id or title.")]


def why(post: Post, request: Request) -> None:
    """Tell one post's story.

    Which feeds it is in, which issue it went out with, or why not.
    """
    from feeds.publisher.why import tell_story

    say(tell_story(read_config(request), post, now=request.now))
