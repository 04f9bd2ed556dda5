"""Lengths of enclosures (RSS 2.0 asks for bytes)."""

from __future__ import annotations

import pytest

from blogs import load_one, write


@pytest.mark.parametrize(
    ("url", "file", "length"),
    [
        ("/audio/a.mp3", "audio/a.mp3", 3),
        ("/audio/a.mp3", "static/audio/a.mp3", 3),
        ("a%20b.mp3", "posts/a b.mp3", 3),
        ("https://example.org/audio/a.mp3", "public/audio/a.mp3", 3),
        ("/audio/a.mp3", "elsewhere/a.mp3", 0),
        ("/a%00.mp3", "a.mp3", 0),
        (f"/{'a' * 300}.mp3", "a.mp3", 0),
        ("../../outside.mp3", "../outside.mp3", 0),
    ],
)
def test_the_length_is_that_of_the_file_where_it_is_at_hand(tmp_path, url, file, length):
    root = tmp_path / "site"
    write(root, {"posts/2024-01-01-a.md": f"---\naudio: {url}\n---\n", file: b"abc"})
    post = load_one(root)
    assert post.enclosure is not None
    assert post.enclosure.length == length


def test_what_the_header_says_wins(tmp_path):
    write(tmp_path, {"posts/2024-01-01-a.md": "---\naudio: {url: /a.mp3, length: 9}\n---\n", "a.mp3": b"abc"})
    post = load_one(tmp_path)
    assert post.enclosure is not None
    assert post.enclosure.length == 9
