"""What a site was judged by is known, whoever opened it."""

import pytest

from feeds.loader.conventions.places import has_date
from feeds.loader.witness import Witness


def test_files_that_are_opened_while_it_looks_are_seen_and_no_others(tmp_path, monkeypatch):
    for name in ("before", "during", "relative", "after"):
        (tmp_path / name).write_text("date: 2026-01-01\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    witness = Witness()
    (tmp_path / "before").read_bytes()
    with witness:
        (tmp_path / "during").read_text("utf-8")
        with open("relative", "rb"):  # noqa: PTH123 - whoever opens it
            pass
    (tmp_path / "after").read_bytes()
    assert {path.rpartition("/")[2] for path in witness.seen} == {"during", "relative"}
    assert all(path.startswith(f"{tmp_path}/") for path in witness.seen)


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
