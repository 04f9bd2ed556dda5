"""One field under its many names."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from feeds.loader.keys import PUBLISHED, UPDATED, Fields, find_field, find_fields, fold_key, is_empty, is_false, is_true


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


@given(
    st.dictionaries(
        st.sampled_from(["date", "Date", "pub-date", "pubDate", "published", "created", "tags", "Created_At", "x"]),
        st.sampled_from([None, "", " ", "2024-01-02", [], ["x"], {}, 0, False]),
    )
)
def test_what_is_found_is_what_a_look_at_each_name_finds(table):
    expected = []
    for name in PUBLISHED:
        key = next((key for key in table if fold_key(key) == name), None)
        if key is not None and not is_empty(table[key]):
            expected.append((key, table[key]))
    for fields in (table, Fields(table)):
        assert find_fields(fields, PUBLISHED) == expected
        assert find_field(fields, PUBLISHED) == (expected or [("", None)])[0]


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
