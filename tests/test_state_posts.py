from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feeds.models import Remembered
from feeds.state import Ledger

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/state.db"


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


def test_words_are_renewed_and_nothing_else_of_a_post(url):
    posts = make_post(1), make_post(2, aliases=("/two/",))
    ledger = Ledger(url).posts
    ledger.remember(posts, now=NOW)
    looks = iter(["before", "after"])
    assert ledger.renew_words({"2.md": "new"}, look=lambda: next(looks), expected="before", now=LATER) == "after"
    assert ledger.list_all() == (posts[0], replace(posts[1], fingerprint="new"))


def test_words_that_are_known_change_nothing(url, tmp_path):
    ledger = Ledger(url).posts
    ledger.remember([make_post(1)], now=NOW)
    before = (tmp_path / "state.db").read_bytes()
    assert ledger.renew_words({"1.md": "old"}, look=lambda: "as ever", expected="as ever", now=LATER) == "as ever"
    assert (tmp_path / "state.db").read_bytes() == before


@pytest.mark.parametrize("words", [{"1.md": "new", "unknown.md": "new"}, {"twice.md": "new"}, {"hidden.md": "new"}])
def test_words_of_what_is_not_one_published_post_are_not_renewed(url, words):
    twice = [make_post(number, source="twice.md") for number in (2, 3)]
    posts = (make_post(1), *twice, make_post(4, source="hidden.md", published=False))
    ledger = Ledger(url).posts
    ledger.remember(posts, now=NOW)
    with pytest.raises(LookupError):
        ledger.renew_words(words, look=lambda: "as ever", expected="as ever", now=LATER)
    assert ledger.list_all() == posts


def test_words_are_not_renewed_in_a_ledger_that_looks_like_another(url):
    ledger = Ledger(url).posts
    ledger.remember([make_post(1)], now=NOW)
    with pytest.raises(LookupError):
        ledger.renew_words({"1.md": "new"}, look=lambda: "changed", expected="as ever", now=LATER)
    assert ledger.list_all() == (make_post(1),)


def test_how_the_ledger_looks_is_not_said_once_another_process_has_changed_it_too(url):
    ledger, other = Ledger(url).posts, Ledger(url).posts
    ledger.remember([make_post(1)], now=NOW)
    looked = []

    def look():
        looked.append(1)
        if len(looked) == 2:
            other.remember([make_post(2)], now=LATER)
        return "as ever"

    assert ledger.renew_words({"1.md": "new"}, look=look, expected="as ever", now=LATER) is None
    assert ledger.list_all() == (make_post(1, fingerprint="new"), make_post(2))
