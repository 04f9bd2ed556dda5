"""Shorter texts."""

import pytest
from hypothesis import given, strategies as st

from feeds.digest.excerpt import shorten_to_sentences, shorten_to_words


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
    assert shorten_to_sentences(text, sentences=2, characters=100) == shortened


def test_a_sentence_that_is_too_long_is_cut_between_words():
    assert shorten_to_sentences("word " * 50, sentences=2, characters=22) == "word word word word…"


@given(st.text(), st.integers(2, 60))
def test_no_text_is_longer_than_asked(text, length):
    assert len(shorten_to_words(text, length)) <= length
    assert len(shorten_to_sentences(text, sentences=2, characters=length)) <= length
