"""Shorter texts."""

import pytest
from hypothesis import given, strategies as st

from feeds.digest.excerpt import shorten_to_sentences, shorten_to_words
from feeds.theme import display_width


@pytest.mark.parametrize(
    ("text", "shortened"),
    [
        ("One here. Two there. Three.", "One here. Two there."),
        ("One? “Two!” Three.", "One? “Two!”"),
        ("Only one", "Only one"),
        ("Version 2.0 of J. S. Bach came. Then more. End.", "Version 2.0 of J. S. Bach came. Then more."),
        ("一つ目の文。二つ目の文。三つ目。", "一つ目の文。二つ目の文。"),
        ("Das gilt, z. B. hier. Und da. Nicht.", "Das gilt, z. B. hier. Und da."),
    ],
)
def test_whole_sentences_are_kept(text, shortened):
    assert shorten_to_sentences(text, sentences=2, columns=100) == shortened


def test_a_sentence_that_is_too_long_is_cut_between_words():
    assert shorten_to_sentences("word " * 50, sentences=2, columns=22) == "word word word word…"


def test_a_wide_character_takes_two_columns():
    assert shorten_to_sentences("一二三四五六七八。" * 3, sentences=3, columns=36) == "一二三四五六七八。" * 2
    assert shorten_to_sentences("一二三四五六七八九十" * 3, sentences=2, columns=20) == "一二三四五六七八九…"


def test_a_sentence_that_is_a_little_too_long_is_kept_whole():
    text = "Twenty-five letters here. More."
    assert shorten_to_sentences(text, sentences=2, columns=20) == "Twenty-five letters here."
    assert shorten_to_sentences(text, sentences=2, columns=19) == "Twenty-five…"


@given(st.text(), st.integers(2, 60))
def test_no_text_is_longer_than_asked(text, length):
    assert len(shorten_to_words(text, length)) <= length
    assert display_width(shorten_to_sentences(text, sentences=2, columns=length)) <= length * 1.25
