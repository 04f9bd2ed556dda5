"""`feeds snippet`: the lines by which browsers and readers find the feeds."""

from __future__ import annotations

from feeds.cli.printing import say
from feeds.publisher.request import Request, read_config


def snippet(request: Request) -> None:
    """Print the <link> lines for the site's pages."""
    from feeds.publisher.check import find_site_feed

    say(find_site_feed(read_config(request), now=request.now).rstrip("\n"))
