import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feeds.models import Remembered
from feeds.state import Ledger, renew_words

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "state.db"


def open_posts(file):
    return Ledger(f"sqlite:///{file}").posts


def make_post(number, **fields):
    said = {"source": f"{number}.md", "url": f"/{number}/", "title": f"No. {number}", "fingerprint": "old"}
    return Remembered(id=f"https://example.org/{number:04}/", **said | fields)


def test_words_are_renewed_and_nothing_else_of_a_post(file):
    posts = make_post(1), make_post(2, aliases=("/two/",))
    ledger = open_posts(file)
    ledger.remember(posts, now=NOW)
    looks = iter(["before", "after"])
    assert renew_words(file, {"2.md": "new"}, look=lambda: next(looks), expected="before", now=LATER) == "after"
    assert ledger.list_all() == (posts[0], replace(posts[1], fingerprint="new"))


def test_words_that_are_known_change_nothing(file):
    ledger = open_posts(file)
    ledger.remember([make_post(1)], now=NOW)
    before = file.read_bytes()
    assert renew_words(file, {"1.md": "old"}, look=lambda: "as ever", expected="as ever", now=LATER) == "as ever"
    assert file.read_bytes() == before


@pytest.mark.parametrize("words", [{"1.md": "new", "unknown.md": "new"}, {"twice.md": "new"}, {"hidden.md": "new"}])
def test_words_of_what_is_not_one_published_post_are_not_renewed(file, words):
    twice = [make_post(number, source="twice.md") for number in (2, 3)]
    posts = (make_post(1), *twice, make_post(4, source="hidden.md", published=False))
    ledger = open_posts(file)
    ledger.remember(posts, now=NOW)
    with pytest.raises(LookupError):
        renew_words(file, words, look=lambda: "as ever", expected="as ever", now=LATER)
    assert ledger.list_all() == posts


def test_words_are_not_renewed_in_a_ledger_that_looks_like_another(file):
    ledger = open_posts(file)
    ledger.remember([make_post(1)], now=NOW)
    with pytest.raises(LookupError):
        renew_words(file, {"1.md": "new"}, look=lambda: "changed", expected="as ever", now=LATER)
    assert ledger.list_all() == (make_post(1),)


def test_how_the_ledger_looks_is_not_said_once_another_process_has_changed_it_too(file):
    ledger, other = open_posts(file), open_posts(file)
    ledger.remember([make_post(1)], now=NOW)
    looked = []

    def look():
        looked.append(1)
        if len(looked) == 2:
            other.remember([make_post(2)], now=LATER)
        return "as ever"

    assert renew_words(file, {"1.md": "new"}, look=look, expected="as ever", now=LATER) is None
    assert ledger.list_all() == (make_post(1, fingerprint="new"), make_post(2))


def test_a_ledger_that_is_busy_old_damaged_or_not_there_is_left_to_those_who_say_so(file):
    def renew():
        with pytest.raises(LookupError):
            renew_words(file, {"1.md": "new"}, look=lambda: "as ever", expected="as ever", now=LATER)

    renew()
    assert not file.exists()
    ledger = open_posts(file)
    ledger.remember([make_post(1)], now=NOW)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        renew()
        other.execute("ROLLBACK")
        other.execute("UPDATE feeds_schema SET version = version - 1")
        renew()
        other.execute("UPDATE feeds_schema SET version = version + 1")
    assert ledger.list_all() == (make_post(1),)
    file.write_bytes(b"no ledger" * 1000)
    renew()
