import os
import resource
import stat

import pytest

from feeds.errors import OutputError
from feeds.files import name_temporary, write_file_whole
from making_folders import make_forbidden, names


def test_a_file_appears_with_its_folders(tmp_path):
    write_file_whole(tmp_path / "a" / "b.txt", b"words")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"words"
    assert names(tmp_path / "a") == ["b.txt"]


def test_everybody_may_read_what_the_umask_lets_them(tmp_path):
    previous = os.umask(0o022)
    try:
        write_file_whole(tmp_path / "a", b"words")
    finally:
        os.umask(previous)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o644


def test_the_leftover_of_a_crash_is_in_nobodys_way(tmp_path):
    name_temporary(tmp_path / "a").write_bytes(b"half")
    write_file_whole(tmp_path / "a", b"words")
    assert names(tmp_path) == ["a"]


def test_a_symbolic_link_is_replaced_and_not_written_through(tmp_path):
    (tmp_path / "target").write_bytes(b"theirs")
    (tmp_path / "a").symlink_to(tmp_path / "target")
    name_temporary(tmp_path / "a").symlink_to(tmp_path / "target")
    write_file_whole(tmp_path / "a", b"words")
    assert (tmp_path / "target").read_bytes() == b"theirs"
    assert (tmp_path / "a").read_bytes() == b"words"


def test_what_was_there_stays_when_the_new_bytes_do_not_fit(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3, hard))
    try:
        with pytest.raises(OutputError, match="make room for it"):
            write_file_whole(tmp_path / "a", b"words")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_file_where_a_folder_is_needed_is_named(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(OutputError, match=r"a/b: cannot be written .*a file stands where a folder is needed"):
        write_file_whole(tmp_path / "a" / "b", b"words")
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_folder_in_the_files_place_is_named(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(OutputError, match="a folder stands in its place: move it away"):
        write_file_whole(tmp_path / "a", b"words")
    assert names(tmp_path) == ["a"]


def test_a_folder_that_may_not_be_written_is_named():
    with make_forbidden() as folder, pytest.raises(OutputError, match="make the folder writable"):
        write_file_whole(folder / "a", b"words")


def test_a_name_that_the_system_does_not_take_is_an_error_of_ours(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        write_file_whole(tmp_path / ("x" * 300), b"words")
