"""An issue that would be shown again as it is, but for its date: that is set, and nothing is composed."""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from feeds.config import TEMPLATES
from feeds.files import write_file_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feeds.cache.answers import Answer, Dated, Watch
    from feeds.config import Config
    from feeds.publisher.digest import PreviewedIssue
    from feeds.publisher.gather import Gathered
    from feeds.publisher.request import Request

DATE = b"\r\nDate: "


def date_again(dated: Dated) -> Answer | None:
    """What was said when the issues were shown, after their messages have got the moment of today's question.

    None, and nothing has changed, if one of them is not what it was. Raises OutputError.
    """
    from email.utils import format_datetime

    date = format_datetime(dated.moment).encode()
    messages = {}
    for path, known in dated.files.items():
        try:
            before, _, after = split_message(Path(path).read_bytes())
        except OSError:
            return None
        if known != hash_undated(before, after):
            return None
        messages[path] = before + date + after
    for path, message in messages.items():
        write_file_whole(Path(path), message)
    return dated.answer


def split_message(message: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands in the message before its date, the date (RFC 5322 section 3.6.1), and what stands behind it."""
    before, mark, rest = message.partition(DATE)
    date, end, after = rest.partition(b"\r\n")
    return before + mark, date, end + after


def hash_undated(before: bytes, after: bytes) -> str:
    """A hash of a message that is the same for any date."""
    return hashlib.sha256(b"%d %s%s" % (len(before), before, after)).hexdigest()


def remember_digest(
    watch: Watch,
    answer: Answer,
    request: Request,
    config: Config,
    shown: Sequence[PreviewedIssue],
    *,
    gathered: Gathered,
    ledger: dict[str, str] | None,
) -> None:
    """Let the next digest give `answer` at once, for as long as it is certain that only dates would differ.

    `ledger` is how its files looked before it was read.
    """
    # Whoever only sets a date has no time for it.
    from feeds.publisher.standstill import make_absolute, reads_outside

    files = [make_absolute(file) for previewed in shown for file in previewed.files]
    until = _find_end(config, gathered, shown, request.now)
    if not files or ledger is None or until is None or reads_outside(config) or _shows_moment(config, gathered, shown):
        return
    messages = [file for file in files if file.endswith(".eml")]
    watch.remember(
        answer,
        until=until.timestamp(),
        outputs=dict.fromkeys(file for file in files if file not in messages),
        ours=ledger,
        others=[] if request.file is None else [make_absolute(request.file)],
        dated={file: _hash_message(file) for file in messages},
    )


def _hash_message(file: str) -> str:
    before, _, after = split_message(Path(file).read_bytes())
    return hash_undated(before, after)


def _find_end(config: Config, gathered: Gathered, shown: Iterable[PreviewedIssue], now: datetime) -> datetime | None:
    """When more than dates may differ: a post appears, vanishes or is too old, or a day ends; None is at once."""
    today = now.astimezone(ZoneInfo(config.site.timezone))
    midnight = datetime.combine(today.date() + timedelta(days=1), time(), today.tzinfo)
    if midnight.utcoffset() != today.utcoffset():
        return None  # clocks that are put back may bring a day twice
    moments = [midnight, *([gathered.changes_at] if gathered.changes_at else [])]
    for previewed in shown:
        age = timedelta(days=config.settings.newsletters[previewed.newsletter].max_age)
        young = (*previewed.selection.due, *previewed.selection.waiting)
        moments += [old for post in young if post.published and (old := post.published + age) >= now]
    return min(moments)


def _shows_moment(config: Config, gathered: Gathered, shown: Iterable[PreviewedIssue]) -> bool:
    """Whether the moment may stand in an issue where the site's author has put it, to the second or in any form."""
    if (config.root / TEMPLATES).exists():
        return True
    subjects = [config.settings.newsletters[previewed.newsletter].subject or "" for previewed in shown]
    parts = [post for previewed in shown if previewed.composed for post, _ in previewed.composed.parts]
    # An introduction is dated with the moment, and what stands in braces may ask for that.
    introductions = [post.body for post in parts if post.source not in gathered.ids]
    return any("date" in subject for subject in subjects) or any("{" in body for body in introductions)
