import pytest

from feeds.models import Markup
from rendering import render, render_post


@pytest.mark.parametrize("markup", [Markup.COMMONMARK, Markup.MARKDOWN, Markup.HTML])
@pytest.mark.parametrize("name", ["int", "Product", "list", "path", "domain", "text", "set", "foo", "annotation-xml"])
def test_what_stands_behind_a_tag_that_only_looks_like_mathml_stays(tmp_path, name, markup):
    html = render(tmp_path, f"<p>A List&lt;{name}&gt; or a List<{name}> is\nwhat <b>stays</b>.</p>\n", markup=markup)
    assert html.strip().endswith("is\nwhat <b>stays</b>.</p>")
    assert f"List&lt;{name}&gt;" in html


def test_the_header_may_hold_one_too(tmp_path):
    assert render_post(tmp_path, "x", summary="Why a List<int> is *fine*").entry.summary == "Why a List is fine"


def test_a_drawing_and_a_formula_stay_what_they_are(tmp_path):
    html = render(tmp_path, "<int> a <svg><path d='x'/><text>no</text></svg> b <math><mi>no</mi></math> c <set> d")
    assert "no" not in html
    assert html.strip().endswith("c  d</p>")


def test_code_keeps_them(tmp_path):
    body = "`List<int>` <int> x\n\n```\nvector<int> <path>\n```\n"
    html = render(tmp_path, body, generator="jekyll")
    assert "<code>List&lt;int&gt;</code>" in html
    assert "vector&lt;int&gt; &lt;path&gt;" in html


def test_nothing_that_runs_comes_of_what_is_left(tmp_path):
    for body in ("<scr<int>ipt>x()</script>", "<int><img src=x onerror=x()>", "<a<set> href='javascript:x()'>y</a>"):
        html = render(tmp_path, f"<div>{body}</div>", markup=Markup.HTML)
        assert "<script" not in html
        assert "onerror" not in html
        assert "javascript:" not in html.replace("&", "")


@pytest.mark.parametrize("name", ["title", "script", "style", "textarea", "template", "xmp", "plaintext", "noframes"])
def test_a_tag_that_nothing_closes_does_not_take_the_rest_of_the_post(tmp_path, name):
    html = render(tmp_path, f"Write a <{name}> first.\n\nThen *more*.\n")
    assert html == f"<p>Write a &lt;{name}&gt; first.</p>\n<p>Then <em>more</em>.</p>\n"
    html = render(tmp_path, f"A <{name} type='x'> first.\n\nThen *more*.\n")
    assert html == "<p>A  first.</p>\n<p>Then <em>more</em>.</p>\n"


def test_one_that_is_closed_still_goes_with_what_is_in_it(tmp_path):
    assert render(tmp_path, "<div><style>p {}</style><script>x()</script>a</div>") == "<div>a</div>\n"
