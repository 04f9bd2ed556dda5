import re
import sys

import pytest

from feeds.errors import PostError
from feeds.models import Markup
from rendering import render, render_post

RST = {"markup": Markup.RST, "generator": "nikola"}


def test_restructuredtext_is_clean_html(tmp_path):
    body = (
        "Head\n----\n\n*em* ``code {{ x }}`` `a <b.html>`_ [1]_\n\n.. code-block:: python\n   :linenos:\n\n   x = 1\n\n"
        ".. note:: Mind\n\n.. figure:: a.png\n   :alt: A\n\n   Caption\n\n.. [1] Foot\n\n.. contents::\n"
    )
    html = render(tmp_path, body, **RST)
    for part in (
        "<h2>Head</h2>",
        "code {{ x }}",
        'href="https://blog.example/one/b.html"',
        '<pre><code class="language-python">x = 1',
        "<strong>Note</strong>",
        '<img alt="A" src="https://blog.example/one/a.png">',
        "<figcaption>",
        "Foot",
    ):
        assert part in html
    assert "Contents" not in html


def test_nikolas_directives_stand_for_what_they_show_and_others_keep_their_text(tmp_path):
    body = (
        ".. youtube:: dQw4w9WgXcQ\n\n.. chart:: Bar\n   :title: t\n\n   'a', [1, 2]\n\n"
        ".. odd:: x\n   :y: z\n\n   Kept *text*\n"
    )
    result = render_post(tmp_path, body, **RST)
    assert "watch?v=dQw4w9WgXcQ" in result.entry.content
    assert "'a', [1, 2]" in result.entry.content
    assert "Kept <em>text</em>" in result.entry.content
    assert [problem.message for problem in result.problems] == ["directive `odd` has no counterpart in a feed"]


def test_no_directive_reads_a_file(tmp_path):
    (tmp_path / "secret").write_text("hunter2")
    path = tmp_path / "secret"
    html = render(
        tmp_path,
        f".. include:: {path}\n\n.. raw:: html\n   :file: {path}\n\n.. csv-table::\n   :file: {path}\n\nText",
        **RST,
    )
    assert "hunter2" not in html
    assert "Text" in html


def test_the_teasers_end_is_the_summarys(tmp_path):
    assert render_post(tmp_path, "One.\n\nTwo.\n\n.. TEASER_END\n\nThree.", **RST).entry.summary == "One. Two."


def test_without_docutils_one_line_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "docutils", None)
    with pytest.raises(
        PostError, match=r"posts/one\.md: is reStructuredText, which needs docutils: pip install 'feeds\[rst\]'"
    ):
        render(tmp_path, "Text", **RST)


def test_what_docutils_does_not_understand_is_reported_by_line_and_keeps_its_words(tmp_path):
    result = render_post(tmp_path, "One :odd:`words` two.\n\n.. figure::\n", body_line=5, **RST)
    assert "One words two." in result.entry.content
    assert "system" not in result.entry.content.lower()
    assert [problem.line for problem in result.problems] == [5, 7]


@pytest.fixture
def site(tmp_path):
    """A post's neighbours."""
    for name, text in {
        "posts/more.rst": "More *text*.\n\nSecond.\n",
        "posts/loop.rst": "Round.\n\n.. include:: loop.rst\n\n.. include:: loop.rst\n",
        "posts/a.py": "a = 1\nb = 2\nc = 3\n",
        "listings/b.py": "print('{{ x }}')\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("directive", "shown"),
    [
        (".. include:: more.rst", "<p>More <em>text</em>.</p>\n<p>Second.</p>"),
        (".. include:: more.rst\n   :end-before: Second", "<p>More <em>text</em>.</p>\n<p>end</p>"),
        (
            ".. include:: a.py\n   :code: python\n   :start-line: 1",
            '<pre><code class="language-python">b = 2\nc = 3</code></pre>',
        ),
        (".. literalinclude:: a.py\n   :language: python\n   :lines: 1", '<pre><code class="language-python">a = 1'),
        (".. listing:: b.py python", "<pre><code class=\"language-python\">print('{{ x }}')</code></pre>"),
    ],
)
def test_a_directive_shows_a_file_of_the_sites(site, directive, shown):
    result = render_post(site, f"start\n\n{directive}\n\nend\n", **RST)
    assert shown in result.entry.content
    assert not result.problems
    assert any(name.endswith(directive.split()[2]) for name in result.files)


def test_an_include_of_itself_ends(site):
    result = render_post(site, ".. include:: loop.rst\n\nend", **RST)
    assert "<p>end</p>" in result.entry.content
    assert result.problems


def test_what_a_transform_has_to_say_is_reported_and_not_shown(tmp_path):
    result = render_post(tmp_path, "A |sub|.", **RST)
    assert result.entry.content == "<p>A |sub|.</p>\n"
    assert "sub" in result.problems[0].message


def test_a_role_shows_its_title_without_its_target(tmp_path):
    html = render(tmp_path, ":doc:`The title <other/page>`, :ref:`label`, :kbd:`Ctrl`", **RST)
    assert html == "<p>The title, label, Ctrl</p>\n"


def test_a_footnote_is_a_number_and_its_text(tmp_path):
    html = render(tmp_path, "A [1]_.\n\n.. [1] Note.\n", **RST)
    assert re.search(r'A<sup><a href="[^"]*#footnote-\w+-1" id="[^"]*">1</a></sup>\.', html)
    assert re.search(r'<p><a href="[^"]*">1</a>\. Note\.</p>', html)
