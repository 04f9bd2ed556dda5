"""A feed that is already out there, read back: RSS and Atom through feedparser, JSON Feed as the JSON it is."""

from __future__ import annotations

import calendar
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from feeds.errors import FeedsError

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEntry:
    """One entry of a published feed. `words` is a hash of its title and content, for telling an edit."""

    id: str
    url: str
    title: str
    published: datetime | None
    updated: datetime | None
    words: str


def read_feed(data: bytes, *, path: str) -> tuple[PublishedEntry, ...]:
    """The entries of an RSS, Atom or JSON feed, in the feed's own order.

    Raises FeedsError, with `path`, for what is no feed.
    """
    if data.lstrip().startswith(b"{"):
        return _read_json(data, path)
    # Reading an old feed is rare, and feedparser takes a while to import.
    import feedparser

    parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version"):
        reason = parsed.get("bozo_exception") or "it has no channel and no feed element"
        raise FeedsError(f"is no feed: {reason}; save the feed itself, as `curl -o` does", path=path)
    # As a plain dict, so that feedparser does not offer one date in the place of another (with a warning).
    return tuple(_read_entry(dict(entry)) for entry in parsed.entries)


def _read_entry(entry: dict[str, Any]) -> PublishedEntry:
    contents = [content.get("value", "") for content in entry.get("content", ())]
    return PublishedEntry(
        id=entry.get("id") or entry.get("link", ""),
        url=entry.get("link", ""),
        title=entry.get("title", ""),
        published=_moment(entry.get("published_parsed") or entry.get("updated_parsed")),
        updated=_moment(entry.get("updated_parsed")),
        words=_hash([entry.get("title", ""), *contents, entry.get("summary", "")]),
    )


def _read_json(data: bytes, path: str) -> tuple[PublishedEntry, ...]:
    try:
        items = json.loads(data)["items"]
        return tuple(_read_item(item) for item in items)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FeedsError(f"is no JSON Feed: {error!r}", path=path) from error


def _read_item(item: dict[str, Any]) -> PublishedEntry:
    published = item.get("date_published")
    updated = item.get("date_modified")
    return PublishedEntry(
        id=str(item.get("id") or item.get("url") or ""),
        url=item.get("url") or "",
        title=item.get("title") or "",
        published=datetime.fromisoformat(published) if published else None,
        updated=datetime.fromisoformat(updated) if updated else None,
        words=_hash([item.get("title"), item.get("content_html"), item.get("content_text"), item.get("summary")]),
    )


def _moment(parsed: Any) -> datetime | None:
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None


def _hash(parts: Iterable[str | None]) -> str:
    text = "\0".join(" ".join((part or "").split()) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
