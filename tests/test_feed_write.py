import dataclasses
import json

import feedparser
import pytest

from feeds.feed import to_atom, to_json, to_rss, write_feed
from making_feeds import make_entry, make_feed

WRITERS = (to_rss, to_atom, to_json)
WORDS = "<p>" + "many words " * 500 + "</p>"


def make_large(**more):
    return make_feed(*(make_entry(f"n{day}", day=-day, content=WORDS) for day in range(10)), **more)


def test_a_feed_that_fits_stays_whole():
    written = write_feed(make_large(), max_bytes=1_000_000)
    assert written.note == ""
    assert written.documents == {
        "rss": to_rss(make_large()),
        "atom": to_atom(make_large()),
        "json": to_json(make_large()),
    }


def test_the_oldest_entries_lose_their_content_first_in_every_format_alike():
    written = write_feed(make_large(), max_bytes=40_000)
    assert max(map(len, written.documents.values())) <= 40_000
    full = [bool(entry.content) for entry in written.feed.entries]
    assert full == sorted(full, reverse=True)
    assert 4 < sum(full) < 10
    for name in ("rss", "atom"):
        parsed = feedparser.parse(written.documents[name])
        assert ["content" in entry and WORDS[3:40] in entry.content[0].value for entry in parsed.entries] == full
    assert ["content_html" in item for item in json.loads(written.documents["json"])["items"]] == full


@pytest.mark.parametrize("sizes", [(1, 1, 1, 1), (9, 1, 1, 1), (1, 1, 1, 9), (1, 9, 1, 9), (5, 3, 1, 0)])
@pytest.mark.parametrize("limit", [10_000, 30_000, 50_000])
def test_no_more_is_left_out_than_the_budget_wants(sizes, limit):
    entries = [make_entry(f"n{day}", day=-day, content=WORDS * size) for day, size in enumerate(sizes)]
    written = write_feed(make_feed(*entries), max_bytes=limit)
    assert max(map(len, written.documents.values())) <= limit
    kept = sum(entry.content != "" for entry in written.feed.entries)
    one_more = [entry if day <= kept else dataclasses.replace(entry, content="") for day, entry in enumerate(entries)]
    assert one_more == entries or max(len(write(make_feed(*one_more))) for write in WRITERS) > limit


def test_what_was_left_out_is_said():
    note = write_feed(make_large(), max_bytes=40_000).note
    assert "feeds.max_bytes (40,000)" in note
    assert " of 10 entries show their summary" in note


def test_summaries_that_do_not_fit_either_are_written_and_said():
    written = write_feed(make_large(), max_bytes=1_000)
    assert not any(entry.content for entry in written.feed.entries)
    assert "lower feeds.limit" in written.note
