"""Lines of plain text."""

import pytest
from hypothesis import given, strategies as st

from feeds.theme import delimit_url, display_width, wrap_text


def test_a_paragraph_is_filled_to_the_width():
    lines = wrap_text("word " * 40, width=24).split("\n")
    assert max(map(len, lines)) == 24
    assert " ".join(lines).split() == ["word"] * 40


def test_an_address_is_never_broken():
    url = "https://example.org/" + "x" * 100
    assert wrap_text(f"see {url} now", width=40).split("\n") == ["see", url, "now"]


def test_later_lines_are_indented():
    assert wrap_text("one two three", width=8, indent="  ", first="- ") == "- one\n  two\n  three"


def test_a_no_break_space_breaks_no_line_and_stays():
    assert wrap_text("Bonjour\u202f! Vraiment\xa0?", width=10).split("\n") == ["Bonjour\u202f!", "Vraiment\xa0?"]


def test_what_is_held_together_for_longer_than_a_line_is_broken_all_the_same():
    assert max(map(len, wrap_text("\xa0".join(["word"] * 40), width=24).split("\n"))) == 24


def test_japanese_breaks_after_a_mark_and_never_before_one():
    text = "吾輩は猫である。名前はまだ無い。どこで生れたか頓と見当がつかぬ。"
    lines = wrap_text(text, width=24).split("\n")
    assert lines[0] == "吾輩は猫である。"
    assert "".join(lines) == text


def test_japanese_fills_its_lines_where_no_mark_is_near_the_end():
    text = "まずは、開発者の環境に必要な拡張機能を自動で導入させる方法を見ていきます。"
    assert wrap_text(text, width=40).split("\n") == [text[:20], text[20:]]


def test_no_line_of_japanese_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    text = "書評「標準化」はユーザー（管理者）とキャッシュ・サーバーのためのものでしょうか"
    for width in range(12, 40):
        for line in wrap_text(text, width=width).split("\n"):
            assert line[0] not in "」）・ーャュッ"
            assert line[-1] not in "「（"


def test_korean_breaks_at_spaces_alone():
    text = "안녕하세요 반갑습니다 오늘은 새로운 소식을 전합니다"
    assert " ".join(wrap_text(text, width=24).split("\n")) == text


def test_an_address_among_wide_characters_is_never_broken():
    url = "https://example.org/" + "x" * 30
    text = f"本文永久链接：{url}の原文"
    assert wrap_text(text, width=40).split("\n") == ["本文永久链接：", url, "の原文"]
    assert wrap_text("链" * 18 + url, width=40).split("\n") == ["链" * 18, url]


def test_an_address_with_wide_characters_is_never_broken_between_its_delimiters():
    url = "<https://example.org/ファクスと子供たちに向けた、長い長い題名の。記事？>"
    assert wrap_text(f"詳しくは{url}をご覧ください。", width=40).split("\n") == ["詳しくは", url, "をご覧ください。"]


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/你好？", "<https://example.org/你好？>"),
        ("https://example.org/終わり。", "<https://example.org/終わり。>"),
        ("https://example.org/Lisp_(language)", "<https://example.org/Lisp_(language)>"),
        ("https://example.org/what.", "<https://example.org/what.>"),
        ("https://example.org/🎉", "<https://example.org/🎉>"),
        ("https://example.org/日本語", "https://example.org/日本語"),
        ("https://example.org/a/", "https://example.org/a/"),
        ("https://example.org/?q=", "https://example.org/?q="),
        ("", ""),
    ],
)
def test_an_address_whose_end_could_be_missed_is_delimited(url, written):
    assert delimit_url(url) == written


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])), st.integers(10, 80))
def test_nothing_is_lost_and_only_unbreakable_words_are_too_long(text, width):
    wrapped = wrap_text(text, width=width)
    assert "".join(wrapped.split()) == "".join(text.split())
    for line in wrapped.split("\n"):
        assert display_width(line) <= width + 2 or len(line.split()) == 1
