"""There are two ways to read a ledger, and a short one that says less than the long one would be a wrong one."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import Boolean

from digests import make_config
from feeds.errors import LockedError, OutdatedError, StateError
from feeds.models import History, IssueState, Remembered
from feeds.state import Ledger, rows, schema
from feeds.state.database import SQLITE_ARGUMENTS
from feeds.state.history import read_file, read_history

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ISSUE = (
    "INSERT INTO feeds_issues (newsletter, number, key, state, subject, transport, attempt, claimed_at, receipt, "
    "settled, draft, reason) VALUES ('weekly', 1, '', '{}', '', '', 0, '{}', '', 1, 0, '')"
)
TEXT = st.text("aB\u00fc\u6f22\U0001f600 '\"%?", max_size=9)
MOMENT = st.integers(0, 2**32).map(lambda seconds: datetime.fromtimestamp(seconds + 0.25, UTC))


def make_row(table, draw):
    """A value for each column of the table, of any kind that it takes."""
    values = {Boolean: st.booleans(), schema.Moment: MOMENT}
    row = {}
    for column in table.c:
        value = values.get(type(column.type), TEXT)
        row[column.name] = draw(st.none() | value if column.nullable else value)
    return row


@st.composite
def ledgers(draw):
    """What each table holds."""
    posts = [
        make_row(schema.posts, draw) | {"id": f"urn:{number}", "aliases": draw(st.sampled_from(("[]", '["/a/", "ü"]')))}
        for number in range(draw(st.integers(0, 3)))
    ]
    names = draw(st.lists(TEXT, unique=True, max_size=3))
    newsletters = [make_row(schema.newsletters, draw) | {"name": name} for name in names]
    states = draw(st.lists(st.sampled_from(IssueState), max_size=4)) if names else []
    issues = [
        make_row(schema.issues, draw)
        | {"newsletter": draw(st.sampled_from(names)), "number": number, "key": f"{number}", "state": state.value}
        | {"attempt": 0, "digest": None, "prepared": b"\xff"}
        for number, state in enumerate(states, start=1)
    ]
    carried = [
        {"newsletter": issue["newsletter"], "number": issue["number"], "post_id": f"{issue['number']}-{name}"}
        for issue in issues
        for name in draw(st.sets(TEXT, max_size=3))
    ]
    carried += [{"newsletter": name, "number": None, "post_id": "seen"} for name in names if draw(st.booleans())]
    site = [{"first_url": draw(TEXT)}] if draw(st.booleans()) else []
    return [
        (schema.posts, posts),
        (schema.newsletters, newsletters),
        (schema.issues, issues),
        (schema.issue_posts, carried),
        (schema.site, site),
    ]


@settings(max_examples=25)
@given(ledgers())
def test_both_ways_to_read_a_ledger_find_the_same(tmp_path_factory, tables):
    file = tmp_path_factory.mktemp("state") / "state.db"
    ledger = Ledger(f"sqlite:///{file}")
    with ledger._database.write() as connection:
        for table, found in tables:
            if found:
                connection.execute(table.insert(), found)
    history = read_file(file)
    assert history is not None
    assert history == ledger.read_history()
    assert [type(post.held) for post in history.posts] == [bool] * len(history.posts)


def test_every_column_is_read_as_its_type_in_the_database_says():
    columns = {name: schema.posts.c[name] for name in rows.POST} | {name: schema.issues.c[name] for name in rows.ISSUE}
    assert {name for name, column in columns.items() if isinstance(column.type, schema.Moment)} == rows.MOMENTS


@pytest.fixture
def site(tmp_path):
    """The configuration of a site with a ledger, and the ledger's file."""
    config, file = make_config(tmp_path), tmp_path / ".feeds" / "state.db"
    ledger = Ledger(f"sqlite:///{file}")
    ledger.posts.remember([Remembered(id="urn:1", source="a.md", url="/a/", title="A", fingerprint="f")], now=NOW)
    with ledger.leases.hold() as lease:
        ledger.issues.seed("weekly", ["urn:1"], lease=lease, now=NOW)
    ledger.close()
    return config, file


def change(file, *statements):
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_site_without_a_ledger_has_no_history_and_gets_none(tmp_path):
    assert read_history(make_config(tmp_path)) == History()
    assert not (tmp_path / ".feeds").exists()


def test_a_file_in_which_nobody_has_made_a_ledger_has_no_history(tmp_path):
    (tmp_path / ".feeds").mkdir()
    change(tmp_path / ".feeds/state.db", "CREATE TABLE other (value)")
    assert read_history(make_config(tmp_path)) == History()
    (tmp_path / ".feeds/state.db").write_bytes(b"")
    assert read_history(make_config(tmp_path)) == History()


@pytest.mark.parametrize(
    ("statement", "kind", "said"),
    [
        ("UPDATE feeds_schema SET version = 1", OutdatedError, "has version 1; `feeds build`"),
        ("UPDATE feeds_schema SET version = 99", StateError, "has version 99, this program knows 2"),
        (ISSUE.format("lost", "2026-03-02T09:00:00+00:00"), StateError, "an issue is in the state 'lost'"),
        (ISSUE.format("sending", "noon"), StateError, "'noon' stands where a moment should"),
        ("ALTER TABLE feeds_posts DROP COLUMN title", StateError, "no such column"),
        *(
            (f"UPDATE feeds_posts SET aliases = {damaged}", StateError, "stands where a post's aliases should")
            for damaged in ("'5'", "'[1]'", "'['", "x'ff'")
        ),
        ("DELETE FROM feeds_newsletters", StateError, "'weekly' has posts and is no newsletter in it"),
    ],
)
def test_what_is_wrong_with_a_ledger_is_said_as_ever(site, statement, kind, said):
    config, file = site
    change(file, statement)
    assert read_file(file) is None
    with pytest.raises(kind, match=said) as caught:
        read_history(config)
    assert caught.value.path == str(file)
    with pytest.raises(kind) as expected:
        Ledger(f"sqlite:///{file}", read_only=True).read_history()
    assert str(caught.value) == str(expected.value)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _data: b"not a database" * 100,
        lambda data: data[:100] + b"\xff" * 4000 + data[4100:],
        lambda data: data[: len(data) // 2],
    ],
    ids=["other", "overwritten", "cut"],
)
def test_a_damaged_ledger_is_one_clear_line(site, spoil):
    config, file = site
    file.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(StateError, match="damaged"):
        read_history(config)


def test_a_ledger_that_somebody_keeps_locked_is_waited_for(site, monkeypatch):
    config, file = site
    monkeypatch.setitem(SQLITE_ARGUMENTS, "timeout", 0.1)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LockedError, match="try again later"):
            read_history(config)
        connection.execute("ROLLBACK")
    assert read_history(config).seen == {"weekly": {"urn:1"}}


def test_what_a_killed_process_left_half_done_is_undone_and_not_read(site):
    config, file = site
    history = read_history(config)
    code = f"""
import os, sqlite3
connection = sqlite3.connect({str(file)!r}, isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE feeds_posts SET title = 'half'")
for number in range(500):
    connection.execute("INSERT INTO feeds_pings VALUES (?, '', '')", (f"{{number}}" * 100,))
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    assert file.with_name("state.db-journal").stat().st_size > 0
    assert read_file(file) is None
    assert read_history(config) == history
    assert read_file(file) == history


def test_a_ledger_with_a_write_ahead_log_is_read_with_what_stands_there(site):
    config, file = site
    change(file, "PRAGMA journal_mode = WAL")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("UPDATE feeds_posts SET title = 'B'")
        assert file.with_name("state.db-wal").stat().st_size > 0
        assert [post.title for post in read_history(config).posts] == ["B"]


def test_a_file_with_signs_in_its_name_that_mean_something_in_an_address(tmp_path):
    file = tmp_path / "a%20b#c d" / "ü.db"
    ledger = Ledger(f"sqlite:///{file}")
    ledger.first_address.remember("https://example.org/")
    assert file.exists()
    assert read_file(file) == ledger.read_history() == History(first_url="https://example.org/")
