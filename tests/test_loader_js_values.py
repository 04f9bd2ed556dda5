"""Values that stand in a program's text: whatever the text, they are read to an end."""

import pytest

from feeds.loader.js_settings import read_js_values
from feeds.loader.js_values import UNKNOWN, Reader


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("new Date('2024-01-01')", "2024-01-01"),
        ("await new Date('2024-01-01')", "2024-01-01"),
        ("await (config)", {"a": 1}),
        ("newsletter", UNKNOWN),
        ("[...tags, 'y']", ["x", "y"]),
        ("{...config, b: 2}", {"a": 1, "b": 2}),
        ("'a' + 'b'", "ab"),
        ("f({a: 1}).b", UNKNOWN),
    ],
)
def test_an_expression_has_a_value_as_far_as_it_is_data(text, value):
    assert Reader(text, {"config": {"a": 1}, "tags": ["x"]}).read(0) == value


@pytest.mark.parametrize("part", ["new ", "await ", "(", "[", "{a:", "f("])
def test_what_nests_without_end_is_read_to_the_end_of_the_text_but_not_to_its_bottom(part):
    reader = Reader(part * 5000, {})
    assert len(repr(reader.read(0))) < 1000
    assert reader.at >= len(reader.text)


def test_constants_behind_brackets_that_nothing_closes_are_read_until_it_is_plain_that_all_are_broken():
    broken = "const a = (\n"
    assert read_js_values(f"{broken * 3}const b = 1\n") == {"b": 1}
    assert read_js_values(f"{broken * 3000}const b = 1\n") == {}
