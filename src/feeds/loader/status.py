"""What becomes of a post at a given moment: the last step, the only one that knows the time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.models import Post, Status

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.loader.reading import Reading


def find_moments(reading: Reading) -> tuple[datetime, ...]:
    """The moments at which the post's status may change by itself."""
    post = reading.post
    return tuple(filter(None, (post.published, reading.available, post.expires)))


def settle(reading: Reading, *, now: datetime, future: bool = False) -> Post:
    """The post with its status at `now`; `future` says that the site shows posts before their date."""
    post = reading.post
    if post.status is not Status.PUBLISHED:
        return post
    due = max(filter(None, (post.published, reading.available)), default=None)
    if due is not None and due > now and not future:
        return replace(post, status=Status.SCHEDULED, reason=f"not before {due.isoformat()}")
    if post.expires is not None and post.expires <= now:
        return replace(post, status=Status.EXPIRED, reason=f"expired on {post.expires.isoformat()}")
    return post
