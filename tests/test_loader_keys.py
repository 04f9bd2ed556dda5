"""One field under its many names."""

from __future__ import annotations

import pytest

from feeds.loader.keys import PUBLISHED, UPDATED, Fields, find_field, is_false, is_true


@pytest.mark.parametrize("key", ["pubDate", "pub_date", "Pub-Date", "PUBDATE", "pubdate"])
def test_a_key_is_known_however_it_is_spelled(key):
    assert find_field({key: "2024-01-02"}, PUBLISHED) == (key, "2024-01-02")


@pytest.mark.parametrize(
    "key",
    ["updated", "lastmod", "modified", "last_modified_at", "updatedDate", "lastUpdated", "last-modified", "updatedAt"],
)
def test_generators_names_for_a_change_are_one(key):
    assert find_field(Fields({key: "x"}), UPDATED) == (key, "x")


@pytest.mark.parametrize("empty", [None, "", "  ", [], {}])
def test_what_says_nothing_is_passed_over(empty):
    assert find_field({"date": empty, "created": "x"}, PUBLISHED) == ("created", "x")
    assert find_field({"date": empty}, PUBLISHED) == ("", None)


@pytest.mark.parametrize("value", [True, "yes", "On", " TRUE ", "1", 1])
def test_yes_is_said_in_many_ways(value):
    assert is_true(value)
    assert not is_false(value)


@pytest.mark.parametrize("value", [False, "no", "off", "False", "0", 0])
def test_no_is_said_in_many_ways(value):
    assert is_false(value)
    assert not is_true(value)


@pytest.mark.parametrize("value", [None, "", "2024-01-02", 2024, [], {}])
def test_what_is_neither_is_neither(value):
    assert not is_true(value)
    assert not is_false(value)
