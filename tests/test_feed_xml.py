import dataclasses
import html
import locale
from datetime import datetime, timedelta

import feedparser
import pytest
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.feed import Pieces, entries, frames, to_atom, to_rss
from feeds.models import Enclosure, Image, Person
from making_feeds import SITE, START, make_entry, make_feed

A = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}content"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RICH = {
    "tags": ("C++", "R&D"),
    "categories": ("News",),
    "language": "de",
    "image": Image(url=f"{SITE}a.png", alt="A <picture> & more", type="image/png", width=640, height=480, length=12345),
    "enclosure": Enclosure(url=f"{SITE}a.mp3", type="audio/mpeg", length=99),
    "authors": (Person(name="Ada"), Person(name="Bob", email="bob@blog.example", url="https://bob.example/")),
}


class AnyDatetime(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, datetime)


class Clock(metaclass=AnyDatetime):
    """feedgen's clock, standing still in another century."""

    @staticmethod
    def now(zone):
        return datetime(1999, 1, 1, tzinfo=zone)


def rss(*entries, **more):
    return etree.fromstring(to_rss(make_feed(*entries, **more))).find("channel")


def atom(*entries, **more):
    return etree.fromstring(to_atom(make_feed(*entries, **more)))


@pytest.mark.parametrize("write", [to_rss, to_atom])
def test_there_is_no_feed_without_feedgen(monkeypatch, write):
    entries.cast_moulds.cache_clear()
    frames.cast_moulds.cache_clear()
    for name in ("rss_str", "atom_str"):
        monkeypatch.setattr(FeedGenerator, name, lambda *_, **__: pytest.fail("feedgen is in the path"))
    with pytest.raises(pytest.fail.Exception):
        write(make_feed(make_entry("one")))


@pytest.mark.parametrize("write", [to_rss, to_atom])
def test_readers_get_what_was_written(write):
    entry = make_entry("one", day=1, title="Salt & <pepper>", summary="1 < 2", content="<p>1 &lt; 2</p>", **RICH)
    parsed = feedparser.parse(write(make_feed(entry, make_entry("two"))))
    assert not parsed.bozo
    assert [found.id for found in parsed.entries] == [f"{SITE}one/", f"{SITE}two/"]
    found = parsed.entries[0]
    assert found.link == entry.url
    assert [author.name for author in found.authors] == ["Ada", "Bob"]
    assert {tag.term for tag in found.tags} == {"C++", "R&D", "News"}
    assert found.content[0].value == "<p>1 &lt; 2</p>"
    assert found.published_parsed[:3] == (2026, 1, 2)
    assert [link.href for link in found.enclosures] == [f"{SITE}a.mp3"]
    assert found.media_content[0]["url"] == f"{SITE}a.png"
    assert parsed.feed.link == SITE


def test_the_home_page_is_the_channels_link_whatever_other_links_there_are():
    channel = rss(make_entry(), hub="https://hub.example/")
    assert channel.findtext("link") == SITE
    links = {link.get("rel"): link.get("href") for link in channel.findall(f"{A}link")}
    assert links == {"self": f"{SITE}rss.xml", "hub": "https://hub.example/"}


def test_atom_has_self_hub_and_home():
    links = {link.get("rel"): link.get("href") for link in atom(hub="https://hub.example/").findall(f"{A}link")}
    assert links == {"self": f"{SITE}atom.xml", "hub": "https://hub.example/", "alternate": SITE}


def test_the_links_of_an_atom_entry_keep_their_attributes():
    links = atom(make_entry(**RICH)).findall(f"{A}entry/{A}link")
    assert [dict(link.attrib) for link in links] == [
        {"href": f"{SITE}one/", "rel": "alternate", "type": "text/html"},
        {"href": f"{SITE}a.mp3", "rel": "enclosure", "type": "audio/mpeg", "length": "99"},
    ]


def test_an_author_without_an_email_address_stays():
    item = rss(make_entry(**RICH)).find("item")
    assert [creator.text for creator in item.findall(f"{DC}creator")] == ["Ada", "Bob"]
    assert item.find("author") is None


def test_an_atom_author_has_all_that_is_known():
    found = [[part.text for part in author] for author in atom(make_entry(**RICH)).findall(f"{A}entry/{A}author")]
    assert found == [["Ada"], ["Bob", "bob@blog.example", "https://bob.example/"]]


def test_content_is_declared_as_markup_and_titles_as_text():
    entry = atom(make_entry(title="<b>")).find(f"{A}entry")
    assert entry.find(f"{A}content").get("type") == "html"
    assert entry.find(f"{A}title").get("type") is None
    assert entry.findtext(f"{A}title") == "<b>"


def test_no_date_is_the_time_of_the_run(monkeypatch):
    for module in ("feed", "entry"):
        monkeypatch.setattr(f"feedgen.{module}.datetime", Clock)
    entry = make_entry(updated=START + timedelta(hours=1))
    assert "1999" not in (to_rss(make_feed(entry)) + to_atom(make_feed(entry))).decode()
    assert rss(entry).findtext("lastBuildDate") == "Thu, 01 Jan 2026 10:00:00 +0000"
    assert atom(entry).findtext(f"{A}updated") == "2026-01-01T10:00:00+00:00"


def test_the_change_of_an_entry_reaches_both_formats():
    entry = make_entry(updated=START + timedelta(hours=1))
    assert rss(entry).findtext(f"item/{A}updated") == atom(entry).findtext(f"{A}entry/{A}updated")


def test_writing_a_feed_leaves_the_locale_of_the_process_alone(monkeypatch):
    monkeypatch.setattr(locale, "setlocale", lambda *_: pytest.fail("the locale was switched"))
    to_rss(make_feed(make_entry()))
    to_atom(make_feed(make_entry()))


def test_entries_keep_the_order_of_the_feed():
    entries = [make_entry(name, day=9 - day) for day, name in enumerate("abc")]
    assert [item.findtext("title") for item in rss(*entries).findall("item")] == ["A", "B", "C"]
    assert [entry.findtext(f"{A}title") for entry in atom(*entries).findall(f"{A}entry")] == ["A", "B", "C"]


def test_the_plain_text_of_rss_is_escaped_by_number():
    feed = make_feed(make_entry(title="a & b <c>", **RICH), title="Q&A", description="x < y")
    text = to_rss(feed).decode()
    assert "<title>a &#x26; b &#x3C;c&#x3E;</title>" in text
    assert "<title>Q&#x26;A</title>" in text
    assert "<description>x &#x3C; y</description>" in text
    assert ">R&#x26;D</category>" in text
    assert etree.fromstring(text.encode()).findtext("channel/item/title") == "a & b <c>"


def test_a_summary_is_text_in_atom_and_markup_in_rss():
    entry = make_entry(summary="use <br> & co")
    assert atom(entry).findtext(f"{A}entry/{A}summary") == "use <br> & co"
    assert rss(entry).findtext("item/description") == "use &lt;br&gt; &amp; co"


@pytest.mark.parametrize("text", ["what </b> ends", "write &nbsp; there", "&#8230; is a sign"])
def test_a_summary_that_would_be_taken_for_markup_is_declared_as_such(text):
    summary = atom(make_entry(summary=text)).find(f"{A}entry/{A}summary")
    assert (summary.get("type"), html.unescape(summary.text)) == ("html", text)
    assert "type" not in atom(make_entry(summary="Q & A, 1 < 2")).find(f"{A}entry/{A}summary").attrib


def test_an_entry_without_content_shows_its_summary_alone():
    entry = make_entry(content="", summary="Words & more.")
    item = rss(entry).find("item")
    assert (item.findtext("description"), item.find(CONTENT)) == ("Words &amp; more.", None)
    assert atom(entry).findtext(f"{A}entry/{A}summary") == "Words & more."


def test_an_atom_entry_without_content_shows_its_summary_to_readers_that_know_content_alone():
    content = atom(make_entry(content="", summary="Words & more.")).find(f"{A}entry/{A}content")
    assert (content.text, content.get("type")) == ("<p>Words &amp; more.</p>", "html")


def test_an_id_that_is_the_address_is_a_permalink_and_no_other_is():
    permanent, moved = make_entry(), make_entry("two", id="urn:uuid:c51b3ff0-1c1f-4f0e-8b9f-0d7c1d3b2a10")
    guids = [(guid.text, guid.get("isPermaLink")) for guid in rss(permanent, moved).findall("item/guid")]
    assert guids == [(f"{SITE}one/", "true"), ("urn:uuid:c51b3ff0-1c1f-4f0e-8b9f-0d7c1d3b2a10", "false")]


def test_the_lead_image_has_its_type_and_size():
    for found in (rss(make_entry(**RICH)).find(f"item/{MEDIA}"), atom(make_entry(**RICH)).find(f"{A}entry/{MEDIA}")):
        assert dict(found.attrib) == {
            "url": f"{SITE}a.png",
            "medium": "image",
            "type": "image/png",
            "fileSize": "12345",
            "width": "640",
            "height": "480",
        }
        assert found[0].text == "A <picture> & more"


def test_an_image_of_which_only_the_address_is_known_says_no_more():
    found = rss(make_entry(image=Image(url=f"{SITE}a.png"))).find(f"item/{MEDIA}")
    assert (dict(found.attrib), len(found)) == ({"url": f"{SITE}a.png", "medium": "image"}, 0)


def test_an_enclosure_has_its_length_and_type():
    enclosure = rss(make_entry(**RICH)).find("item/enclosure")
    assert dict(enclosure.attrib) == {"url": f"{SITE}a.mp3", "length": "99", "type": "audio/mpeg"}


def test_tags_and_categories_are_told_apart_by_their_scheme():
    found = [dict(category.attrib) for category in atom(make_entry(**RICH)).findall(f"{A}entry/{A}category")]
    assert found == [
        {"term": "C++", "label": "C++", "scheme": f"{SITE}tags/"},
        {"term": "R&D", "label": "R&D", "scheme": f"{SITE}tags/"},
        {"term": "News", "label": "News", "scheme": f"{SITE}categories/"},
    ]


def test_an_entry_says_its_language_where_it_is_not_the_feeds():
    entry = make_entry(**RICH)
    assert atom(entry, language="en").find(f"{A}entry").get(LANG) == "de"
    assert atom(entry, language="de").find(f"{A}entry").get(LANG) is None
    assert rss(entry, language="en").findtext(f"item/{DC}language") == "de"
    assert rss(entry, language="de").find(f"item/{DC}language") is None


def test_the_feed_says_what_the_site_says():
    more = {"rights": "© Blog", "icon": f"{SITE}i.png", "logo": f"{SITE}l.svg", "ttl": 60, "language": "pt-BR"}
    channel, feed = rss(**more), atom(**more)
    assert (channel.findtext("copyright"), feed.findtext(f"{A}rights")) == ("© Blog", "© Blog")
    assert (channel.findtext("ttl"), channel.findtext("language"), feed.get(LANG)) == ("60", "pt-BR", "pt-BR")
    assert (feed.findtext(f"{A}icon"), feed.findtext(f"{A}logo")) == (f"{SITE}i.png", f"{SITE}l.svg")


def test_the_image_of_a_channel_is_one_that_rss_allows():
    more = {"icon": f"{SITE}i.png?v=2", "logo": f"{SITE}l.svg"}
    assert rss(**more).findtext("image/url") == f"{SITE}i.png?v=2"
    assert rss(logo=f"{SITE}l.svg").find("image") is None


def test_a_feed_without_entries_is_a_feed():
    assert feedparser.parse(to_rss(make_feed())).feed.title == "Blog"
    assert feedparser.parse(to_atom(make_feed())).feed.title == "Blog"


def test_a_post_that_shows_the_tags_of_a_feed_stays_whole():
    entry = make_entry(content="<p></item><entry></entry>\n</feed>\n  </channel>\n</rss></p>", title="</item>")
    assert rss(entry, make_entry("two")).findtext(f"item/{CONTENT}") == entry.content
    assert atom(entry, make_entry("two")).findtext(f"{A}entry/{A}content") == entry.content


@pytest.mark.parametrize("write", [to_rss, to_atom])
def test_shared_entries_give_the_bytes_of_a_feed_that_was_made_alone(write):
    one, two = make_entry("one", **RICH), make_entry("two")
    feeds = [make_feed(one, two), make_feed(one, path="tags/x", language="de"), make_feed(two, one, path="tags/y")]
    feeds.append(dataclasses.replace(feeds[0], entries=(dataclasses.replace(one, content=""), two)))
    pieces = Pieces()
    assert [write(feed, pieces) for feed in feeds] == [write(feed) for feed in feeds]
