"""Walking folders and decoding bytes."""

from __future__ import annotations

import pytest

from blogs import write
from feeds.errors import PostError
from feeds.loader.files import NEVER, decode_text, listed_once, strip_forbidden, walk_files
from feeds.models import Severity


def test_dependencies_and_hidden_folders_are_never_walked(tmp_path):
    write(tmp_path, {"a.md": "", "b/c.md": "", ".git/d.md": "", "node_modules/e.md": "", "public/f.md": ""})
    assert list(walk_files(tmp_path)) == ["a.md", "b/c.md", "public/f.md"]
    assert list(walk_files(tmp_path, skip=NEVER)) == ["a.md", "b/c.md"]
    assert list(walk_files(tmp_path, "b")) == ["b/c.md"]


def test_a_link_that_leads_back_up_ends_the_walk(tmp_path):
    write(tmp_path, {"a/post.md": ""})
    (tmp_path / "a" / "loop").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "linked").symlink_to(tmp_path / "a", target_is_directory=True)
    assert list(walk_files(tmp_path)) == ["a/post.md", "linked/post.md"]


def test_a_link_to_itself_or_to_nothing_is_left_for_the_reader_to_report(tmp_path):
    (tmp_path / "self.md").symlink_to(tmp_path / "self.md")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere")
    assert list(walk_files(tmp_path)) == ["gone.md", "self.md"]


def test_a_byte_order_mark_and_foreign_line_ends_go():
    assert decode_text(b"\xef\xbb\xbf---\r\na\rb\n", "x.md") == ("---\na\nb\n", [])


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", None, "empty"),
        (b" \n\n", None, "empty"),
        (b"a\nb\xe4c\n", 2, "UTF-8"),
        ("---\n".encode("utf-16"), 1, "UTF-16"),
    ],
)
def test_what_cannot_be_text_is_refused_with_its_line(content, line, words):
    with pytest.raises(PostError, match=words) as caught:
        decode_text(content, "x.md")
    assert caught.value.line == line


def test_control_characters_are_taken_out_and_reported_once_a_file():
    text, [problem] = decode_text(b"a\nb\x0bc\n\x1b[0m\n", "x.md")
    assert text == "a\nbc\n[0m\n"
    assert (problem.line, problem.severity) == (2, Severity.WARNING)
    assert "U+000B, U+001B" in problem.message


def test_a_second_byte_order_mark_is_named_since_it_hides_the_header():
    text, problems = decode_text(b"\xef\xbb\xbf\xef\xbb\xbf---\ntitle: A\n---\n", "a.md")
    assert text.startswith("\ufeff---")
    assert [(problem.line, problem.severity) for problem in problems] == [(1, Severity.WARNING)]
    assert "second byte-order mark" in problems[0].message


def test_lone_surrogates_are_taken_out():
    assert strip_forbidden("a\ud800b\ufffe") == "ab"


def test_a_folder_is_listed_once_in_the_block_and_anew_behind_it(tmp_path):
    write(tmp_path, {"posts/a.md": ""})
    with listed_once():
        assert list(walk_files(tmp_path)) == ["posts/a.md"]
        write(tmp_path, {"posts/b.md": ""})
        assert list(walk_files(tmp_path)) == ["posts/a.md"]
    assert list(walk_files(tmp_path)) == ["posts/a.md", "posts/b.md"]
    with listed_once():
        assert list(walk_files(tmp_path)) == ["posts/a.md", "posts/b.md"]
