"""Dates as people write them, in front matter and in file names, as aware datetimes.

A date is read by a grammar, not by guessing: what is no date in one of the forms below is an error, because a
post on the wrong day is mailed at the wrong time. The forms are ISO 8601 with all the liberties that YAML,
Ruby, Go and JavaScript take with it, RFC 5322, `Date.toString()`, asctime, and English dates with the month's
name in either order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, timezone
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from feeds.errors import PostError

if TYPE_CHECKING:
    from datetime import tzinfo

MIDNIGHT = time()

# RFC 5322 section 4.3 and what else mail programs, Ruby and people write; where the site's own zone has the
# same abbreviation (IST in Jerusalem, CST in Shanghai), the site's meaning wins.
ABBREVIATIONS = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MEZ": 60,
    "CEST": 120, "MESZ": 120, "EET": 120, "SAST": 120, "EEST": 180, "MSK": 180, "TRT": 180, "PKT": 300,
    "IST": 330, "WIB": 420, "HKT": 480, "SGT": 480, "PHT": 480, "AWST": 480, "JST": 540, "KST": 540,
    "ACST": 570, "AEST": 600, "ACDT": 630, "AEDT": 660, "NZST": 720, "NZDT": 780, "BRT": -180,
    "ART": -180, "ADT": -180, "AST": -240, "EDT": -240, "EST": -300, "CDT": -300, "CST": -360,
    "MDT": -360, "MST": -420, "PDT": -420, "PST": -480, "AKDT": -480, "AKST": -540, "HST": -600,
    "NDT": -150, "NST": -210,
}  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|nesday|rsday|urday|sday)?\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_TIME = (
    r"(?:(?P<hour>\d{1,2}):(?P<minute>0?\d{1,2})(?::(?P<second>0?\d{1,2})(?:[.,:](?P<fraction>\d+))?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?|(?P<bare_hour>\d{1,2})\s*(?P<bare_half>[ap])\.?m\b\.?)"
)
_DIGITS = r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?"
_ZONE = r"(?P<zone>(?:(?:utc|gmt)\s*)?[+-]\d{1,2}(?::?\d{2})?|[a-z][a-z_]*(?:/[a-z0-9_+-]+)*)"
# JavaScript's Date.toString() ends with the zone's name in brackets, java.time's with its IANA name, Go's with an
# abbreviation after the offset.
_REST = (
    rf"(?:(?:t|,?\s*\bat\b\s*|[\s,]+|-(?=\d\d?:\d\d)){_TIME})?(?:\s*{_ZONE})?(?:(?<=\d)\s[a-z]{{2,5}})?"
    r"(?:\s*[(\[][^()\[\]]*[)\]])?$"
)
# What most dates are, and Python reads as it stands but for a space before the offset.
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ](?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(Z|\s?[+-][0-9]{2}:?[0-9]{2})?$"
)
_SLIPS = re.compile(r"(?<=\d)--(?=\d)")  # of the hand; dateutil reads over them
_FORMS = (
    rf"{_YEAR}[-/.年](?P<month>\d{{1,2}})(?:[-/.月](?P<day>\d{{1,2}})日?)?(?!\d|-(?!\d\d?:))月?{_REST}",
    rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:[t\s]?{_DIGITS})?(?:\s*{_ZONE})?$",
    rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)t{_DIGITS}(?:\s*{_ZONE})?$",
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}{_REST}",
    rf"{_WEEKDAY}{_DAY}[\s-]*(?:of\s+)?{_MONTH}[\s,-]+{_YEAR}{_REST}",
    rf"{_WEEKDAY}{_YEAR}[\s-]{_MONTH}[\s-]{_DAY}{_REST}",
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY}\s+{_TIME}(?:\s+{_ZONE})?\s+{_YEAR}$",
    rf"{_MONTH},?\s+{_YEAR}$",
    rf"(?P<first>\d{{1,2}})(?P<mark>[./-])(?P<other>\d{{1,2}})(?P=mark){_YEAR}{_REST}",
)


@cache
def _compile(form: str) -> re.Pattern[str]:
    """The pattern of a form, which takes half a millisecond to make, and few sites need more than the first."""
    return re.compile(form, re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDate:
    """A moment, in the zone it was written in. `has_time` is false where only a day was written.

    `note` is a sentence for the author where the date could be read, but not as written.
    """

    when: datetime
    has_time: bool
    note: str | None = None


def parse_date(
    value: object,
    *,
    zone: ZoneInfo,
    default_time: time = MIDNIGHT,
    rolls_over: bool = False,
    day_first: bool | None = None,
) -> ParsedDate:
    """The moment that a front matter value means; `zone` is the site's, for a date that names none.

    A local time that a clock change skips moves on by the gap; one that comes twice is the first (PEP 495,
    fold 0). With `rolls_over` a day that its month does not have counts on into the next, as in js-yaml and
    JavaScript's `Date.UTC`. `day_first` is the order in which the generator reads `3/4/2024`, None where it has
    none of its own. Raises PostError if the value is no date, or is one that does not exist.
    """
    if isinstance(value, datetime):
        return _settle(value, zone=zone, has_time=True)
    if isinstance(value, date):
        return _settle(datetime.combine(value, default_time), zone=zone, has_time=False)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise PostError(f"{value!r} is no date; write it as 2024-12-31 or 2024-12-31 18:30:00 +01:00")
    text = str(value)
    if (found := _ISO.match(text)) and (when := _read_iso(text, found[1])):
        return _settle(when, zone=zone, has_time=True)
    text = " ".join(text.split())
    for form in _FORMS:
        if match := _compile(form).match(text):
            parts = match.groupdict()
            day = _read_day(parts, day_first=day_first)
            return _read(text, parts, day, zone=zone, default_time=default_time, rolls_over=rolls_over)
    if (mended := _SLIPS.sub("-", text).replace(" T", "T")) != text and re.match(r"\d{4}-\d", mended):
        read = parse_date(mended, zone=zone, default_time=default_time, rolls_over=rolls_over, day_first=day_first)
        return replace(read, note=f"read as {read.when:%Y-%m-%d}; write it so, to be sure")
    raise PostError(f"{text!r} is no date; write it as 2024-12-31 or 2024-12-31 18:30:00 +01:00")


def _read_iso(text: str, offset: str | None) -> datetime | None:
    """The moment, None if there is no such one: whoever knows all forms says more about that."""
    try:
        return datetime.fromisoformat(text[:19] + offset.strip() if offset else text[:19])
    except ValueError:
        return None


def _read(
    text: str,
    parts: dict[str, str | None],
    written: tuple[int, int, int, str | None],
    *,
    zone: ZoneInfo,
    default_time: time,
    rolls_over: bool,
) -> ParsedDate:
    year, month, day, note = written
    clock = _read_clock(parts)
    named = parts.get("zone")
    moment = default_time if clock is None else MIDNIGHT
    try:
        if rolls_over and 0 < day <= 99 and month <= 99:  # noqa: PLR2004 - js-yaml takes any two digits
            first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
            local = datetime.combine(first + timedelta(days=day - 1), moment)
            if (local.month, local.day) != (month, day):
                note = f"there is no {year}-{month:02}-{day:02}; read as {local:%Y-%m-%d}, as the generator does"
        else:
            local = datetime.combine(date(year, month, day), moment)
        local += clock or timedelta()
    except (ValueError, OverflowError):
        raise PostError(f"{text!r} is a date that does not exist; correct the day") from None
    found = _settle(
        local.replace(tzinfo=_find_zone(named, local, zone)) if named else local,
        zone=zone,
        has_time=clock is not None,
    )
    return ParsedDate(when=found.when, has_time=found.has_time, note=note or found.note)


def _read_day(parts: dict[str, str | None], *, day_first: bool | None) -> tuple[int, int, int, str | None]:
    year = int(parts["year"] or 0)
    if name := parts.get("name"):
        return year, MONTHS.index(name[:3].lower()) + 1, int(parts.get("day") or 1), None
    if first := parts.get("first"):
        one, two = int(first), int(parts["other"] or 0)
        # Where no generator has an order of its own, dots are the German and Russian one, the rest American.
        first_is_day = (parts["mark"] == "." if day_first is None else day_first) or one > 12  # noqa: PLR2004 - no month
        day, month = (one, two) if first_is_day and two <= 12 else (two, one)  # noqa: PLR2004 - the same
        ambiguous = one != two and max(one, two) <= 12  # noqa: PLR2004 - the same
        note = f"read as {year}-{month:02}-{day:02}; write it so, to be sure" if ambiguous else None
        return year, month, day, note
    return year, int(parts["month"] or 0), int(parts.get("day") or 1), None


def _read_clock(parts: dict[str, str | None]) -> timedelta | None:
    """The time of day as the time since midnight; 24:00 and a leap second belong to what follows."""
    hour_text = parts.get("hour") or parts.get("bare_hour")
    if hour_text is None:
        return None
    hour, minute, second = int(hour_text), int(parts.get("minute") or 0), int(parts.get("second") or 0)
    half = (parts.get("half") or parts.get("bare_half") or "").lower()
    if half and hour <= 12:  # noqa: PLR2004 - `20:00 PM` is written too
        hour = hour % 12 + (12 if half == "p" else 0)
    fraction = int((parts.get("fraction") or "0")[:6].ljust(6, "0"))
    whole = timedelta(hours=hour, minutes=minute, seconds=second)
    if minute > 59 or second > 60 or whole > timedelta(days=1):  # noqa: PLR2004 - a clock's
        raise PostError(f"{hour_text}:{minute:02}:{second:02} is no time of day; correct it")
    return whole + timedelta(microseconds=fraction)


def _find_zone(name: str, local: datetime, zone: ZoneInfo) -> tzinfo:
    if offset := re.search(r"([+-])(\d{1,2}):?(\d{2})?$", name) if "/" not in name else None:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes >= 24 * 60:
            raise PostError(f"{name!r} is no offset from UTC; write it as +01:00")
        return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    upper = name.upper()
    if upper in {zone.tzname(local.replace(month=month, day=1)) for month in (1, local.month, 7)}:
        return zone
    if upper in ABBREVIATIONS:
        return timezone(timedelta(minutes=ABBREVIATIONS[upper]))
    found = _known_zone(name)
    if found is None:
        raise PostError(f"{name!r} is no time zone that we know; write the offset from UTC, such as +01:00")
    return found


@lru_cache(maxsize=256)
def _known_zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of the zone database is an OSError
        return None


def _settle(local: datetime, *, zone: ZoneInfo, has_time: bool) -> ParsedDate:
    """The moment in its zone, moved out of a gap if it is in one; must be a moment in UTC too."""
    when = local if local.tzinfo else local.replace(tzinfo=zone)
    if isinstance(when.tzinfo, timezone) and MINYEAR < when.year < MAXYEAR:
        return ParsedDate(when=when, has_time=has_time)  # such clocks are never changed
    try:
        settled = when.astimezone(UTC).astimezone(when.tzinfo)
    except OverflowError:
        raise PostError(f"{local.isoformat()} is outside the calendar; correct the year") from None
    moved = settled.replace(tzinfo=None) != when.replace(tzinfo=None)
    note = (
        f"clocks skipped {local:%Y-%m-%d %H:%M} in {when.tzinfo}; read as {settled:%H:%M}"
        if moved and has_time
        else None
    )
    return ParsedDate(when=settled, has_time=has_time, note=note)


_IN_NAME = (
    re.compile(r"(?P<year>\d{4})([-_.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?=[\W_]|$)"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:t?\d{4}(?:\d\d)?)?(?=[\W_]|$)", re.IGNORECASE),
    re.compile(r"(?P<year>\d{4})[-_.](?P<month>\d\d)(?=[-_. ]|$)"),
    re.compile(r"(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=[-_. ]|$)"),
)
_CENTURY_TURNS = 70


def date_in_name(name: str) -> tuple[date, str] | None:
    """The day that a file's or folder's name (without its ending) begins with, and the rest of the name.

    `2024-01-02-x`, `2024-1-2 x`, `2024_01_02_x`, `20240102-x`, `240102-x`, and `2024-01-x` for the month's
    first. None where it begins with no day of the calendar.

    >>> date_in_name("2024-1-2-hello")
    (datetime.date(2024, 1, 2), 'hello')
    """
    if not name[:1].isdecimal():  # as most folders are called, and thousands of files
        return None
    for form in _IN_NAME:
        if match := form.match(name):
            written, month, *day = match.group(*form.groupindex)
            year = int(written)
            if len(written) == 2:  # noqa: PLR2004 - as POSIX reads two digits
                year += 1900 if year >= _CENTURY_TURNS else 2000
            try:
                found = date(year, int(month), int(day[0] if day else 1))
            except ValueError:
                return None
            return found, name[match.end() :].lstrip("-_. ")
    return None
