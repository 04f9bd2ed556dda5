"""OPML 2.0, the list of all feeds that a reader can import (http://opml.org/spec2.opml)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.feed.build import NEVER
from feeds.feed.discovery import ORDER
from feeds.feed.text import clean_line, rfc822

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.config import Config
    from feeds.models import Feed


def to_opml(config: Config, feeds: Sequence[Feed]) -> bytes:
    """The feeds in the order given, one outline for each XML format (OPML's `type="rss"` means any of them).

    Where a feed is written as JSON alone, that is listed.
    """
    import xml.etree.ElementTree as ET  # for a file that few builds write

    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = clean_line(config.site.title)
    ET.SubElement(head, "dateModified").text = rfc822(max((feed.updated for feed in feeds), default=NEVER))
    body = ET.SubElement(root, "body")
    for feed in feeds:
        names = [name for name in ORDER if name in feed.urls and name != "json"] or list(feed.urls)
        for name in names:
            title = feed.title if len(names) == 1 else f"{feed.title} ({'RSS' if name == 'rss' else 'Atom'})"
            attributes = {"type": "rss", "text": title, "title": title, "xmlUrl": feed.urls[name]}
            attributes |= {"htmlUrl": feed.home_page_url, "language": feed.language}
            ET.SubElement(body, "outline", attributes | ({"description": feed.description} if feed.description else {}))
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"
