"""An entry takes the place of what it was, and the documents are those that would be written anew."""

import dataclasses

import pytest

from feeds.feed import Exchange, to_atom, to_json, to_rss
from making_feeds import make_entry, make_feed

WRITERS = {"rss": to_rss, "atom": to_atom, "json": to_json}
ENTRIES = [make_entry(f"n{day}", day=-day, content=f"<p>Words &amp; <b>{day}</b></p>") for day in range(4)]


def write(feed):
    return {name: writer(feed) for name, writer in WRITERS.items()}


def change(entry, **more):
    return dataclasses.replace(entry, **({"content": "<p>]]&gt; {other} \\ words</p>", "summary": "Other."} | more))


@pytest.mark.parametrize("places", [[0], [3], [1, 2], [0, 1, 2, 3]])
def test_the_documents_are_those_that_would_be_written_anew(places):
    old, new = list(ENTRIES), list(ENTRIES)
    for place in places:
        new[place] = change(old[place])
    exchange = Exchange((old[place], new[place]) for place in places)
    bare = make_feed(updated=make_feed(*old).updated)
    made = exchange.exchange(bare, write(make_feed(*old)), [old[place].id for place in places])
    assert made == write(make_feed(*new))


def test_an_entry_in_another_language_is_found_in_feeds_of_either():
    old = dataclasses.replace(ENTRIES[0], language="de")
    exchange = Exchange([(old, change(old))])
    for language in ("en", "de"):
        feed = make_feed(old, language=language)
        assert exchange.exchange(feed, write(feed), [old.id]) == write(make_feed(change(old), language=language))


def test_what_does_not_hold_the_old_entry_just_once_is_left_alone():
    old = ENTRIES[0]
    exchange = Exchange([(old, change(old))])
    assert exchange.exchange(make_feed(), write(make_feed(*ENTRIES[1:])), [old.id]) is None
    assert exchange.exchange(make_feed(), write(make_feed(change(old, summary="Newer."))), [old.id]) is None
    assert exchange.exchange(make_feed(), write(make_feed(old, old)), [old.id]) is None


def test_an_entry_that_quotes_another_is_not_taken_for_it():
    quoted = to_rss(make_feed(ENTRIES[0])).decode()
    quoting = change(ENTRIES[1], content=quoted.replace("<", "&lt;"))
    exchange = Exchange([(ENTRIES[0], change(ENTRIES[0]))])
    made = exchange.exchange(make_feed(), write(make_feed(ENTRIES[0], quoting)), [ENTRIES[0].id])
    assert made == write(make_feed(change(ENTRIES[0]), quoting))
