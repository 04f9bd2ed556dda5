"""Entries become a `Feed`, and a `Feed` becomes the bytes of RSS 2.0, Atom 1.0, JSON Feed 1.1 and OPML 2.0."""

from feeds.feed.build import assemble_feed, build_entry_feed, build_feed, finish_entry
from feeds.feed.discovery import discovery_links
from feeds.feed.exchange import Exchange
from feeds.feed.files import FeedFiles
from feeds.feed.opml import to_opml
from feeds.feed.pieces import MadePieces, Pieces, Workshop
from feeds.feed.write import WrittenFeed, to_atom, to_json, to_rss, write_feed

__all__ = [
    "Exchange",
    "FeedFiles",
    "MadePieces",
    "Pieces",
    "Workshop",
    "WrittenFeed",
    "assemble_feed",
    "build_entry_feed",
    "build_feed",
    "discovery_links",
    "finish_entry",
    "to_atom",
    "to_json",
    "to_opml",
    "to_rss",
    "write_feed",
]
