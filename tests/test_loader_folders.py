"""Walking folders."""

from __future__ import annotations

from blogs import write
from feeds.loader.folders import NEVER, listed_once, walk_files


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


def test_a_folder_is_listed_once_in_the_block_and_anew_behind_it(tmp_path):
    write(tmp_path, {"posts/a.md": ""})
    with listed_once():
        assert list(walk_files(tmp_path)) == ["posts/a.md"]
        write(tmp_path, {"posts/b.md": ""})
        assert list(walk_files(tmp_path)) == ["posts/a.md"]
    assert list(walk_files(tmp_path)) == ["posts/a.md", "posts/b.md"]
    with listed_once():
        assert list(walk_files(tmp_path)) == ["posts/a.md", "posts/b.md"]
