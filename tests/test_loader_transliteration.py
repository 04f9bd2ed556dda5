"""ASCII letters as Unidecode 1.4 writes them; the right-hand sides are its answers."""

from __future__ import annotations

import pytest

from feeds.loader.transliteration import transliterate


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("サーバー・ちょっと", "sa-ba-*chiyotsuto"),
        ("Привет, Єва", "Privet, Ieva"),
        ("שלום", "SHlvm"),
        ("5₽ ①⑳", "5R 120"),
        ("Größe", "Grosse"),
        ("中文", "Zhong Wen "),
    ],
)
def test_signs_are_written_as_unidecode_writes_them(text, plain):
    assert transliterate(text) == plain
