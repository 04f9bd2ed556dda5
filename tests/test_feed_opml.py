from email.utils import parsedate_to_datetime

from lxml import etree

from feeds.feed import to_opml
from making import make_config
from making_feeds import SITE, START, make_entry, make_feed


def outlines(config, feeds):
    return [dict(outline.attrib) for outline in etree.fromstring(to_opml(config, feeds)).iter("outline")]


def test_every_xml_feed_is_listed_by_its_address(tmp_path):
    feeds = [make_feed(make_entry()), make_feed(path="tags/x", title="Blog: x & y", formats=("atom",))]
    found = outlines(make_config(tmp_path), feeds)
    assert [outline["xmlUrl"] for outline in found] == [f"{SITE}atom.xml", f"{SITE}rss.xml", f"{SITE}tags/x/atom.xml"]
    assert [outline["text"] for outline in found] == ["Blog (Atom)", "Blog (RSS)", "Blog: x & y"]
    assert {outline["type"] for outline in found} == {"rss"}
    assert {outline["htmlUrl"] for outline in found} == {SITE}


def test_a_site_with_json_feeds_alone_lists_those(tmp_path):
    assert [outline["xmlUrl"] for outline in outlines(make_config(tmp_path), [make_feed(formats=("json",))])] == [
        f"{SITE}feed.json"
    ]


def test_the_list_has_a_title_and_the_date_of_the_newest_change(tmp_path):
    head = etree.fromstring(to_opml(make_config(tmp_path), [make_feed(), make_feed(make_entry(day=-5))])).find("head")
    assert head.findtext("title") == "Blog"
    assert parsedate_to_datetime(head.findtext("dateModified")) == START


def test_a_list_without_feeds_is_a_list(tmp_path):
    assert outlines(make_config(tmp_path), []) == []
