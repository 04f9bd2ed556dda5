from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from feeds.errors import ConfigError
from feeds.schedule import is_due, last_due, next_due, parse_schedule

BERLIN = "Europe/Berlin"


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("schedule", "expression"),
    [
        ("mondays 09:00", "0 9 * * MON"),
        ("Monday at 9:05", "5 9 * * MON"),
        ("every friday 23:59", "59 23 * * FRI"),
        ("mondays, wednesdays and fridays 07:30", "30 7 * * MON,WED,FRI"),
        ("1st and 15th 08:00", "0 8 1,15 * *"),
        ("daily 07:30", "30 7 * * *"),
        ("weekdays 07:30", "30 7 * * MON-FRI"),
        ("0 6 * * 1", "0 6 * * 1"),
        ("every new post", None),
    ],
)
def test_a_schedule_is_written_as_people_say_it(schedule, expression):
    assert parse_schedule(schedule) == expression


@pytest.mark.parametrize(
    "schedule",
    ["", "mondays", "someday 09:00", "mondays 25:00", "31st 9", "61 * * * *", "* * * * * *", "0 9 31 2 *"],
)
def test_what_is_no_schedule_is_refused_with_examples(schedule):
    with pytest.raises(ConfigError, match="is no schedule; write") as caught:
        parse_schedule(schedule)
    assert caught.value.key == "schedule"


def test_every_new_post_is_always_due():
    now = at("2026-03-04T10:00:00+01:00")
    assert is_due("every new post", BERLIN, now, now - timedelta(minutes=1))
    assert last_due("every new post", BERLIN, now) == next_due("every new post", BERLIN, now) == now


def test_the_moment_itself_is_due_and_the_minute_before_is_not():
    last = at("2026-03-02T12:00:00+01:00")
    assert not is_due("mondays 09:00", BERLIN, at("2026-03-09T08:59:59+01:00"), last)
    assert is_due("mondays 09:00", BERLIN, at("2026-03-09T09:00:00+01:00"), last)


def test_the_zone_is_the_newsletters_and_not_the_machines(monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Apia")
    assert last_due("daily 09:00", "Asia/Tokyo", at("2026-03-09T00:00:00+00:00")) == at("2026-03-09T09:00:00+09:00")


def test_a_machine_that_slept_for_weeks_wakes_to_one_issue():
    last, now = at("2026-03-02T09:00:00+01:00"), at("2026-03-25T14:00:00+01:00")
    assert is_due("mondays 09:00", BERLIN, now, last)
    assert not is_due("mondays 09:00", BERLIN, now + timedelta(minutes=1), now)


def test_a_clock_that_went_back_makes_nothing_due():
    assert not is_due("daily 09:00", BERLIN, at("2026-03-08T10:00:00+01:00"), at("2026-03-09T09:00:00+01:00"))


def test_a_date_that_a_month_lacks_is_left_out():
    assert next_due("31st 08:00", BERLIN, at("2026-02-01T00:00:00+01:00")) == at("2026-03-31T08:00:00+02:00")


def count_issues(schedule, zone, start, end, step):
    """How often cron, asking each `step`, would find an issue due."""
    considered, now, moments = start, start, []
    while now <= end:
        if is_due(schedule, zone, now, considered):
            moments.append(now)
            considered = now
        now += step
    return moments


@pytest.mark.parametrize("step", [timedelta(minutes=5), timedelta(minutes=61), timedelta(hours=24)])
@pytest.mark.parametrize("clock", ["00:30", "02:00", "02:30", "03:00", "03:30"])
@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_day_with_a_gap_or_a_fold_has_exactly_one_issue(day, clock, step):
    start = at(f"{day}T00:00:00+00:00") - timedelta(hours=6)
    moments = count_issues(f"daily {clock}", BERLIN, start, start + timedelta(hours=48), step)
    assert len(moments) == 2


def test_a_day_that_the_calendar_left_out_has_no_issue_of_its_own():
    start = at("2011-12-29T12:00:00-10:00")
    moments = count_issues("daily 09:00", "Pacific/Apia", start, start + timedelta(hours=48), timedelta(minutes=10))
    assert [moment.astimezone(UTC) for moment in moments] == [
        at("2011-12-30T19:00:00+00:00"),
        at("2011-12-31T19:00:00+00:00"),
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["daily 02:30", "mondays 09:00", "1st and 15th 00:00", "*/20 1-3 * * *"]),
    st.sampled_from([BERLIN, "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]),
    st.integers(1_100_000_000, 2_200_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
)
def test_the_last_and_the_next_moment_enclose_now(schedule, zone, now):
    before, after = last_due(schedule, zone, now), next_due(schedule, zone, now)
    assert before <= now < after
    assert next_due(schedule, zone, before - timedelta(seconds=1)) == before
    assert last_due(schedule, zone, after) == after
