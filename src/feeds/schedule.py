"""When an issue is due: schedules as people write them, read as cron expressions in the site's time zone.

cronsim and not croniter: it is kept by those who run Healthchecks on it, has types, follows Debian's cron and
can look back. Only wall-clock times are asked of it. Which moment a time of the clock is, is decided here: a
time that a spring gap swallows falls as much later, and one that an autumn fold brings twice counts once, the
first time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from feeds.errors import ConfigError

EVERY_NEW_POST = "every new post"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
GROUPS = {"daily": "* * *", "weekdays": "* * MON-FRI", "weekends": "* * SAT,SUN"}
EXAMPLES = '"mondays 09:00", "1st and 15th 08:00", "daily 07:30", "every new post", or five fields as cron has them'
# A slot moves by at most a day when the clocks do (Samoa left out all of 30 December 2011).
LARGEST_SHIFT = timedelta(days=1, hours=2)


def parse_schedule(schedule: str) -> str | None:
    """The schedule as a cron expression of five fields; None for "every new post". Raises ConfigError.

    >>> parse_schedule("mondays and thursdays 09:00"), parse_schedule("1st and 15th 08:00")
    ('0 9 * * MON,THU', '0 8 1,15 * *')
    """
    words = " ".join(schedule.casefold().split())
    if words == EVERY_NEW_POST:
        return None
    expression = _from_words(words) or schedule.strip()
    if not _is_cron(expression):
        raise ConfigError(f"{schedule!r} is no schedule; write {EXAMPLES}", key="schedule")
    return expression


def last_due(schedule: str, zone: str, now: datetime) -> datetime | None:
    """The latest moment not after `now` at which an issue was due, in UTC; `now` for "every new post".

    None if there was none within fifty years. Raises ConfigError.
    """
    expression = parse_schedule(schedule)
    if expression is None:
        return now
    start = _wall_clock(now, zone) + LARGEST_SHIFT
    return next((due for due in _slots(expression, zone, start, back=True) if due <= now), None)


def next_due(schedule: str, zone: str, now: datetime) -> datetime | None:
    """The earliest moment after `now` at which an issue is due, in UTC; `now` for "every new post".

    None if there is none within fifty years. Raises ConfigError.
    """
    expression = parse_schedule(schedule)
    if expression is None:
        return now
    start = _wall_clock(now, zone) - LARGEST_SHIFT
    return next((due for due in _slots(expression, zone, start, back=False) if due > now), None)


def is_due(schedule: str, zone: str, now: datetime, last: datetime | None) -> bool:
    """Whether an issue has become due after `last` (when that was last looked at) and up to `now`.

    However many moments have passed meanwhile, they are one issue; with `last` None any past moment counts. With
    "every new post" it always is.
    """
    if parse_schedule(schedule) is None:
        return True
    due = last_due(schedule, zone, now)
    return due is not None and (last is None or last < due)


def is_ahead(schedule: str, zone: str, now: datetime, last: datetime | None) -> bool:
    """Whether `last` lies further ahead of `now` than the next moment at which an issue is due.

    A clock that was wrong has then answered moments that are still to come. One of them may be left out, so that a
    clock that is put back a little makes no second issue; to leave out more would be silence.
    """
    if last is None or last <= now or parse_schedule(schedule) is None:
        return False
    answered, due = last_due(schedule, zone, last), next_due(schedule, zone, now)
    return answered is not None and due is not None and answered > due


def _is_cron(expression: str) -> bool:
    # cronsim also reads six fields, with seconds; cron does not.
    if len(expression.split()) != 5:  # noqa: PLR2004 - minute, hour, day, month, weekday
        return False
    try:
        next(CronSim(expression, datetime(2000, 1, 1)))  # noqa: DTZ001 - a wall clock without a zone, on purpose
    except (CronSimError, StopIteration):
        return False
    return True


def _slots(expression: str, zone: str, start: datetime, *, back: bool) -> map[datetime]:
    def make_moment(slot: datetime) -> datetime:
        return slot.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

    return map(make_moment, CronSim(expression, start, reverse=back))


def _wall_clock(now: datetime, zone: str) -> datetime:
    return now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _from_words(words: str) -> str | None:
    found = re.fullmatch(r"(?P<days>.+?)(?: at)? (?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)", words)
    if not found:
        return None
    clock = f"{int(found['minute'])} {int(found['hour'])}"
    if found["days"] in GROUPS:
        return f"{clock} {GROUPS[found['days']]}"
    days = re.split(r"(?:, and |, ?| and )", found["days"].removeprefix("every "))
    weekdays = [_weekday(day) for day in days]
    if all(weekdays):
        return f"{clock} * * {','.join(str(day) for day in weekdays)}"
    dates = [re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", day) for day in days]
    if all(dates):
        return f"{clock} {','.join(date[1] for date in dates if date)} * *"
    return None


def _weekday(word: str) -> str | None:
    known = next((name for name in WEEKDAYS if word in {name, f"{name}s", name[:3]}), None)
    return known[:3].upper() if known else None
