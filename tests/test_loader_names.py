"""Titles, tags and categories as plain text, each form as blogs hold it."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, strategies as st

from feeds.loader.names import parse_names, plain_text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("R&amp;D with <em>C++</em> and `*args`, **again**", "R&D with C++ and *args, again"),
        ("`for`-`in`", "for-in"),
        ("[Ada](https://example.org/a_(b)) writes", "Ada writes"),
        ("![logo](x.png) News", "logo News"),
        ("_really_ **big** ~~old~~ news", "really big old news"),
        ("snake\\_case", "snake_case"),
        ("<b>Line</b><br>break", "Line break"),
        ("Sch&uuml;ring &#x26; Co", "Schüring & Co"),
        ("two\n  lines", "two lines"),
        ("Hello\x00\u2028World\ufeff", "Hello World"),
        ("می‌خواهم", "می‌خواهم"),
        (1.1, "1.1"),
        (2024, "2024"),
        (False, "false"),
        (date(2024, 1, 2), "2024-01-02"),
        (["a", "b"], "a, b"),
        (None, ""),
        ({"en": "x"}, ""),
    ],
)
def test_a_title_is_plain_text_in_one_line(written, text):
    assert plain_text(written) == text


@pytest.mark.parametrize(
    "title",
    [
        "2 * 3 * 4",
        "snake_case_name",
        "Understanding __init__.py",
        "*args and **kwargs",
        "Vec<T> in Rust",
        "The <script> tag",
        "a < b and c > d",
        "[WIP] Foo",
        "Before You memo()",
        r"C:\Users",
        "AT&T",
        "?a=1&copy=2",
        "5 > 4 & 3 < 4",
    ],
)
def test_what_only_resembles_markup_stays(title):
    assert plain_text(title) == title


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("a, b,c", ("a", "b", "c")),
        ("a, b; c", ("a, b", "c")),
        ("R&amp;D; news", ("R&D", "news")),
        ("two words", ("two words",)),
        ("日本語、中文，English", ("日本語", "中文", "English")),
        ("مرحبا، عالم", ("مرحبا", "عالم")),
        (["a", "A", "b, c", "", None], ("a", "b, c")),
        ({"name": "News"}, ("News",)),
        ([{"name": "News"}, {"label": "Code"}], ("News", "Code")),
        ({"python": None, "web": None}, ("python", "web")),
        (["Straße", "STRASSE", "é", "e\u0301"], ("Straße", "é")),
        ([2024, 1.1, True], ("2024", "1.1", "true")),
        ("#python, C#", ("python", "C#")),
        ("[a, 'b']", ("a", "b")),
        (None, ()),
        ("", ()),
        (" , ;", ()),
    ],
)
def test_tags_are_read_from_any_shape(written, names):
    assert parse_names(written) == names


def test_a_string_splits_at_spaces_only_where_the_generator_does():
    assert parse_names("python web", split_spaces=True) == ("python", "web")
    assert parse_names("machine learning, web", split_spaces=True) == ("machine learning", "web")
    assert parse_names(["machine learning"], split_spaces=True) == ("machine learning",)


@given(st.text())
def test_any_title_becomes_text_that_xml_allows(written):
    text = plain_text(written)
    assert text == " ".join(text.split())
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_front_matter_gives_names_without_blanks(value):
    names = parse_names(value)
    assert all(name.strip() for name in names)
    assert len({name.casefold() for name in names}) <= len(names)
