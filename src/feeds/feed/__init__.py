"""Entries become a `Feed`, and a `Feed` becomes the bytes of RSS 2.0, Atom 1.0, JSON Feed 1.1 and OPML 2.0."""

from feeds.feed.build import build_entry_feed, build_feed
from feeds.feed.discovery import discovery_links
from feeds.feed.opml import to_opml
from feeds.feed.write import FeedFiles, Pieces, WrittenFeed, to_atom, to_json, to_rss, write_feed

__all__ = [
    "FeedFiles",
    "Pieces",
    "WrittenFeed",
    "build_entry_feed",
    "build_feed",
    "discovery_links",
    "to_atom",
    "to_json",
    "to_opml",
    "to_rss",
    "write_feed",
]
