"""What becomes of a post at a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feeds.loader.reading import Reading
from feeds.loader.status import settle
from feeds.models import Post, Status

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def reading(*, status=Status.PUBLISHED, published=NOW, expires=None, available=None):
    return Reading(post=Post(source="a.md", status=status, published=published, expires=expires), available=available)


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (reading(), Status.PUBLISHED),
        (reading(published=NOW + HOUR), Status.SCHEDULED),
        (reading(available=NOW + HOUR), Status.SCHEDULED),
        (reading(expires=NOW), Status.EXPIRED),
        (reading(expires=NOW + HOUR), Status.PUBLISHED),
        (reading(status=Status.DRAFT, published=NOW + HOUR), Status.DRAFT),
        (reading(status=Status.UNDATED, published=None), Status.UNDATED),
    ],
)
def test_the_time_decides_last(one, status):
    assert settle(one, now=NOW).status is status


def test_a_reason_names_the_moment():
    assert "2026-06-01T01:00:00+00:00" in settle(reading(published=NOW + HOUR), now=NOW).reason


def test_a_site_that_shows_future_posts_shows_them_but_not_expired_ones():
    assert settle(reading(published=NOW + HOUR), now=NOW, future=True).status is Status.PUBLISHED
    assert settle(reading(expires=NOW - HOUR), now=NOW, future=True).status is Status.EXPIRED
