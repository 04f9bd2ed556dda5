import dataclasses
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from feedgen.entry import FeedEntry
from hypothesis import given, strategies as st
from lxml import etree

from feeds.feed import Pieces, jsonfeed, to_atom, to_json, to_rss, xml
from feeds.feed.entries import FIGURES, cast_moulds, write_entry
from feeds.feed.moulds import STAND_IN
from feeds.feed.text import encode_texts
from feeds.models import Enclosure, Image, Person
from making_feeds import SITE, make_entry, make_feed

FORMATS = ("rss", "atom", "json")
A = "{http://www.w3.org/2005/Atom}"
SIGNS = (
    *"&<>\"'\\/%\t\n\r\x7f\x85\u2028\ufeff\ufffdé漢😀\ue000\ue001",
    "&amp;",
    "&#13;",
    "</b>",
    "]]>",
    "\\u0000",
    "%b",
)
# What a mould is told by, and what looks like the end of a document.
MARKS = (STAND_IN % 0, STAND_IN % 9, '\ue0009"&amp;\ue001', *FIGURES, "</item>", "</entry>", "\n  </channel>\n</rss>")
LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=4)
TEXT = st.lists(st.sampled_from(SIGNS + MARKS) | LETTERS, max_size=4).map("".join)
MAYBE = st.none() | TEXT
SIZE = st.integers(0, 10**15 + 9)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=-3, minutes=-30))])
MOMENT = st.datetimes(datetime(1000, 1, 1), timezones=ZONES)  # noqa: DTZ001 - hypothesis adds the zone
NAMES = st.lists(TEXT, max_size=3).map(tuple)
ENTRIES = st.builds(
    make_entry,
    id=TEXT.filter(bool),
    url=TEXT.filter(bool),
    title=TEXT.filter(bool),
    published=MOMENT.map(lambda moment: moment.replace(microsecond=0)),
    updated=MOMENT.map(lambda moment: moment.replace(microsecond=0)),
    summary=TEXT,
    content=TEXT,
    authors=st.lists(st.builds(Person, name=TEXT, email=MAYBE, url=MAYBE), max_size=2).map(tuple),
    tags=NAMES,
    categories=NAMES,
    language=MAYBE,
    image=st.none()
    | st.builds(Image, url=TEXT, alt=TEXT, type=MAYBE, width=SIZE, height=SIZE, length=st.none() | SIZE),
    enclosure=st.none() | st.builds(Enclosure, url=TEXT, type=TEXT, length=SIZE),
)


def write_alone(feed, entry):
    """The entry by feedgen, lxml and json, for itself."""
    told = dataclasses.replace(entry, language=entry.language if entry.language != feed.language else None)
    atom = xml.write_entry(feed.site_url, told, like_html=xml.is_like_html(entry.summary))
    return [xml.write_item(feed.site_url, told), atom, jsonfeed.write_item(told)]


@given(ENTRIES, TEXT)
def test_an_entry_in_a_mould_has_the_bytes_of_one_that_is_made_for_itself(entry, path):
    feed = make_feed(site_url=SITE + path)
    assert write_entry(feed, entry, FORMATS) == write_alone(feed, entry)
    assert write_entry(feed, entry, FORMATS, encode_texts((entry.content,))) == write_alone(feed, entry)
    alike = dataclasses.replace(entry, id=entry.url, categories=entry.tags[::-1], language=feed.language)
    assert write_entry(feed, alike, FORMATS) == write_alone(feed, alike)


@pytest.mark.parametrize(("write", "method"), [(to_rss, "rss_entry"), (to_atom, "atom_entry")])
def test_feedgen_makes_the_entries_of_each_shape_and_each_but_once(monkeypatch, write, method):
    seen = []
    original = getattr(FeedEntry, method)
    monkeypatch.setattr(FeedEntry, method, lambda self, *a: seen.append(len(self.category())) or original(self, *a))
    cast_moulds.cache_clear()
    entries = [
        make_entry("one"),
        make_entry("two"),
        make_entry("three", tags=("a", "b")),
        make_entry("four", tags=("c",)),
    ]
    write(make_feed(*entries[:2]), Pieces())
    assert seen == [0]
    write(make_feed(*entries, path="tags/x"), Pieces())
    assert seen == [0, 2, 1]


def test_what_xml_forbids_harms_no_feed_wherever_it_stands():
    entry = make_entry(url=f"{SITE}a\x01b", id="urn:\ud800x\uffff", language="d\x00e", content="<p>\x0c\ufffe漢</p>")
    feed = make_feed(entry)
    assert etree.fromstring(to_rss(feed)).findtext("channel/item/link") == f"{SITE}ab"
    assert etree.fromstring(to_atom(feed)).findtext(f"{A}entry/{A}id") == "urn:x"
    (item,) = json.loads(to_json(feed))["items"]
    assert (item["language"], item["content_html"]) == ("de", "<p>漢</p>")
