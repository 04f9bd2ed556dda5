"""RSS 2.0 and Atom 1.0 by feedgen: the one module that imports it, with a cure for each thing that it gets wrong.

An entry is written in a frame that is thrown away, and the frame of a feed without its entries, so that an entry is
written once for all the feeds that it is in.

feedgen writes the elements it has right; what it loses (the attributes of an entry's links, authors without an email
address, the hub in RSS) and what it lacks (lead images, an entry's language) is put into its elements before they are
serialised. It takes the time of the run unless told otherwise, and switches the process locale to write a date of RSS:
every date is set, and those of RSS are written here.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from feeds.feed.text import MEDIA_TYPES, rfc822, rfc3339

if TYPE_CHECKING:
    from feeds.models import Entry, Feed, Image, Person

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"  # the slash is part of the name
XML = "http://www.w3.org/XML/1998/namespace"
GENERATOR = "feeds"
RSS_IMAGES = (".png", ".jpg", ".jpeg", ".gif")  # all that RSS 2.0 allows in a channel's image
CHANNEL_END = b"\n  </channel>\n</rss>"
FEED_END = b"\n</feed>"
PLAIN_TEXT = re.compile(rb"<(?:title|category|copyright|dc:creator|media:description)[ >][^<]*")
LIKE_HTML = re.compile(r"</\w|&[#\w]")
CHANNEL_DESCRIPTION = re.compile(rb"<description>[^<]*")


def write_item(site_url: str, entry: Entry) -> bytes:
    """The entry as an item of RSS, in another language than the feed if it has one."""
    frame = _make_frame()
    frame.add_entry(_make_item(site_url, entry))
    return _use_numbers(_cut_out(frame.rss_str(pretty=True), b"item"))


def write_entry(site_url: str, entry: Entry, *, like_html: bool) -> bytes:
    """The entry as one of Atom, in another language than the feed if it has one.

    `like_html` tells whether `is_like_html` says so of its summary.
    """
    frame = _make_frame()
    frame.add_entry(_make_atom_entry(site_url, entry, like_html=like_html))
    return _cut_out(frame.atom_str(pretty=True), b"entry")


def is_like_html(summary: str) -> bool:
    """Whether a summary about HTML would be taken for HTML that nobody declared."""
    return bool(("&" in summary or "</" in summary) and LIKE_HTML.search(summary))


def frame_rss(feed: Feed, image: str | None) -> tuple[bytes, bytes]:
    """What comes before and after the items in the feed's RSS, with the image that `find_channel_image` has found."""
    generator = _make_generator(feed, "rss")
    generator.register_extension("ours", _Channel)
    generator.ours.feed = feed
    if image:
        generator.image(image)
    if feed.ttl:
        generator.ttl(feed.ttl)
    head, tail = _split(generator.rss_str(pretty=True), CHANNEL_END)
    return _use_numbers(_use_numbers(head), CHANNEL_DESCRIPTION), tail


def find_channel_image(feed: Feed) -> str | None:
    """The image of the feed that RSS allows, None if there is none."""
    fits = (url for url in (feed.logo, feed.icon) if url and urlsplit(url).path.lower().endswith(RSS_IMAGES))
    return next(fits, None)


def frame_atom(feed: Feed) -> tuple[bytes, bytes]:
    """What comes before and after the entries in the feed's Atom."""
    generator = _make_generator(feed, "atom")
    generator.register_extension("ours", _Namespaces)
    generator.id(feed.id or feed.urls["atom"])
    generator.author([_describe_person(author) for author in feed.authors])
    if feed.icon:
        generator.icon(feed.icon)
    if feed.logo:
        generator.logo(feed.logo)
    return _split(generator.atom_str(pretty=True), FEED_END)


class _Channel(BaseExtension):  # type: ignore[misc] # feedgen has no types
    """What feedgen leaves out of a channel."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        return {"dc": DC, "media": MEDIA}

    def extend_rss(self, rss: Any) -> Any:
        channel = rss[0]
        _add(channel, "lastBuildDate", rfc822(self.feed.updated))
        if self.feed.hub:
            xml_elem(f"{{{ATOM}}}link", channel, rel="hub", href=self.feed.hub)
        return rss


class _Namespaces(BaseExtension):  # type: ignore[misc] # feedgen has no types
    """Declares the prefix of lead images once, at the root."""

    def extend_ns(self) -> dict[str, str]:
        return {"media": MEDIA}


class _FrameNamespaces(BaseExtension):  # type: ignore[misc] # feedgen has no types
    """Declares all that an entry of either format may hold."""

    def extend_ns(self) -> dict[str, str]:
        return {"dc": DC, "media": MEDIA}


class _Item(FeedEntry):  # type: ignore[misc] # feedgen has no types
    """An item with the authors that have no email address, its dates, its lead image and its language."""

    entry: Entry

    def rss_entry(self, extensions: bool = True) -> Any:  # noqa: FBT001, FBT002 - feedgen's signature
        item = super().rss_entry(extensions)
        entry = self.entry
        for author in entry.authors:
            _add(item, f"{{{DC}}}creator", author.name)
        _add(item, "pubDate", rfc822(entry.published))
        _add(item, f"{{{ATOM}}}updated", rfc3339(entry.updated))
        if entry.language:
            _add(item, f"{{{DC}}}language", entry.language)
        _add_image(item, entry.image)
        return item


class _AtomEntry(FeedEntry):  # type: ignore[misc] # feedgen has no types
    """An entry whose links keep their attributes, with its lead image and its language."""

    entry: Entry

    def atom_entry(self, extensions: bool = True) -> Any:  # noqa: FBT001, FBT002 - feedgen's signature
        element = super().atom_entry(extensions)
        # feedgen reuses the name of its loop for the element, and then reads the attributes from that (feedgen#135).
        for written, link in zip(element.findall("link"), self.link(), strict=True):
            for name in ("rel", "type", "length"):
                # RSS needs a length, and 0 stands for an unknown one; Atom can do without (RFC 4287 section 4.2.7.6).
                if (value := link.get(name)) and (name, value) != ("length", "0"):
                    written.set(name, value)
        if self.entry.language:
            element.set(f"{{{XML}}}lang", self.entry.language)
        _add_image(element, self.entry.image)
        return element


def _make_frame() -> Any:
    """A feed with no more than feedgen insists on."""
    frame = FeedGenerator()
    frame.id(GENERATOR)
    frame.title(GENERATOR)
    frame.subtitle(GENERATOR)
    frame.link(href=GENERATOR, rel="alternate")
    _unset_build_date(frame)
    frame.register_extension("ours", _FrameNamespaces)
    return frame


def _unset_build_date(generator: Any) -> None:
    # feedgen would switch the locale to write it, and with it that of every other thread.
    generator._FeedGenerator__rss_lastBuildDate = None  # noqa: SLF001 - there is no other way to unset it


def _make_generator(feed: Feed, own: str) -> Any:
    generator = FeedGenerator()
    generator.title(feed.title)
    generator.subtitle(feed.description or feed.title)
    # RSS takes the last link for the site's.
    generator.link(href=feed.urls[own], rel="self", type=MEDIA_TYPES[own])
    if feed.hub:
        generator.link(href=feed.hub, rel="hub")
    generator.link(href=feed.home_page_url, rel="alternate", type="text/html")
    generator.updated(feed.updated)
    _unset_build_date(generator)  # which `_Channel` writes
    generator.language(feed.language)
    generator.generator(GENERATOR)
    if feed.rights:
        generator.rights(feed.rights)
    return generator


def _make_item(site_url: str, entry: Entry) -> Any:
    item = _Item()
    item.entry = entry
    item.title(entry.title)
    item.link(href=entry.url)
    # The description is HTML by RSS's custom, the summary is text.
    item.description(escape(entry.summary, quote=False), isSummary=True)
    if entry.content:
        item.content(entry.content, type="html")
    item.guid(entry.id, permalink=entry.id == entry.url)
    _add_categories(item, site_url, entry)
    _add_enclosure(item, entry)
    return item


def _make_atom_entry(site_url: str, entry: Entry, *, like_html: bool) -> Any:
    made = _AtomEntry()
    made.entry = entry
    made.id(entry.id)
    made.title(entry.title)
    made.published(entry.published)
    made.updated(entry.updated)
    made.author([_describe_person(author) for author in entry.authors])
    made.link(href=entry.url, rel="alternate", type="text/html")
    if like_html:
        made.summary(escape(entry.summary, quote=False), type="html")
    else:
        made.summary(entry.summary)
    # Without the type feedgen would declare the markup to be text. Some readers (rss-parser) know no summary in Atom.
    made.content(entry.content or f"<p>{escape(entry.summary, quote=False)}</p>", type="html")
    _add_categories(made, site_url, entry)
    _add_enclosure(made, entry)
    return made


def _add_categories(made: Any, site_url: str, entry: Entry) -> None:
    kinds = (("tags/", entry.tags), ("categories/", entry.categories))
    # All in one call: feedgen goes through those it has at each.
    made.category([{"term": name, "label": name, "scheme": site_url + kind} for kind, names in kinds for name in names])


def _add_enclosure(made: Any, entry: Entry) -> None:
    if entry.enclosure:
        made.enclosure(entry.enclosure.url, entry.enclosure.length, entry.enclosure.type)


def _add_image(element: Any, image: Image | None) -> None:
    """Media RSS 1.5.1: `media:content` for the lead image; Feedly and Mailchimp show that, not a thumbnail alone."""
    if image is None:
        return
    sizes = {"fileSize": image.length, "width": image.width, "height": image.height}
    known = {name: str(value) for name, value in sizes.items() if value}
    kind = {"type": image.type} if image.type else {}
    content = xml_elem(f"{{{MEDIA}}}content", element, url=image.url, medium="image", **kind, **known)
    if image.alt:
        _add(content, f"{{{MEDIA}}}description", image.alt).set("type", "plain")


def _add(parent: Any, name: str, text: str) -> Any:
    element = xml_elem(name, parent)
    element.text = text
    return element


def _describe_person(person: Person) -> dict[str, str]:
    values = {"name": person.name, "email": person.email, "uri": person.url}
    return {key: value for key, value in values.items() if value}


def _cut_out(document: bytes, name: bytes) -> bytes:
    """The one element of that name. Text is escaped in a document, so that a tag found is a tag."""
    end = b"</%b>" % name
    return document[document.index(b"<" + name) : document.rindex(end)] + end


def _split(document: bytes, close: bytes) -> tuple[bytes, bytes]:
    """What comes before and after the entries that a feed might have."""
    head, _, rest = document.rpartition(close)
    return head, close + rest


def _use_numbers(xml: bytes, pattern: re.Pattern[bytes] = PLAIN_TEXT) -> bytes:
    """`xml` with numeric references in its elements of plain text.

    Readers disagree on whether those are HTML; the RSS Advisory Board's profile found that these survive everywhere.
    """
    return pattern.sub(_rewrite_references, xml)


def _rewrite_references(found: re.Match[bytes]) -> bytes:
    return found[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;").replace(b"&gt;", b"&#x3E;")
