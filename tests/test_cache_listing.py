import hashlib
import sys

import pytest

from feeds.cache.listing import is_told_by_bytes, list_files, read_looked

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
