import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from feeds.errors import LockedError, StateError
from feeds.models import History, Remembered
from feeds.state import Ledger, database, schema
from feeds.state.database import SQLITE_ARGUMENTS

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
POST = Remembered(id="https://example.org/a/", source="a.md", url="/a/", title="A", fingerprint="f", aliases=("/old/",))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "site" / ".feeds" / "state.db"


def url(file):
    return f"sqlite:///{file}"


def fill(file):
    ledger = Ledger(url(file))
    ledger.posts.remember([POST], now=NOW)
    with ledger.leases.hold() as lease:
        ledger.issues.seed("weekly", [POST.id], lease=lease, now=NOW)
    return ledger.read_history()


def test_reading_a_ledger_that_does_not_exist_finds_nothing_and_makes_nothing(file):
    assert Ledger(url(file), read_only=True).read_history() == History()
    assert not file.parent.exists()
    file.parent.mkdir(parents=True)
    file.touch()
    assert Ledger(url(file), read_only=True).read_history() == History()
    assert file.stat().st_size == 0


def test_an_empty_ledger_may_be_closed_by_another_thread_than_the_one_that_opened_it(file, caplog):
    with ThreadPoolExecutor() as elsewhere:
        opened = elsewhere.submit(Ledger, url(file), read_only=True).result()
    opened.close()
    assert caplog.messages == []


def test_a_database_without_a_ledger_reads_as_an_empty_one_and_stays_so(state_url):
    for _ in range(2):
        assert Ledger(state_url, read_only=True).read_history() == History()
    Ledger(state_url).posts.remember([POST], now=NOW)
    assert Ledger(state_url, read_only=True).posts.list_all() == (POST,)


def test_reading_changes_nothing(file):
    history = fill(file)
    before = {path.name: path.read_bytes() for path in file.parent.iterdir()}
    assert Ledger(url(file), read_only=True).read_history() == history
    assert {path.name: path.read_bytes() for path in file.parent.iterdir()} == before


def test_a_ledger_opened_for_reading_cannot_be_written(file):
    fill(file)
    with pytest.raises(AssertionError):
        Ledger(url(file), read_only=True).posts.remember([], now=NOW)


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda _data: b"not a database" * 100,
        lambda data: data[:100] + b"\xff" * 4000 + data[4100:],
        lambda data: data[: len(data) // 2],
    ],
    ids=["other", "overwritten", "cut"],
)
def test_a_damaged_ledger_is_one_clear_line_and_stays_as_it_is(file, spoil, read_only):
    fill(file)
    file.write_bytes(spoil(file.read_bytes()))
    before = file.read_bytes()
    with pytest.raises(StateError, match="damaged") as caught:
        Ledger(url(file), read_only=read_only).read_history()
    assert str(caught.value).startswith(f"{file}: ")
    assert "\n" not in str(caught.value)
    assert file.read_bytes() == before


def test_nonsense_inside_a_sound_file_is_damage_too(file):
    fill(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE feeds_newsletters SET considered_at = 'yesterday'")
    with pytest.raises(StateError, match="damaged"):
        Ledger(url(file)).issues.read_considered_at("weekly")


@pytest.mark.parametrize("read_only", [True, False])
def test_a_ledger_from_the_future_is_refused(file, read_only):
    fill(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE feeds_schema SET version = 99")
    before = file.read_bytes()
    with pytest.raises(StateError, match="has version 99, this program knows 2: update feeds"):
        Ledger(url(file), read_only=read_only)
    assert file.read_bytes() == before


def append_step(monkeypatch, step):
    """Make this program know one version more, to which `step` leads."""
    monkeypatch.setattr(schema, "UPGRADES", (*schema.UPGRADES, step))
    monkeypatch.setattr(schema, "VERSION", len(schema.UPGRADES))
    monkeypatch.setattr(database, "VERSION", schema.VERSION)


def add_column(connection):
    connection.execute(text("ALTER TABLE feeds_posts ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'"))


def read_colours(ledger):
    with ledger._database.read() as connection:
        return connection.execute(text("SELECT colour FROM feeds_posts")).scalars().all()


def test_an_older_ledger_is_brought_up_to_date_once_and_keeps_what_it_holds(state_url, monkeypatch):
    Ledger(state_url).posts.remember([POST], now=NOW)
    append_step(monkeypatch, add_column)
    with pytest.raises(StateError, match="the ledger has version 2; `feeds build` or `feeds run` will bring it to 3"):
        Ledger(state_url, read_only=True)
    for _ in range(2):
        ledger = Ledger(state_url)
        assert (ledger.posts.list_all(), read_colours(ledger)) == ((POST,), ["red"])
    monkeypatch.undo()
    with pytest.raises(StateError, match="has version 3, this program knows 2: update feeds"):
        Ledger(state_url)


def test_a_step_that_fails_leaves_the_older_ledger_as_it_was(state_url, monkeypatch):
    Ledger(state_url).posts.remember([POST], now=NOW)

    def fail(connection):
        add_column(connection)
        connection.execute(text("SELECT nothing FROM nowhere"))

    append_step(monkeypatch, fail)
    with pytest.raises(StateError, match="cannot be used"):
        Ledger(state_url)
    monkeypatch.undo()
    assert Ledger(state_url).posts.list_all() == (POST,)
    with pytest.raises(StateError):
        read_colours(Ledger(state_url))


def test_eight_that_open_a_new_ledger_at_once_all_succeed(file):
    code = f"""
import os
from feeds.state import Ledger
children = []
for _ in range(8):
    if not (child := os.fork()):
        Ledger({url(file)!r}).read_history()
        os._exit(0)
    children.append(child)
assert [os.waitpid(child, 0)[1] for child in children] == [0] * 8
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_ledger_that_may_only_be_read_can_be_read_and_says_so_when_written(small_disk):
    folder, close = small_disk
    file = folder / "state.db"
    history = fill(file)
    close()
    assert Ledger(url(file), read_only=True).read_history() == history
    with pytest.raises(StateError, match="cannot be written; give this user the right"):
        Ledger(url(file)).posts.remember([replace(POST, title="B")], now=NOW)
    with pytest.raises(StateError, match="cannot be opened"), Ledger(url(file)).leases.hold():
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StateError, match=r"cannot be opened \(") as caught:
        Ledger(url(tmp_path / "file" / "state.db"))
    assert caught.value.path == str(tmp_path / "file" / "state.db")


def test_a_ledger_that_somebody_keeps_locked_is_try_again_later(file, monkeypatch):
    fill(file)
    monkeypatch.setitem(SQLITE_ARGUMENTS, "timeout", 0.1)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LockedError, match="try again later"):
            Ledger(url(file)).posts.remember([POST], now=NOW)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "is no address of a database"),
        ("oracle://host/name", "names a database that cannot be used"),
        ("postgresql://user:s3cret@127.0.0.1:9/name?password=s3cret", "cannot be used"),
    ],
)
def test_an_address_that_leads_nowhere_is_one_line_without_its_password(address, said):
    with pytest.raises(StateError, match=said) as caught:
        Ledger(address)
    assert "s3cret" not in str(caught.value)


def test_what_was_remembered_comes_back_and_only_changes_are_written(file):
    ledger = Ledger(url(file))
    assert ledger.posts.remember([POST], now=NOW) == 1
    assert ledger.posts.remember([POST], now=NOW) == 0
    assert ledger.posts.list_all() == (POST,)
    moved = replace(POST, source="moved/a.md", held=True)
    assert ledger.posts.remember([moved], now=NOW) == 1
    assert ledger.posts.list_all() == (moved,)
    ledger.posts.forget([POST.id])
    assert ledger.posts.list_all() == ()


def test_pings_wait_until_they_are_forgotten(state_url):
    ledger = Ledger(state_url)
    ledger.pings.add("https://hub.example/", ["b", "a"], now=NOW)
    ledger.pings.add("https://hub.example/", ["a", "c"], now=NOW)
    assert ledger.pings.list_all() == tuple(("https://hub.example/", topic) for topic in "abc")
    ledger.pings.forget("https://hub.example/", ["a", "b"])
    assert ledger.pings.list_all() == (("https://hub.example/", "c"),)


def test_a_full_disk_undoes_the_step_and_says_so(small_disk):
    ledger = Ledger(url(small_disk[0] / "state.db"))
    ledger.posts.remember([POST], now=NOW)
    many = [replace(POST, id=f"https://example.org/{number}/", title="t" * 1000) for number in range(500)]
    with pytest.raises(StateError, match="the disk is full"):
        ledger.posts.remember(many, now=NOW)
    assert ledger.posts.list_all() == (POST,)
