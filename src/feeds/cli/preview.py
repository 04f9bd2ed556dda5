"""`feeds preview`: what would go out, in a browser, while one writes."""

from __future__ import annotations

from typing import Annotated

import typer

from feeds.cli.printing import say
from feeds.errors import ConfigError
from feeds.publisher.request import Request

Port = Annotated[
    int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port of the page; a free one otherwise.")
]


def preview(request: Request, *, port: Port = 0) -> None:
    """Show what would go out, on a local page that follows the files.

    The next issues, the feeds, and what is wrong. It mails nothing but a test, and remembers nothing; Ctrl-C ends it.
    """
    try:
        from feeds.preview.serve import serve_preview
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"starlette", "uvicorn"}:
            raise
        raise ConfigError("the preview needs two more libraries: pip install 'feeds[preview]'") from error
    serve_preview(request, port=port, announce=say)
