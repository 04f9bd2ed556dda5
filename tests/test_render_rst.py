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
