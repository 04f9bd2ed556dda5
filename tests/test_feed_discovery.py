from html.parser import HTMLParser

from feeds.feed import discovery_links
from making_feeds import SITE, make_feed


def links(feed):
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(discovery_links(feed))
    return found


def test_each_format_is_announced_atom_first():
    found = [attributes for tag, attributes in links(make_feed()) if tag == "link"]
    assert [link["href"] for link in found] == [f"{SITE}atom.xml", f"{SITE}rss.xml", f"{SITE}feed.json"]
    assert [link["type"] for link in found] == ["application/atom+xml", "application/rss+xml", "application/feed+json"]
    assert {link["rel"] for link in found} == {"alternate"}


def test_a_title_cannot_leave_its_attribute():
    (link,) = links(make_feed(title='"><script>&', formats=("rss",)))
    assert link[1]["title"] == '"><script>&'


def test_a_feed_in_one_format_needs_no_name_of_it():
    assert [link[1]["title"] for link in links(make_feed(formats=("atom",)))] == ["Blog"]
