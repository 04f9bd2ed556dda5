"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeds.feed.text import ENCODE, rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.models import Enclosure, Entry, Feed, Person

VERSION = "https://jsonfeed.org/version/1.1"


def write_item(entry: Entry) -> bytes:
    """The entry as an item of a feed's `items`, indented for its place there, in another language if it has one."""
    return _write(_item(entry), indent="    ").encode()


def frame(feed: Feed) -> tuple[bytes, bytes]:
    """What comes before and after the items in the feed's document, which are separated by commas."""
    return _write(_head(feed)).encode().removesuffix(b"\n}") + b',\n  "items": [', b"]\n}\n"


def _head(feed: Feed) -> dict[str, Any]:
    return _without_nothing(
        {
            "version": VERSION,
            "title": feed.title,
            "home_page_url": feed.home_page_url,
            "feed_url": feed.urls["json"],
            "description": feed.description,
            "icon": feed.icon,
            "favicon": feed.icon,
            "language": feed.language,
            **_authors(feed.authors),
            "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else None,
        }
    )


def _item(entry: Entry) -> dict[str, Any]:
    return _without_nothing(
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            # An item must have one of the two ("Items").
            "content_html": entry.content,
            "content_text": None if entry.content else entry.summary,
            "image": entry.image.url if entry.image else None,
            "date_published": rfc3339(entry.published),
            "date_modified": rfc3339(entry.updated),
            **_authors(entry.authors),
            "tags": list(dict.fromkeys((*entry.tags, *entry.categories))),
            "language": entry.language,
            "attachments": [_attachment(entry.enclosure)] if entry.enclosure else None,
        }
    )


def _attachment(enclosure: Enclosure) -> dict[str, Any]:
    size = {"size_in_bytes": enclosure.length} if enclosure.length else {}
    return {"url": enclosure.url, "mime_type": enclosure.type, **size}


def _authors(authors: Iterable[Person]) -> dict[str, Any]:
    found = [_without_nothing({"name": author.name, "url": author.url}) for author in authors]
    # `author` is the deprecated 1.0 form, which some readers know alone.
    return {"authors": found, "author": found[0]} if found else {}


def _without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def _write(values: dict[str, Any], *, indent: str = "") -> str:
    # A line for each key, to be read by people; json's own indentation takes eight times as long.
    lines = (f"\n{indent}  {ENCODE(key)}: {ENCODE(value)}" for key, value in values.items())
    return f"{{{','.join(lines)}\n{indent}}}"
