import hashlib
import os
import sys
from contextlib import contextmanager

import pytest

from feeds.cache.listing import is_told_by_bytes, list_files, list_tree, read_looked

OLD, FRESH = sys.maxsize, 0


@pytest.mark.parametrize("fresh_since", [OLD, FRESH])
def test_a_file_that_is_read_looks_as_it_does_in_a_listing(tmp_path, fresh_since):
    file = tmp_path / "a.md"
    file.write_bytes(b"# A\n")
    link = tmp_path / "link.md"
    link.symlink_to(file)
    for path in (str(file), str(link)):
        assert read_looked(path, fresh_since=fresh_since) == (
            b"# A\n",
            list_files([path], fresh_since=fresh_since)[path],
        )


@pytest.mark.skipif(not os.path.exists("/proc/version"), reason="no /proc here")  # noqa: PTH110
def test_a_file_that_does_not_tell_its_size_is_read_to_its_end():
    with open("/proc/version", "rb") as file:  # noqa: PTH123
        assert read_looked("/proc/version", fresh_since=OLD)[0] == file.read() != b""


def test_a_folder_has_no_bytes_either(tmp_path):
    assert read_looked(str(tmp_path), fresh_since=OLD)[0] is None


def test_what_cannot_be_read_has_no_bytes(tmp_path):
    place = str(tmp_path / "gone.md")
    assert read_looked(place, fresh_since=OLD) == (None, list_files([place], fresh_since=OLD)[place])


def test_a_file_that_was_just_written_is_told_by_what_was_written(tmp_path):
    file = tmp_path / "rss.xml"
    file.write_bytes(b"ours")
    known = {str(file): hashlib.sha256(b"ours").hexdigest()}
    row = list_files([str(file)], fresh_since=FRESH, written=known)
    assert row == list_files([str(file)], fresh_since=FRESH)
    assert not is_told_by_bytes(list_files([str(file)], fresh_since=OLD, written=known)[str(file)])
    file.write_bytes(b"theirs")
    assert (
        list_files([str(file)], fresh_since=FRESH, written=known) == row != list_files([str(file)], fresh_since=FRESH)
    )


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_goes_while_a_folder_is_listed_is_not_in_it(tmp_path, monkeypatch, kind):
    (tmp_path / "a.md").write_bytes(b"A")
    short_lived = tmp_path / ".a.md.swp"
    if kind == "link":
        short_lived.symlink_to("somebody@host")
    else:
        short_lived.write_bytes(b"")
    scan = os.scandir

    @contextmanager
    def scan_as_an_editor_ends(folder):
        with scan(folder) as entries:
            found = list(entries)
        short_lived.unlink()
        yield iter(found)

    monkeypatch.setattr(os, "scandir", scan_as_an_editor_ends)
    assert list(list_tree(str(tmp_path), skip=(), fresh_since=OLD)) == [str(tmp_path / "a.md")]
