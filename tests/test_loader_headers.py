"""Front matter: what python-frontmatter loses silently must come out, or be said."""

from __future__ import annotations

import frontmatter
import pytest
from hypothesis import given, strategies as st

from feeds.errors import PostError
from feeds.loader.headers import read_header


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\ntitle: A\n---\nBody\n", "Body\n"),
        ("---\ntitle: A\n...\nBody\n", "Body\n"),
        ("----\ntitle: A\n----\nBody\n", "Body\n"),
        ("---yaml\ntitle: A\n---\nBody\n", "Body\n"),
        ("--- \ntitle: A\n---  \nBody\n", "Body\n"),
        ("+++\ntitle = 'A'\n+++\nBody\n", "Body\n"),
        ("---toml\ntitle = 'A'\n---\nBody\n", "Body\n"),
        ('{"title": "A"}\nBody\n', "Body\n"),
        ('{\n  "title": "A"\n}\n\nBody\n', "\nBody\n"),
        ('---json\n{"title": "A"}\n---\nBody\n', "Body\n"),
        ("\n\n---\ntitle: A\n---\nBody\n", "Body\n"),
        ("---\ntitle: A\n---", ""),
    ],
)
def test_every_fence_that_blogs_use_is_read(text, body):
    header = read_header(text)
    assert header.fields == {"title": "A"}
    assert header.body == body


def test_the_body_keeps_its_white_space_so_that_a_leading_code_block_stays_code():
    assert read_header("---\ntitle: A\n---\n    code\n\ntext  \n\n").body == "    code\n\ntext  \n\n"
    assert frontmatter.parse("---\ntitle: A\n---\n    code\n")[1] == "code"  # the trap


def test_a_body_that_opens_with_a_ruler_loses_nothing():
    assert read_header("---\ntitle: A\n---\n---\nfirst\n\n---\nsecond\n").body == "---\nfirst\n\n---\nsecond\n"


def test_a_text_that_only_starts_with_a_ruler_has_no_header():
    assert read_header("---\n\nSome words.\n").fields == {}
    assert read_header("{% raw %}x{% endraw %}").body == "{% raw %}x{% endraw %}"
    assert read_header("{: .lead}\nText").body == "{: .lead}\nText"


def test_the_keys_content_and_handler_and_numbers_are_keys_like_others():
    fields = read_header("---\ncontent: a\nhandler: b\n2024: c\ntext: d\nencoding: e\n---\n").fields
    assert fields == {"content": "a", "handler": "b", "2024": "c", "text": "d", "encoding": "e"}


def test_keys_are_known_in_any_case():
    assert read_header("---\nTitle: A\nPubDate: B\n---\n").fields == {"title": "A", "pubdate": "B"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\ntitle: A\n", 1, "never closed"),
        ("+++\ntitle = 'A'\n", 1, "never closed"),
        ("---\ntitle: A\ntags: [a\n---\n", 4, "no YAML"),
        ("---\ntitle: A: b\n---\n", 2, "no YAML"),
        ("---\ntitle: {{ page.title }}\n---\n", 2, "no YAML"),
        ("\n\n---\na: 1\nb: A: b\n---\n", 5, "no YAML"),
        ("---\ndraft true\n---\n", 2, "no table"),
        ("+++\ntitle = A\n+++\n", 2, "no TOML"),
        ("+++\na = 1\ndate = 2024-13-01\n+++\n", 3, "no TOML"),
        ("+++\na = 1\ntags = [1,\n+++\n", 3, "no TOML: Invalid value"),
        ('{\n"title": "A"\n"date": 1}\n', 3, "no JSON"),
        ("---js\n{ title: 'A' }\n---\n", 2, "not executed"),
    ],
)
def test_a_header_that_cannot_be_read_is_an_error_with_its_line(text, line, words):
    with pytest.raises(PostError, match=words) as caught:
        read_header(text)
    assert caught.value.line == line


def test_a_list_is_no_header():
    with pytest.raises(PostError, match="no table"):
        read_header("---\n- a: 1\n- b\n---\n")


def test_lines_are_those_of_the_file():
    header = read_header("---\ntitle: A\ndate: soon\n---\n\nBody")
    assert header.body_line == 5
    assert header.line_of("DATE") == 3
    assert header.line_of("missing") is None
    assert read_header('{"title": "A",\n "date": "soon"}\nBody').line_of("date") == 2
    assert read_header("No header\nat all").body_line == 1


def test_a_key_that_stands_twice_is_reported_with_the_line_that_wins():
    header = read_header("---\ntitle: A\ntags: []\nTitle: B\n---\n")
    assert header.fields["title"] == "B"
    assert header.repeated == (("Title", 4),)


def test_what_an_escape_brings_in_cannot_break_a_feed():
    assert read_header('---\ntitle: "a\\u0000\\u000bb"\n---\n').fields["title"] == "ab"
    assert read_header('{"title": "a\\u0001\\ud800b", "more": ["\\ufffe"]}').fields == {
        "title": "ab",
        "more": [""],
    }


def test_nested_dates_of_toml_become_text():
    header = read_header("+++\ndate = 2024-01-02\n[extra]\nseen = [2024-01-02T03:04:05Z]\n+++\n")
    assert header.fields["extra"] == {"seen": ["2024-01-02T03:04:05+00:00"]}
    assert header.fields["date"].year == 2024


@pytest.mark.parametrize(
    "text",
    [
        "---\na: " + "[" * 100_000 + "\n---\n",  # libyaml would take the whole process with it
        "---\na: " + "{a: " * 5_000 + "\n---\n",
        "---\n" + "".join(" " * depth + "a:\n" for depth in range(900)) + "---\n",
        "---\na:\n  " + "- " * 5_000 + "a\n---\n",
        "+++\na = " + "[" * 5_000 + "\n+++\n",
        '{"a": ' + "[" * 100_000 + "\n",
        "---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 9))
        + "---\n",
    ],
    ids=["flow", "tables", "indent", "dashes", "toml", "json", "aliases"],
)
def test_a_hostile_header_is_refused_at_once(text):
    with pytest.raises(PostError, match="too"):
        read_header(text)


def test_python_frontmatter_does_the_work(monkeypatch):
    monkeypatch.setattr(frontmatter, "parse", lambda *_args, **_more: ({"title": "from the library"}, "\0body\0"))
    assert read_header("---\ntitle: A\n---\nB").fields == {"title": "from the library"}


@given(st.text(alphabet=st.characters(exclude_characters="\r\0", exclude_categories=["Cs"])))
def test_any_text_is_read_or_refused(text):
    try:
        header = read_header(text)
    except PostError:
        return
    assert text.endswith(header.body)


@given(st.text(alphabet=st.characters(exclude_characters="\r\0", exclude_categories=["Cs"])))
def test_a_body_comes_out_as_it_went_in(body):
    assert read_header(f"---\ntitle: A\n---\n{body}").body == body
