"""Data files: what generators accept is read, what is broken is named with its line."""

from __future__ import annotations

import pytest

from feeds.errors import ConfigError
from feeds.loader.datafiles import read_data, read_value


def write(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_unknown_yaml_tags_are_read_as_plain_values_and_never_constructed(tmp_path):
    text = (
        "site_name: !!python/object/apply:os.system ['touch hacked']\n"
        "emoji: !!python/name:material.extensions.emoji.twemoji\n"
        "url: !ENV [SITE_URL, 'https://example.org']\nkey: !ENV SECRET\nnav: !include {a: 1}\n"
    )
    assert read_data(write(tmp_path, "mkdocs.yml", text)) == {
        "site_name": ["touch hacked"],
        "emoji": "",
        "url": "https://example.org",
        "key": None,
        "nav": {"a": 1},
    }
    assert not (tmp_path / "hacked").exists()


def test_yaml_keys_and_days_stay_as_written(tmp_path):
    path = write(tmp_path, "a.yml", "no: 1\n2024: 2\non: 3\nday: 2024-01-02\nleap: 2017-02-29\n")
    assert read_data(path) == {"no": 1, "2024": 2, "on": 3, "day": "2024-01-02", "leap": "2017-02-29"}


def test_half_a_surrogate_pair_in_json_is_no_character(tmp_path):
    path = write(tmp_path, "a.json", r'{"a\uDC00": ["x\ud800y", "\ud83c\udf89", "\\ud800", 1.50, null]}')
    assert read_data(path) == {"a": ["xy", "🎉", r"\ud800", 1.5, None]}


def test_json_may_have_comments_and_trailing_commas(tmp_path):
    path = write(tmp_path, "a.json", '{\n// note\n"url": "https://x.org", /* more */ "list": [1, 2,],\n}')
    assert read_data(path) == {"url": "https://x.org", "list": [1, 2]}


def test_toml_and_a_byte_order_mark_are_read(tmp_path):
    assert read_data(write(tmp_path, "a.toml", '\ufefftitle = "X"\n')) == {"title": "X"}


@pytest.mark.parametrize("name", ["a.yml", "a.json", "a.toml"])
def test_an_empty_file_is_an_empty_table(tmp_path, name):
    assert read_data(write(tmp_path, name, "")) == {}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.yml", "a: 1\nb: [1\nc: }\n", r"a\.yml:3: is not YAML"),
        ("a.yml", "a: *nobody\n", r"a\.yml:1: is not YAML"),
        ("a.yml", "? [a]\n: 1\n", r"a\.yml:1: is not YAML"),
        ("a.json", '{\n "a": 1\n "b": 2}', r"a\.json:3: is not JSON"),
        ("a.toml", "a = 1\nb =\n", r"a\.toml:2: is not TOML"),
        ("a.toml", "a = 1\n\nb = [1,", r"a\.toml:3: is not TOML: Invalid value"),
        ("a.yml", "- a\n", r"a\.yml: holds no table"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path, name, text, message):
    with pytest.raises(ConfigError, match=message):
        read_data(write(tmp_path, name, text))


def test_a_file_that_is_not_there_or_not_utf8_is_an_error(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        read_data(tmp_path / "none.yml")
    (tmp_path / "latin.yml").write_bytes(b"title: Caf\xe9\n")
    with pytest.raises(ConfigError, match="UTF-8"):
        read_data(tmp_path / "latin.yml")


def test_a_list_is_a_value_where_one_is_wanted(tmp_path):
    assert read_value(write(tmp_path, "a.yml", "- id: kyle\n")) == [{"id": "kyle"}]
