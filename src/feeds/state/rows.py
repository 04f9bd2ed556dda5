"""Rows of the ledger as values, whoever has read them: the columns that decisions are made from, and how each is read.

The tables themselves are in `schema`, which takes as long to import as all that is done here.
"""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from feeds.errors import StateError
from feeds.models import Issue, IssueState, Remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What this program makes and reads; an older ledger is brought up to it.
VERSION = 2
# Without the moments: reading them would take as long as all the rest.
POST = ("id", "source", "url", "title", "fingerprint", "aliases", "held", "released", "published")
# Not the bytes of every mail that ever went out.
ISSUE = (
    "newsletter",
    "number",
    "key",
    "state",
    "subject",
    "transport",
    "claimed_at",
    "composed_at",
    "delivered_at",
    "retry_at",
    "receipt",
    "reason",
    "draft",
    "settled",
)
MOMENTS = frozenset({"claimed_at", "composed_at", "delivered_at", "retry_at"})


def read_moment(text: Any) -> datetime | None:
    """The moment that stands in a column as text. Raises StateError for text that is none."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise StateError(f"the ledger is damaged: {text!r} stands where a moment should") from None


def write_moment(moment: datetime) -> str:
    """The moment as it stands in a column, in UTC. A naive datetime is a bug and fails."""
    assert moment.tzinfo is not None, moment
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def make_remembered(row: Iterable[Any]) -> Remembered:
    """The post whose columns are those of `POST`; SQLite has numbers for its flags. Raises StateError."""
    id_, source, url, title, fingerprint, aliases, held, released, published = row
    return Remembered(
        id=id_,
        source=source,
        url=url,
        title=title,
        fingerprint=fingerprint,
        aliases=() if aliases == "[]" else _read_aliases(aliases),
        held=bool(held),
        released=bool(released),
        published=bool(published),
    )


def _read_aliases(text: Any) -> tuple[str, ...]:
    with contextlib.suppress(TypeError, ValueError):
        found = json.loads(text)
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return tuple(found)
    raise StateError(f"the ledger is damaged: {text!r} stands where a post's aliases should")


def make_issue(row: Iterable[Any], post_ids: Iterable[str]) -> Issue:
    """The issue whose columns are those of `ISSUE`, its moments read already. Raises StateError."""
    values = dict(zip(ISSUE, row, strict=True))
    try:
        state = IssueState(values["state"])
    except ValueError:
        raise StateError(f"the ledger is damaged: an issue is in the state {values['state']!r}") from None
    flags = {name: bool(values[name]) for name in ("draft", "settled")}
    return Issue(**values | flags | {"state": state, "post_ids": tuple(sorted(post_ids))})


def make_issues(rows: Iterable[Iterable[Any]], carried: Iterable[tuple[str, int, str]]) -> tuple[Issue, ...]:
    """An issue for each row; `carried` has newsletter, number and post id of every post in them. Raises StateError."""
    posts: dict[tuple[str, int], list[str]] = {}
    for newsletter, number, post_id in carried:
        posts.setdefault((newsletter, number), []).append(post_id)
    found = map(tuple, rows)
    return tuple(make_issue(row, posts.get((row[0], row[1]), ())) for row in found)


def make_seen(names: Iterable[str], rows: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """For each newsletter the ids of the posts it is done with; `rows` have a newsletter and a post id each.

    Raises StateError.
    """
    found: dict[str, set[str]] = {name: set() for name in names}
    for newsletter, post_id in rows:
        if newsletter not in found:
            raise StateError(f"the ledger is damaged: {newsletter!r} has posts and is no newsletter in it")
        found[newsletter].add(post_id)
    return {name: frozenset(found[name]) for name in sorted(found)}
