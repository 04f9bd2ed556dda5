"""Decoding bytes."""

from __future__ import annotations

import pytest

from feeds.errors import PostError
from feeds.loader.files import decode_text, strip_forbidden
from feeds.models import Severity


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
