"""What a site was judged by is known. That nothing is read beside this is asked of each site in `blogs.configure`."""

from pathlib import Path

import pytest

from feeds.loader.conventions.places import has_date
from feeds.loader.datafiles import read_text
from feeds.loader.files import read_bytes, read_loosely, read_start
from feeds.loader.witness import JUDGED, Witness


def test_files_that_are_looked_into_while_a_site_is_judged_are_seen_and_no_others(tmp_path, monkeypatch):
    for name in ("before", "during", "relative", "after"):
        (tmp_path / name).write_text("date: 2026-01-01\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    witness = Witness()
    witness.look(tmp_path / "before")
    with witness:
        witness.look(tmp_path / "during")
        witness.look(Path("relative"))
    witness.look(tmp_path / "after")
    assert witness.seen == {str(tmp_path / "during"), str(tmp_path / "relative")}


def test_a_file_that_counts_in_any_case_need_not_be_read(tmp_path):
    witness = Witness()
    witness.note(tmp_path / "picture.png")
    assert witness.seen == {str(tmp_path / "picture.png")}


@pytest.mark.parametrize("read", [read_bytes, read_loosely, read_start, read_text])
def test_whatever_reads_a_file_of_the_site_says_so(tmp_path, read):
    file = tmp_path / "settings"
    file.write_bytes(b"date")
    with JUDGED:
        assert read(file) in ("date", b"date")
    assert str(file) in JUDGED.seen


def test_a_file_that_was_only_asked_counts_by_its_answer(tmp_path):
    file = tmp_path / "post.md"
    file.write_text("---\ndate: 2026-01-01\n---\n", "utf-8")
    witness = Witness()
    with witness:
        assert witness.ask(has_date, file)
    assert not witness.seen
    (((name, path), said),) = witness.answers.items()
    assert (path, said) == (str(file), True)
    assert witness.ask_again(name, file)
    file.write_text("Words.\n", "utf-8")
    assert not witness.ask_again(name, file)


def test_a_question_is_one_of_the_loader_s_own(tmp_path):
    with pytest.raises(LookupError):
        Witness().ask_again("os:remove", tmp_path / "post.md")
