"""The lines by which a site's pages announce a feed (feed autodiscovery, RSS Advisory Board, and the HTML standard)."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from feeds.feed.text import FORMAT_NAMES, MEDIA_TYPES

if TYPE_CHECKING:
    from feeds.models import Feed

# Browsers and readers that take one link alone take the first.
ORDER = ("atom", "rss", "json")


def discovery_links(feed: Feed) -> str:
    """One `<link rel="alternate">` a line for each of the feed's formats, Atom first, for the `<head>` of a page."""
    names = [name for name in ORDER if name in feed.urls]
    return "".join(_link(feed, name, several=len(names) > 1) for name in names)


def _link(feed: Feed, name: str, *, several: bool) -> str:
    title = f"{feed.title} ({FORMAT_NAMES[name]})" if several else feed.title
    kind, url = MEDIA_TYPES[name], feed.urls[name]
    return f'<link rel="alternate" type="{kind}" title="{escape(title)}" href="{escape(url)}">\n'
