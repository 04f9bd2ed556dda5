"""What becomes of a post at a given moment: the last step, the only one that knows the time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.models import Post, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from feeds.loader.reading import Reading


def find_change(readings: Iterable[Reading], *, now: datetime) -> datetime | None:
    """The next moment at which the status of a post may change by itself, None if there is none."""
    moments = [
        moment
        for reading in readings
        for moment in (reading.post.published, reading.available, reading.post.expires)
        if moment is not None and moment > now
    ]
    return min(moments, default=None)


def settle(reading: Reading, *, now: datetime, future: bool = False) -> Post:
    """The post with its status at `now`; `future` says that the site shows posts before their date."""
    post = reading.post
    if post.status is not Status.PUBLISHED:
        return post
    due = post.published
    if reading.available is not None and (due is None or reading.available > due):
        due = reading.available
    if due is not None and due > now and not future:
        return replace(post, status=Status.SCHEDULED, reason=f"not before {due.isoformat()}")
    if post.expires is not None and post.expires <= now:
        return replace(post, status=Status.EXPIRED, reason=f"expired on {post.expires.isoformat()}")
    return post
