"""Dates: every form that blogs hold, each against the moment that the generator or the standard gives it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from feeds.errors import PostError
from feeds.loader.dates import date_in_name, parse_date

BERLIN = ZoneInfo("Europe/Berlin")

DAYS = [
    ("2013/01/02", "2013-01-02"),
    ("2024-1-2", "2024-01-02"),
    ("2024.01.02", "2024-01-02"),
    ("Jan 2, 2013", "2013-01-02"),
    ("January 2nd, 2013", "2013-01-02"),
    ("Sept. 3, 2012", "2012-09-03"),
    ("2 January 2013", "2013-01-02"),
    ("3-Jan-2013", "2013-01-03"),
    ("2nd of May, 2013", "2013-05-02"),
    ("Thursday, 4 July 2013", "2013-07-04"),
    ("2013 January 2", "2013-01-02"),
    ("20240102", "2024-01-02"),
    (20240102, "2024-01-02"),
    ("2024-01", "2024-01-01"),
    ("January 2024", "2024-01-01"),
    ("31.12.2013", "2013-12-31"),
    ("12/31/2013", "2013-12-31"),
    ("2024年1月2日", "2024-01-02"),
    (date(2024, 1, 2), "2024-01-02"),
]

MOMENTS = [
    ("2020-09-06 22:010:17", "2020-09-06T22:10:17+02:00"),
    ("2024-01-02 10:00", "2024-01-02T10:00:00+01:00"),
    ("2024-07-02 10:00", "2024-07-02T10:00:00+02:00"),
    ("2024-01-02 10:00:00 -0500", "2024-01-02T10:00:00-05:00"),
    ("2024-01-02 10:00:00.5 -0800 PST", "2024-01-02T10:00:00.500000-08:00"),
    ("2024-01-02 10:00:00 UTC-05:00", "2024-01-02T10:00:00-05:00"),
    ("2024-01-02 10:00 +0900", "2024-01-02T10:00:00+09:00"),
    ("2024-01-02 10:00:00 +9", "2024-01-02T10:00:00+09:00"),
    ("2024-01-02T10:00:00Z", "2024-01-02T10:00:00+00:00"),
    ("2024-01-02T10:00:00.123456789Z", "2024-01-02T10:00:00.123456+00:00"),
    ("2024-01-02T10:00:00+09:00[Asia/Seoul]", "2024-01-02T10:00:00+09:00"),
    ("20240102T101500Z", "2024-01-02T10:15:00+00:00"),
    ("20240102101500", "2024-01-02T10:15:00+01:00"),
    ("2012/04/17 23:40", "2012-04-17T23:40:00+02:00"),
    ("2024-01-02 10:00 America/New_York", "2024-01-02T10:00:00-05:00"),
    ("2024-07-02 10:00 America/New_York", "2024-07-02T10:00:00-04:00"),
    ("2024-01-02 10:00 Etc/GMT+5", "2024-01-02T10:00:00-05:00"),
    ("2024-01-02 10:00 PST", "2024-01-02T10:00:00-08:00"),
    ("2024-07-02 10:00 IST", "2024-07-02T10:00:00+05:30"),
    ("Mon, 02 Jan 2006 15:04:05 MST", "2006-01-02T15:04:05-07:00"),
    ("Mon Jan  2 15:04:05 MST 2006", "2006-01-02T15:04:05-07:00"),
    ("Mon Jan 2 15:04:05 2006", "2006-01-02T15:04:05+01:00"),
    ("Tue Jan 02 2024 10:00:00 GMT+0100 (Central European Standard Time)", "2024-01-02T10:00:00+01:00"),
    ("Monday, January 2nd, 2006 at 3:04 PM", "2006-01-02T15:04:00+01:00"),
    ("January 2, 2006 12am", "2006-01-02T00:00:00+01:00"),
    ("2024-01-02 12:30 p.m.", "2024-01-02T12:30:00+01:00"),
    ("2024-01-02 20:00 PM", "2024-01-02T20:00:00+01:00"),
    ("2024-01-02 24:00", "2024-01-03T00:00:00+01:00"),
    ("2024-01-02-19:48", "2024-01-02T19:48:00+01:00"),
    ("2024/01/02 12:42:33:5", "2024-01-02T12:42:33.500000+01:00"),
    (datetime(2024, 1, 2, 10, tzinfo=None), "2024-01-02T10:00:00+01:00"),  # noqa: DTZ001 - what PyYAML returns
    (datetime(2024, 1, 2, 10, tzinfo=UTC), "2024-01-02T10:00:00+00:00"),
]

NO_DATES = [
    "tomorrow",
    "May",
    "",
    "12:30",
    "2024",
    12345,
    2024,
    True,
    1.5,
    None,
    [],
    {"created": "2024-01-02"},
]
NO_DATES += [
    "2024-13-01",
    "2017-02-29",
    "0000-01-01",
    "0001-01-01",
    "9999-12-31 23:00 -0500",
    "2024-01-02 25:00",
]
NO_DATES += ["2024-01-02 10:61", "2024-01-02 10:00 Foo", "2024-01-02 10:00 Europe", "2024-01-02 10:00 +9900"]
NO_DATES += ["version 2024-01-02", "2024-01-02 and more", "2024-01-02-0500", "٢٠٢٤-٩٩-٠٢"]


@pytest.mark.parametrize(("written", "day"), DAYS)
def test_a_day_is_read_in_the_sites_zone_at_the_default_time(written, day):
    found = parse_date(written, zone=BERLIN, default_time=time(9, 30))
    assert found.when == datetime.combine(date.fromisoformat(day), time(9, 30), tzinfo=BERLIN)
    assert found.has_time is False
    assert found.note is None


@pytest.mark.parametrize(("written", "moment"), MOMENTS)
def test_a_moment_keeps_its_own_zone_or_gets_the_sites(written, moment):
    found = parse_date(written, zone=BERLIN, default_time=time(9, 30))
    assert found.when.isoformat() == moment
    assert found.has_time is True


@pytest.mark.parametrize("written", NO_DATES)
def test_what_is_no_date_is_an_error_that_says_so(written):
    with pytest.raises(PostError, match=r"no date|not exist|no time|no offset|calendar"):
        parse_date(written, zone=BERLIN)


def test_the_sites_meaning_of_an_abbreviation_wins():
    shanghai = parse_date("2024-01-02 10:00 CST", zone=ZoneInfo("Asia/Shanghai"))
    assert shanghai.when.utcoffset() == timedelta(hours=8)
    assert parse_date("2024-01-02 10:00 CST", zone=BERLIN).when.utcoffset() == timedelta(hours=-6)


def test_a_time_that_a_clock_change_skips_moves_on_and_says_so():
    found = parse_date("2023-03-26 02:30", zone=BERLIN)
    assert found.when.isoformat() == "2023-03-26T03:30:00+02:00"
    assert found.note
    assert "03:30" in found.note


def test_a_time_that_comes_twice_is_the_first():
    assert parse_date("2023-10-29 02:30", zone=BERLIN).when.isoformat() == "2023-10-29T02:30:00+02:00"


def test_a_day_whose_midnight_does_not_exist_is_read_without_a_word():
    found = parse_date("2018-11-04", zone=ZoneInfo("America/Sao_Paulo"))
    assert found.when.isoformat() == "2018-11-04T01:00:00-02:00"
    assert found.note is None


def test_the_29th_of_february_2017_rolls_over_only_where_the_generator_does():
    found = parse_date("2017-02-29 10:00:00", zone=BERLIN, rolls_over=True)
    assert found.when.isoformat() == "2017-03-01T10:00:00+01:00"
    assert found.note == "there is no 2017-02-29; read as 2017-03-01, as the generator does"
    with pytest.raises(PostError, match="2017-02-29"):
        parse_date("2017-02-29 10:00:00", zone=BERLIN)


def test_an_ambiguous_order_is_said():
    found = parse_date("01/02/2013", zone=BERLIN)
    assert found.when.date() == date(2013, 1, 2)
    assert found.note == "read as 2013-01-02; write it so, to be sure"


@pytest.mark.parametrize("text", ["2025--10-09", "2025-10-09 T02:23:56+00:00", "2025-10--09 02:23"])
def test_a_slip_of_the_hand_is_read_over_and_said(text):
    found = parse_date(text, zone=BERLIN)
    assert found.when.date() == date(2025, 10, 9)
    assert found.note == "read as 2025-10-09; write it so, to be sure"


@pytest.mark.parametrize(
    ("name", "day", "rest"),
    [
        ("2024-01-02-hello-world", "2024-01-02", "hello-world"),
        ("2024-1-2-hello", "2024-01-02", "hello"),
        ("2024-01-02 My note", "2024-01-02", "My note"),
        ("2024_01_02_hello", "2024-01-02", "hello"),
        ("2019-02-26_steering", "2019-02-26", "steering"),
        ("2015-03-31-5.0.0", "2015-03-31", "5.0.0"),
        ("2024-01-02", "2024-01-02", ""),
        ("2021-08-update", "2021-08-01", "update"),
        ("20240102-hello", "2024-01-02", "hello"),
        ("202401021030 Zettel", "2024-01-02", "Zettel"),
        ("160508-full-stack", "2016-05-08", "full-stack"),
        ("991231-party", "1999-12-31", "party"),
    ],
)
def test_a_name_begins_with_its_day(name, day, rest):
    assert date_in_name(name) == (date.fromisoformat(day), rest)


@pytest.mark.parametrize(
    "name",
    ["hello", "2023-11,12-update", "2017-02-29-x", "404-error", "v1.2", "123456", "20240102x", "2024", ""],
)
def test_a_name_without_a_day_has_none(name):
    assert date_in_name(name) is None


@given(st.datetimes(datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2100-01-01")), st.integers(-56, 56))
def test_what_python_writes_is_read_back(moment, quarters):
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=15 * quarters)))
    assert parse_date(aware.isoformat(), zone=BERLIN).when == aware
    short = aware.replace(microsecond=0)
    assert parse_date(short.strftime("%a, %d %b %Y %H:%M:%S %z"), zone=BERLIN).when == short
    assert parse_date(short.strftime("%Y/%m/%d %I:%M:%S %p %z"), zone=BERLIN).when == short


@given(st.text() | st.integers() | st.from_regex(r"[0-9TZ:/ +-]{4,30}", fullmatch=True))
def test_anything_is_either_an_aware_date_or_one_error(value):
    try:
        found = parse_date(value, zone=BERLIN, rolls_over=True)
    except PostError:
        return
    assert found.when.astimezone(UTC).tzinfo is UTC


@given(st.text(max_size=40))
def test_any_name_can_be_asked_for_its_day(name):
    found = date_in_name(name)
    assert found is None or name.endswith(found[1])


@given(
    st.datetimes(),
    st.sampled_from(["T", "t", " "]),
    st.sampled_from(["", "Z", " Z", "+00:00", "+05:30", " -0330", "+0960", " +23:59", "-24:00", "+99:99"]),
    st.integers(0, 99),
)
def test_the_common_form_is_the_moment_that_the_other_forms_say(when, mark, offset, second):
    def read(text):
        try:
            found = parse_date(text, zone=BERLIN)
        except PostError:
            return None
        return found, found.when.isoformat()

    text = f"{when.isoformat()[:10]}{mark}{when:%H:%M}:{second:02}"
    # With a fraction of a second, if only of none, it is no longer of the common form.
    assert read(f"{text}{offset}") == read(f"{text}.0{offset}")
