import pytest

from rendering import render, render_post


@pytest.mark.parametrize("generator", ["eleventy", "hexo"])
def test_an_output_says_what_the_header_says(tmp_path, generator):
    body = "{{ title }}, {{ page.mood | upcase }}, {{ 'as it is' }}{# nobody #}, `{{ code }}`"
    shown = render(tmp_path, body, generator=generator, extra={"mood": "fine"})
    assert shown == "<p>One, fine, as it is, <code>{{ code }}</code></p>\n"


def test_another_output_vanishes_and_is_named(tmp_path):
    result = render_post(tmp_path, "a {{ metadata.title }}b {{ env.SECRET }}", generator="eleventy")
    assert result.entry.content == "<p>a b</p>\n"
    assert ["metadata.title" in problem.message for problem in result.problems] == [True, False]


def test_braces_are_text_where_nobody_runs_them(tmp_path):
    assert "{{ title }}" in render(tmp_path, "{{ title }}", generator="hugo")
