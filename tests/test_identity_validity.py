"""A feed that is read back before anybody else reads it."""

import json

import pytest

from feeds.feed import to_atom, to_json, to_rss
from feeds.identity import find_faults
from making_feeds import make_entry, make_feed

FEED = make_feed(make_entry("one"), make_entry("two", day=-1))
IDS = [entry.id for entry in FEED.entries]
FILES = {"rss.xml": to_rss(FEED), "atom.xml": to_atom(FEED), "feed.json": to_json(FEED)}


def drop_dates(data):
    document = json.loads(data)
    for item in document["items"]:
        del item["date_published"]
    return json.dumps(document).encode()


@pytest.mark.parametrize("path", FILES)
def test_what_is_written_is_valid(path):
    assert find_faults(FILES[path], path=path, ids=IDS) == ()


@pytest.mark.parametrize("path", FILES)
def test_an_entry_that_is_missing_or_has_another_id_is_a_fault(path):
    for ids in ([*IDS, "three"], IDS[:1], [*reversed(IDS)]):
        assert "entries, and not the" in find_faults(FILES[path], path=path, ids=ids)[0]


@pytest.mark.parametrize(
    ("path", "spoil", "said"),
    [
        ("rss.xml", lambda data: data.replace(b"</item>", b"<b></item>", 1), "is not well-formed"),
        ("atom.xml", lambda data: data.replace(b"<title>", b"<title>\x0b", 1), "is not well-formed"),
        ("rss.xml", lambda _: b"<html/>", "is no feed"),
        ("feed.json", lambda _: b"{}", "is no JSON Feed"),
        ("feed.json", lambda data: data.replace(IDS[1].encode(), IDS[0].encode()), "2 entries with the id"),
        ("feed.json", drop_dates, "an entry without a date"),
    ],
)
def test_what_a_strict_reader_refuses_is_a_fault(path, spoil, said):
    assert said in " ".join(find_faults(spoil(FILES[path]), path=path, ids=IDS))
