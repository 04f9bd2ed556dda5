import json

import pytest

from feeds.errors import FeedsError
from feeds.identity import Change, adopt_ids, assign_ids, compare_feeds, match_entries, read_feed
from feeds.models import History
from making import make_post

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Old</title><link>https://blog.example/</link>
<description>x</description>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>{link}</link><guid isPermaLink="false">{id}</guid>
<pubDate>Thu, {day:02} Jan 2026 09:00:00 +0000</pubDate><description>{text}</description></item>"""


def rss(*items):
    filled = "".join(ITEM.format(**({"day": 1, "text": "Text."} | item)) for item in items)
    return read_feed(RSS.format(items=filled).encode(), path="old.xml")


def test_rss_atom_and_json_are_read_alike():
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>Old</title><updated>2026-01-01T09:00:00Z</updated>
    <entry><id>urn:1</id><title>One</title><link href="https://blog.example/one/"/><updated>2026-01-01T09:00:00Z</updated>
    <published>2026-01-01T09:00:00Z</published></entry></feed>"""
    item = {"id": "urn:1", "url": "https://blog.example/one/", "title": "One", "date_published": "2026-01-01T09:00:00Z"}
    found = [
        rss({"title": "One", "link": "https://blog.example/one/", "id": "urn:1"})[0],
        read_feed(atom, path="old.xml")[0],
        read_feed(json.dumps({"items": [item]}).encode(), path="old.json")[0],
    ]
    assert len({(one.id, one.url, one.title, one.published) for one in found}) == 1


@pytest.mark.parametrize("data", [b"<html><body>No</body></html>", b"", b'{"items": 3}', b"{", b"hello"])
def test_what_is_no_feed_is_said_to_be_none(data):
    with pytest.raises(FeedsError, match=r"old\.xml: is no"):
        read_feed(data, path="old.xml")


def test_the_old_id_is_adopted_and_survives_every_later_move():
    post = make_post("one")
    old = rss({"title": "One", "link": "http://blog.example/one", "id": "tag:old,1"})
    adoption = match_entries(old, [post])
    assert [match.how for match in adoption.matched] == ["link"]
    history = History(posts=adopt_ids(adoption, fingerprint=lambda post: post.body))
    assert assign_ids([post], history, fingerprint=lambda post: post.body).ids == {post.source: "tag:old,1"}


def test_a_post_whose_address_changed_is_recognised_by_title_and_day():
    old = rss({"title": "ONE", "link": "https://blog.example/?p=17", "id": "17"})
    (match,) = match_entries(old, [make_post("one"), make_post("two")]).matched
    assert (match.how, match.post.title) == ("title and day", "One")


def test_the_same_title_on_another_day_is_doubtful_and_a_stranger_is_unmatched():
    old = rss(
        {"title": "One", "link": "https://blog.example/?p=17", "id": "17", "day": 29},
        {"title": "Never heard of", "link": "https://blog.example/?p=18", "id": "18"},
    )
    adoption = match_entries(old, [make_post("one")])
    assert adoption.matched == ()
    assert [match.how for match in adoption.doubtful] == ["title"]
    assert [entry.title for entry in adoption.unmatched] == ["Never heard of"]


def test_one_post_is_never_two_entries():
    old = rss(
        {"title": "One", "link": "https://blog.example/one/", "id": "1"},
        {"title": "One", "link": "https://blog.example/one/", "id": "2"},
    )
    assert len(match_entries(old, [make_post("one")]).matched) == 1


def test_each_change_has_its_name():
    old = rss(
        {"title": "Same", "link": "https://blog.example/same/", "id": "1", "day": 8},
        {"title": "Edited", "link": "https://blog.example/edited/", "id": "2", "day": 7},
        {"title": "Renamed", "link": "https://blog.example/renamed/", "id": "3", "day": 6},
        {"title": "Gone", "link": "https://blog.example/gone/", "id": "4", "day": 5},
    )
    new = rss(
        {"title": "New", "link": "https://blog.example/new/", "id": "5", "day": 9},
        {"title": "Same", "link": "https://blog.example/same/", "id": "1", "day": 8},
        {"title": "Edited", "link": "https://blog.example/edited/", "id": "2", "day": 7, "text": "Other text."},
        {"title": "Renamed", "link": "https://blog.example/renamed/", "id": "33", "day": 6},
        {"title": "Old", "link": "https://blog.example/old/", "id": "6", "day": 1},
    )
    changes = {found.title: found.change for found in compare_feeds(old, new)}
    assert changes == {
        "New": Change.NEW,
        "Edited": Change.EDITED,
        "Renamed": Change.REIDENTIFIED,
        "Old": Change.NEW,
        "Gone": Change.GONE,
    }


def test_an_entry_that_made_room_for_a_newer_one_is_not_gone():
    old = rss(
        {"title": "B", "link": "https://blog.example/b/", "id": "b", "day": 2},
        {"title": "A", "link": "https://blog.example/a/", "id": "a", "day": 1},
    )
    new = rss(
        {"title": "C", "link": "https://blog.example/c/", "id": "c", "day": 8},
        {"title": "B", "link": "https://blog.example/b/", "id": "b", "day": 2},
    )
    assert [found.change for found in compare_feeds(old, new)] == [Change.NEW]
