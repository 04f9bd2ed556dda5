from html import unescape

import pytest

from feeds.models import Markup, Severity
from rendering import render, render_post


def show(root, body, **more):
    return render(root, body, generator="mkdocs", markup=Markup.MARKDOWN, **more)


@pytest.fixture
def site(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "a.md").write_text("one\n\n--8<-- [start:middle]\n*two*\n--8<-- [end:middle]\n\nthree\n")
    (tmp_path / "parts" / "code.py").write_text("a = 1\nb = 2\nc = 3\n")
    (tmp_path / "parts" / "loop.md").write_text('round\n\n--8<-- "parts/loop.md"\n--8<-- "parts/loop.md"\n')
    return tmp_path


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        ('--8<-- "parts/a.md"', "<p>one</p>\n<p><em>two</em></p>\n<p>three</p>"),
        ('--8<-- "parts/a.md:middle"', "<p>x</p>\n<p><em>two</em></p>\n<p>y</p>"),
        ("--8<--\nparts/a.md\n; parts/code.py\n--8<--", "<p>x</p>\n<p>one</p>"),
        ('```python\n--8<-- "parts/code.py:2:3"\n```', "b = 2\nc = 3</code>"),
        ('```python\n--8<-- "parts/code.py:1:1,3:3"\n```', "a = 1\nc = 3</code>"),
        ('!!! note\n    --8<-- "parts/a.md:middle"', "<blockquote>\n<p><strong>Note</strong></p>\n<p><em>two</em></p>"),
        (';--8<-- "parts/a.md"', '<p>--8<-- "parts/a.md"</p>'),
    ],
)
def test_a_snippet_stands_where_it_is_named(site, mark, shown):
    assert shown in unescape(show(site, f"x\n\n{mark}\n\ny\n"))


def test_a_snippet_that_is_not_there_is_left_out_and_reported(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "secret").write_text("hunter2")
    body = 'a\n\n--8<-- "../secret"\n\n--8<-- "https://example.org/x"\n\nb\n'
    result = render_post(tmp_path / "site", body, generator="mkdocs", markup=Markup.MARKDOWN, body_line=5)
    assert result.entry.content == "<p>a</p>\n<p>b</p>"
    assert [(problem.line, problem.severity) for problem in result.problems] == [
        (7, Severity.WARNING),
        (9, Severity.WARNING),
    ]


def test_a_block_of_snippets_that_is_never_closed_swallows_nothing(tmp_path):
    assert "after" in show(tmp_path, "before\n\n--8<--\n\nafter\n")


def test_a_snippet_in_itself_ends(site):
    html = show(site, '--8<-- "parts/loop.md"\n')
    assert "round" in html
    assert len(html) < 100_000


def test_an_entry_depends_on_its_snippets(site):
    result = render_post(site, '--8<-- "parts/a.md"\n', generator="mkdocs", markup=Markup.MARKDOWN)
    assert "parts/a.md" in result.files


def test_the_folders_of_snippets_are_a_setting_of_the_sites(site):
    assert "<em>two</em>" in show(site, '--8<-- "a.md:middle"\n', options={"snippets": ["parts"]})
