"""YAML 1.1's surprises must not reach a title, a tag or a date."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, strategies as st

from feeds.loader.honest_yaml import HonestLoader, describe_yaml_error


def read(text):
    return yaml.load(text, Loader=HonestLoader)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "on",
        "y",
        "1.10",
        "010",
        "12:30",
        "0x1F",
        "1_000",
        "1e3",
        ".5",
        "2024-01-02",
        "2024-1-2",
        "=",
        "0o7",
        "+1",
        "1.",
    ],
)
def test_what_is_no_plain_number_stays_as_it_was_written(text):
    assert read(f"key: {text}") == {"key": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("-7", -7),
        ("0", 0),
        ("2.5", 2.5),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
    ],
)
def test_plain_values_are_values(text, value):
    assert read(f"key: {text}") == {"key": value}


class SlowLoader(HonestLoader):
    """The same, that asks PyYAML which tag a node has."""

    resolve = yaml.resolver.BaseResolver.resolve


@given(st.text("truefalsTRUEFALSnulNUL~0123456789-.<:,[]{}\"'!&*#|> \n", max_size=24))
@example("a: true\nb: [~, 1, 1.5, <<, x]\nc: 'true'\nd: ! 12\ne: ! 'x'\nf:\n? [a]\n: {}\n? {}\n: '1'")
@example("&a x: *a")
def test_a_nodes_tag_is_what_pyyaml_finds(text):
    answers = []
    for loader in (HonestLoader, SlowLoader):
        try:
            answers.append(repr(yaml.load(text, Loader=loader)))
        except (yaml.YAMLError, ValueError, TypeError) as error:
            answers.append(f"{type(error)}{error}")
    assert answers[0] == answers[1]


def test_a_date_that_does_not_exist_is_no_error_of_yaml():
    assert read("date: 2017-02-29") == {"date": "2017-02-29"}


def test_more_digits_than_python_converts_stay_text():
    digits = "9" * 5000
    assert read(f"key: {digits}") == {"key": digits}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!ruby/object:Foo\n  a: 1", {"a": 1}),
        ("!!python/object/apply:os.system ['true']", ["true"]),
        ("!ENV [X, y]", ["X", "y"]),
        ("!!binary aGk=", "aGk="),
        ("!!set {a, b}", {"a": None, "b": None}),
    ],
)
def test_unknown_tags_are_plain_data_and_construct_nothing(text, value):
    assert read(f"key: {text}") == {"key": value}


def test_anchors_and_merges_work():
    assert read("base: &b {a: 1}\nmore:\n  <<: *b\n  c: 2") == {"base": {"a": 1}, "more": {"a": 1, "c": 2}}


def test_an_error_has_words_and_a_line():
    with pytest.raises(yaml.YAMLError) as caught:
        read("a: 1\nb: [\n")
    message, line = describe_yaml_error(caught.value, "a: 1\nb: [\n")
    assert message
    assert line == 3
