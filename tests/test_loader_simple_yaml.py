"""Headers that are read line by line say what the parser makes of them; what is not so plain is for the parser."""

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from feeds.loader.honest_yaml import HonestLoader
from feeds.loader.simple_yaml import read_simple

HEADER = """title: "Notes: a beginning, it's said"
date: 2024-05-01 10:00:00 +02:00
author: 'Ada "the" Lovelace'
Cover-Image: /img/größe.png?w=10
tags: [C++, R & D, don't, 2024, No, null, 1.10, 1.5]
draft: false
weight: 007
order: 12
version: 1.10
url: https://example.org/a:b/c
quote: “so”, he said [and] {went}
topics:
  - C++
  - 2024
aliases:
- a - b
"""
# What stands in headers, and what makes more of them than they seem.
VALUES = st.one_of(
    st.sampled_from([*HEADER.splitlines(), ""]).map(lambda line: line.partition(": ")[2]),
    st.lists(
        st.sampled_from(
            [
                "a",
                "b c",
                "ä",
                "日本",
                "true",
                "No",
                "~",
                "null",
                "-1",
                "0",
                "1.5",
                "010",
                "1e3",
                "0x1f",
                "12:30",
                ":",
                ": ",
                " #",
                "#",
                "- ",
                "-",
                "? ",
                "?",
                ",",
                ", ",
                "[",
                "]",
                "{",
                "}",
                '"',
                "'",
                "''",
                "\\",
                "\\n",
                "&a ",
                "*a",
                "!!str ",
                "|",
                ">",
                "%",
                "@",
                "`",
                "<<",
                "=",
                " ",
                "  ",
                "\t",
                "\x85",
                "\u2028",
                "\ufeff",
                "\xa0",
                "\x07",
                "---",
                "...",
            ]
        ),
        max_size=6,
    ).map("".join),
    st.text(max_size=12),
)
KEYS = st.sampled_from(
    ["title", "Tags", "a", "a-b", "_x", "true", "Null", "no", "y", "<<", "1", "ä", "a b", '"q"', "- a", "a: b"]
)
LINES = st.one_of(
    st.tuples(KEYS, st.sampled_from([": ", ":  ", ":", ":\t", " : "]), VALUES).map("".join),
    st.tuples(KEYS, VALUES).map(lambda pair: f'{pair[0]}: "{pair[1]}"'),
    st.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]}: '{pair[1]}'"),
    st.tuples(KEYS, st.lists(VALUES, max_size=4)).map(lambda pair: f"{pair[0]}: [{', '.join(pair[1])}]"),
    st.tuples(
        KEYS, st.lists(st.tuples(st.sampled_from(["- ", "  - ", " - ", "    - "]), VALUES).map("".join), max_size=3)
    ).map(lambda pair: "\n".join([f"{pair[0]}:", *pair[1]])),
    st.sampled_from(["", "  b", "- c", "  - d", "# e", "...", "---", "%YAML 1.1"]),
)


def ask_parser(text: str) -> str:
    """What the parser makes of it, with types and order; "" if it cannot be read."""
    try:
        return repr(yaml.load(text, Loader=HonestLoader))
    except (yaml.YAMLError, ValueError):
        return ""


def test_a_header_of_plain_lines_is_read_as_the_parser_reads_it():
    assert repr(read_simple(HEADER)) == ask_parser(HEADER)


@given(st.lists(LINES, min_size=1, max_size=5), st.sampled_from(["\n", "", " \n"]))
@settings(max_examples=1500, deadline=None)
def test_what_is_read_line_by_line_is_what_the_parser_reads(lines, end):
    text = "\n".join(lines) + end
    fields = read_simple(text)
    assert fields is None or repr(fields) == ask_parser(text)


@given(st.sampled_from(["{}", '"{}"', "'{}'", "[{}]", "[a, {}]"]), VALUES)
@settings(max_examples=1500, deadline=None)
def test_a_value_that_is_read_at_sight_is_what_the_parser_reads(form, value):
    text = f"a: {form.format(value)}\nb: c\n"
    fields = read_simple(text)
    assert fields is None or repr(fields) == ask_parser(text)


@pytest.mark.parametrize(
    "line",
    [
        "", "# a remark", "a: &b c", "a: *b", "a: !!str 1", "a: |", "a: >", "a: b # c", "a: b: c", "a: b:", "a:\n  b",
        "a:", "a:\n- b: c", "a:\n  - b\n - c", "a:\n - b\n  - c", "a:\n  - b\n  c", "a:\n  - - b", "a:\n  -",
        "a:\n\n  - b", "a: b\n  c", 'a: "b\\n"', "a: 'it''s'", 'a: "b" c', "a: [b, [c]]", "a: [b: c]", "a: [b, ]",
        "a: [b", "a: {b: c}", "a: -1", "true: a", "a : b", " a: b", "a: b ", "a:\tb", "a: b\x85c", "a: b\u2028c",
        "a: b\ufeffc", "? a", "- a", "...",
    ],
)  # fmt: skip
def test_what_takes_more_than_its_line_to_be_understood_is_for_the_parser(line):
    assert read_simple(f"x: y\n{line}\nz: 1\n") is None


def test_a_long_header_is_told_in_little_time():
    assert read_simple("a: " + "b c:d " * 20_000 + ": \n") is None
    assert read_simple("a: [" + "b c, " * 20_000 + ": ]\n") is None
    assert read_simple("a: b\n" * 20_000) == {"a": "b"}
