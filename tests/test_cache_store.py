"""What is kept comes back whole or not at all, whatever happens to the file."""

import random
import sqlite3

import pytest

from feeds.cache.store import FILE, Store
from making_folders import make_forbidden, names


def fill(folder, *, rows=40):
    store = Store(folder, keep=True)
    for number in range(rows):
        store.put("kind", f"name {number}", f"data {number}".encode() * 50, key=f"key {number}", seen="then")
    store.flush()
    return store


def read(folder, number, *, keep=False):
    return Store(folder, keep=keep).read("kind", f"name {number}", f"key {number}")


def test_what_was_put_is_there_in_the_next_run_if_it_was_made_from_the_same(tmp_path):
    fill(tmp_path)
    assert read(tmp_path, 7) == b"data 7" * 50
    store = Store(tmp_path, keep=False)
    assert store.read("kind", "name 7", "key 8") is None
    assert store.read("other", "name 7", "key 7") is None
    assert [row.name for row in store.scan("kind")] == sorted(f"name {number}" for number in range(40))


def test_the_last_of_a_name_counts(tmp_path):
    store = fill(tmp_path)
    store.put("kind", "name 7", b"new", key="key 7", seen="now")
    assert store.read("kind", "name 7", "key 7") == b"new"
    assert store.list_keys("kind", names={"name 7"})["name 7"][:2] == ("key 7", "now")


def test_without_keeping_the_file_stays_as_it_is_and_what_is_put_is_there_for_the_run(tmp_path):
    fill(tmp_path)
    before = (tmp_path / FILE).read_bytes()
    store = Store(tmp_path, keep=False)
    store.put("kind", "name 7", b"new", key="another", seen="")
    store.put("kind", "fresh", b"new", key="another", seen="")
    assert store.read("kind", "name 7", "another") == b"new"
    assert store.read("kind", "name 7", "key 7") == b"data 7" * 50
    assert store.list_keys("kind", names={"name 7"})["name 7"].key == "another"
    store.prune(["kind"], ())
    assert (tmp_path / FILE).read_bytes() == before
    assert names(tmp_path) == [FILE]


def test_what_vanished_is_forgotten(tmp_path):
    fill(tmp_path).prune(["kind"], {"name 1", "name 2"})
    assert [row.name for row in Store(tmp_path, keep=False).scan("kind")] == ["name 1", "name 2"]


def test_a_file_with_any_byte_flipped_gives_the_right_rows_or_none(tmp_path):
    fill(tmp_path)
    file = tmp_path / FILE
    whole, dice = file.read_bytes(), random.Random(7)
    for position in [*range(0, 120, 3), *dice.sample(range(len(whole)), 150)]:
        file.write_bytes(whole[:position] + bytes([whole[position] ^ dice.randrange(1, 256)]) + whole[position + 1 :])
        store = Store(tmp_path, keep=True)
        for number in range(0, 40, 3):
            assert store.read("kind", f"name {number}", f"key {number}") in {None, f"data {number}".encode() * 50}
        for row in store.scan("kind"):
            assert row.data == f"data {row.name.split()[1]}".encode() * 50
            assert row.key == f"key {row.name.split()[1]}"
        store.put("kind", "name 0", b"again", key="again")
        assert store.read("kind", "name 0", "again") in {None, b"again"}


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100, b"SQLite format 3\0" + bytes(100)])
def test_what_is_no_store_of_ours_is_replaced(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    assert read(tmp_path, 1) is None
    fill(tmp_path)
    assert read(tmp_path, 1) == b"data 1" * 50


def test_a_store_of_another_version_is_replaced(tmp_path):
    fill(tmp_path)
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert read(tmp_path, 1) is None
    assert read(tmp_path, 1, keep=True) is None
    fill(tmp_path)
    assert read(tmp_path, 1) == b"data 1" * 50


def test_a_folder_that_cannot_be_written_costs_the_keeping_alone():
    with make_forbidden() as folder:
        store = fill(folder / "cache")
        assert store.read("kind", "name 3", "key 3") == b"data 3" * 50
        assert names(folder) == []


def test_two_processes_share_it(tmp_path):
    one, two = fill(tmp_path), Store(tmp_path, keep=True)
    two.put("kind", "name 7", b"two", key="two")
    two.flush()
    one.put("kind", "name 8", b"one", key="one")
    assert one.read("kind", "name 7", "two") == b"two"
    one.flush()
    assert two.read("kind", "name 8", "one") == b"one"


def test_a_store_that_another_process_has_removed_is_no_trouble(tmp_path):
    store = fill(tmp_path)
    (tmp_path / FILE).unlink()
    store.put("kind", "fresh", b"new", key="new")
    assert store.read("kind", "fresh", "new") == b"new"
    assert read(tmp_path, 1) is None


def test_a_name_that_is_no_unicode_is_not_kept(tmp_path):
    store = fill(tmp_path)
    store.put("kind", "\udcff.md", b"data", key="key")
    assert store.read("kind", "\udcff.md", "key") is None
