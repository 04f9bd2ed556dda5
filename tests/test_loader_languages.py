"""Languages as tags."""

from __future__ import annotations

import pytest

from feeds.loader.languages import clean_language, is_language


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("en", "en"),
        ("en-us", "en-US"),
        ("pt_BR.UTF-8", "pt-BR"),
        ("zh_cn", "zh-CN"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de_DE@euro", "de-DE"),
        ("English", ""),
        ("", ""),
        (":lang", ""),
    ],
)
def test_a_language_is_a_bcp_47_tag_or_nothing(said, tag):
    assert clean_language(said) == tag


@pytest.mark.parametrize("name", ["en", "ar", "pt-BR", "zh_cn", "zh-TW", "sr-Latn"])
def test_a_folder_may_be_of_a_language(name):
    assert is_language(name)


@pytest.mark.parametrize("name", ["js", "go", "blog", "EN", "e", "xx", "en-", "zh-hans-cn", ""])
def test_a_folder_with_another_name_is_of_none(name):
    assert not is_language(name)
