import resource

import pytest

from feeds.models import Markup
from feeds.render.markdown import render_classic, render_commonmark
from rendering import render


def test_cmark_gives_back_the_memory_that_it_takes():
    post = "Hello *world* [a](b)\n\n" * 450
    for _ in range(20):
        render_commonmark(post)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(60):  # cmarkgfm alone keeps 40 MB of these
        render_commonmark(post)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 10_000


def test_commonmark_has_githubs_extensions():
    html = render_commonmark("| a |\n|:-:|\n| 1 |\n\n~~x~~ https://example.org\n\n- [x] done\n- [ ] open\n\n3. c\n")
    for part in (
        '<td align="center">1</td>',
        "<del>x</del>",
        'href="https://example.org"',
        "☑ done",
        "☐ open",
        'start="3"',
    ):
        assert part in html


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("见 https://example.org/a/；再看", '见 <a href="https://example.org/a/">https://example.org/a/</a>；再看'),
        (
            "（https://example.org/ä?b&c）",
            '（<a href="https://example.org/%C3%A4?b&amp;c">https://example.org/ä?b&amp;c</a>）',
        ),
        ('"https://example.org/b"。见', '&quot;<a href="https://example.org/b">https://example.org/b</a>&quot;。见'),
        ("[https://a.example](https://b.example/、)", '<a href="https://b.example/%E3%80%81">https://a.example</a>'),
        ("[见、此](https://example.org/、)", '<a href="https://example.org/%E3%80%81">见、此</a>'),
    ],
)
def test_an_address_ends_before_the_punctuation_of_a_script_without_spaces(text, linked):
    assert render_commonmark(text) == f"<p>{linked}</p>\n"


def test_classic_has_what_its_generators_switch_on():
    html = render_classic(
        'Term\n:   Meaning\n\n!!! note "Mind"\n    this\n\n- [x] done\n\n- item\n\n    ```py\n    x = 1\n    ```\n\n'
        "A[^1] ==m== HTML\n\n"
        "[^1]: Note\n\n*[HTML]: Hyper\n\n| a |\n|---|\n| 1 |\n"
    )
    for part in (
        "<dt>Term</dt>",
        "Mind</p>",
        "☑ done",
        'class="language-py"',
        "<mark>m</mark>",
        "<abbr",
        "<td>1</td>",
        "Note",
    ):
        assert part in html


def test_footnotes_of_one_post_do_not_appear_in_the_next():
    render_classic("a[^1]\n\n[^1]: first\n")
    assert "first" not in render_classic("b[^1]\n\n[^1]: second\n")


def test_a_fence_with_title_and_marks_is_a_fence_in_both_dialects(tmp_path):
    body = '```js title="a.js" {1,3-4} hl_lines="2"\nconst a = {};\n```\n'
    for markup in (Markup.COMMONMARK, Markup.MARKDOWN):
        html = render(tmp_path, body, markup=markup)
        assert "<strong>a.js</strong>" in html
        assert '<pre><code class="language-js">const a = {};' in html


@pytest.mark.parametrize("mark", ["[TOC]", "[[toc]]", "[[_TOC_]]"])
@pytest.mark.parametrize("markup", [Markup.MARKDOWN, Markup.COMMONMARK])
def test_the_place_of_a_table_of_contents_is_no_text(tmp_path, mark, markup):
    assert render(tmp_path, f"{mark}\n\ntext, `[TOC]`", markup=markup).strip() == "<p>text, <code>[TOC]</code></p>"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            'Text\n\n!!! note "Mind"\n\n    It *is*.\n',
            "<blockquote>\n<p><strong>Mind</strong></p>\n<p>It <em>is</em>.</p>",
        ),
        (
            '=== "Shell"\n\n    ```sh\n    ls\n    ```\n',
            "<p><strong>Shell</strong></p><div>\n<pre>",
        ),
    ],
)
def test_a_post_in_a_folder_without_a_generator_is_read_as_what_it_is_written_in(tmp_path, body, shown):
    assert shown in render(tmp_path, body)
    assert shown not in render(tmp_path, body, text='[posts]\nmarkdown = "gfm"\n')
    assert shown not in render(tmp_path, body, generator="hugo")


def test_what_only_begins_like_a_block_of_another_dialect_changes_nothing(tmp_path):
    body = '!!! Wow\n\n3. c\n\n~~x~~ === "a"\n'
    assert 'start="3"' in render(tmp_path, body)


@pytest.mark.parametrize(
    ("generator", "variables", "linked"),
    [
        ("hugo", {}, True),
        ("zola", {}, False),
        ("jekyll", {}, False),
        ("jekyll", {"markdown": "kramdown"}, False),
        ("jekyll", {"markdown": "CommonMarkGhPages"}, True),
    ],
)
def test_an_address_by_itself_is_a_link_where_it_is_on_the_site(tmp_path, generator, variables, linked):
    options = {"variables": variables}
    html = render(tmp_path, "At https://e.example/x or <https://e.example/y>", generator=generator, options=options)
    assert ('href="https://e.example/x"' in html) is linked
    assert 'href="https://e.example/y"' in html


@pytest.mark.parametrize(
    ("first", "shown"),
    [
        (":::cpp", '<code class="language-cpp">int a;'),
        ("#!python", '<code class="language-python">int a;'),
        (':::c++ hl_lines="1"', '<code class="language-c++">int a;'),
        ("#!/usr/bin/python", "<code>#!/usr/bin/python\nint a;"),
        (": a", "<code>: a\nint a;"),
    ],
)
def test_an_indented_block_of_python_markdown_may_say_its_language(tmp_path, first, shown):
    html = render(tmp_path, f"Text\n\n    {first}\n    int a;\n", generator="pelican", markup=Markup.MARKDOWN)
    assert shown in html
