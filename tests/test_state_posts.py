from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feeds.models import Remembered
from feeds.state import Ledger

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def make_post(number, **fields):
    said = {"source": f"{number}.md", "url": f"/{number}/", "title": f"No. {number}", "fingerprint": "old"}
    return Remembered(id=f"https://example.org/{number:04}/", **said | fields)


def test_as_many_posts_as_a_large_site_has_are_remembered_and_only_the_changed_ones_again(state_url):
    posts = [make_post(number) for number in range(1_201)]
    ledger = Ledger(state_url).posts
    assert ledger.remember(reversed(posts), now=NOW) == 1_201
    assert ledger.list_all() == tuple(posts)
    posts[700] = replace(posts[700], title="Another")
    posts.append(make_post(1_201))
    assert ledger.remember(posts, now=LATER) == 2
    assert ledger.list_all() == tuple(posts)
