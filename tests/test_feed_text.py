from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st
from lxml import etree

from feeds.feed.text import clean_line, clean_text, rfc822, rfc3339

LONG_AGO = datetime(1000, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone


@given(st.text(st.characters()))
def test_any_text_is_xml_after_cleaning(text):
    element = etree.Element("x")
    element.text = clean_text(text)
    assert clean_text(element.text) == element.text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")))
def test_text_that_is_xml_already_stays_as_it_is(text):
    assert clean_text(f"\t{text}\n") == f"\t{text}\n"


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_forbids_goes_and_its_neighbours_stay(bad):
    assert clean_text(f"größe {bad}and") == "größe and"


def test_a_title_is_one_line():
    assert clean_line(" a\n  b\u2028c\x0bd ") == "a b cd"


@given(st.datetimes(LONG_AGO, timezones=st.timezones(), allow_imaginary=False))
def test_both_dates_say_the_same_second(moment):
    assert parsedate_to_datetime(rfc822(moment)) == datetime.fromisoformat(rfc3339(moment))


def test_an_offset_with_seconds_becomes_utc():
    before_zones = datetime(1890, 5, 1, tzinfo=ZoneInfo("Europe/Berlin"))
    assert rfc3339(before_zones) == "1890-04-30T23:06:32+00:00"


def test_a_date_of_rss_is_english_with_a_weekday_and_an_offset():
    assert rfc822(datetime(2026, 2, 28, 23, 5, 7, 999999, tzinfo=UTC)) == "Sat, 28 Feb 2026 23:05:07 +0000"
