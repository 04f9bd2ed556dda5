import re

import pytest
from hypothesis import given, strategies as st

from feeds.models import Markup
from feeds.render.links import Links
from feeds.render.siblings import Siblings
from making import make_post
from rendering import render

URLS = {"content/blog/two.md": "https://blog.example/sub/two/", "posts/three.md": "https://blog.example/sub/three/"}


def make_links(**more):
    values = {
        "page": "https://blog.example/sub/one/",
        "base": "https://blog.example/sub/one/",
        "site": "https://blog.example/sub/",
        "source": "posts/one.md",
        "siblings": Siblings(URLS),
        "footnotes": "m",
        "lists": {"tag": "t/{slug}/"},
    }
    return Links(**(values | more))


@pytest.mark.parametrize(
    ("written", "absolute"),
    [
        ("a.png", "https://blog.example/sub/one/a.png"),
        ("../a.png?x=1#y", "https://blog.example/sub/a.png?x=1#y"),
        ("/a/../b", "https://blog.example/b"),
        ("/a.png", "https://blog.example/a.png"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("", "https://blog.example/sub/one/"),
        ("?q", "https://blog.example/sub/one/?q"),
        ("#part", "https://blog.example/sub/one/#part"),
        ("#fn-1", "https://blog.example/sub/one/#fn-m-1"),
        ("#fnref:2", "https://blog.example/sub/one/#fnref-m-2"),
        ("https://example.org/ä b", "https://example.org/%C3%A4%20b"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("@site/static/img/x.png", "https://blog.example/sub/img/x.png"),
        ("@site/posts/three.md#x", "https://blog.example/sub/three/#x"),
        ("@/blog/two.md", "https://blog.example/sub/two/"),
        ("~/assets/x.png", "https://blog.example/sub/assets/x.png"),
        ("three.md", "https://blog.example/sub/three/"),
        ("./three.md?a#b", "https://blog.example/sub/three/?a#b"),
        ("/posts/three.md", "https://blog.example/sub/three/"),
        ("/posts/three.md?a#b", "https://blog.example/sub/three/?a#b"),
        ("../posts/three.md#b", "https://blog.example/sub/three/#b"),
        ("../a.html", "https://blog.example/sub/a.html"),
        ("a.html", "https://blog.example/sub/one/a.html"),
        ("https://example.org/a\n", "https://example.org/a"),
        ("/a\n", "https://blog.example/a"),
        ("a.png\n", "https://blog.example/sub/one/a.png"),
        ("{filename}three.md", "https://blog.example/sub/three/"),
        ("%7Bstatic%7D/images/x.png", "https://blog.example/sub/images/x.png"),
        ("{static}x.png", "https://blog.example/sub/x.png"),
        ("{tag}Über C++", "https://blog.example/sub/t/uber-c/"),
        ("|tag|a b#x", "https://blog.example/sub/t/a-b/#x"),
        ("%7Bcategory%7DMy%20news", "https://blog.example/sub/category/my-news.html"),
        ("{author}Ada Lovelace", "https://blog.example/sub/author/ada-lovelace.html"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("http:///x", None),
        ("https:x", None),
        ("file:///etc/passwd", None),
        ("//[x", None),
    ],
)
def test_an_address_is_absolute_or_gone(written, absolute):
    assert make_links().resolve(written) == absolute


def test_a_small_picture_may_be_inside_its_address_and_nothing_else():
    small = "data:image/png;base64,iVBORw0KGgo="
    assert make_links().resolve(small, image=True) == small
    assert make_links().resolve(small) is None
    assert make_links().resolve(small + "A" * 5000, image=True) is None
    assert make_links().resolve("data:image/svg+xml;base64,PHN2Zz4=", image=True) is None


@given(st.text() | st.from_regex(r"[a-z]{0,6}:?/{0,3}[\w./?#@~{}%-]*", fullmatch=True))
def test_whatever_is_written_the_result_has_a_scheme_and_no_foreign_letter(written):
    made = make_links().resolve(written)
    assert made is None or re.fullmatch(r"[a-z]+:[!-~]+", made, re.IGNORECASE)


@pytest.mark.parametrize("markup", [Markup.COMMONMARK, Markup.MARKDOWN])
def test_footnotes_of_two_posts_can_stand_on_one_page(tmp_path, markup):
    body = "a[^1] b[^x]\n\n[^1]: One\n[^x]: Two\n"
    pages = [render(tmp_path, body, markup=markup, entry_id=name) for name in ("first", "second")]
    ids = [set(re.findall(r' id="([^"]+)"', page)) for page in pages]
    assert len(ids[0]) >= 4
    assert not ids[0] & ids[1]
    for page, own in zip(pages, ids, strict=True):
        assert set(re.findall(r'href="https://blog\.example/one/#([^"]+)"', page)) == own


def test_other_ids_stay_on_the_site(tmp_path):
    assert " id=" not in render(tmp_path, '<h2 id="x">a</h2><p id="fnord">b</p><a name="y">c</a>')


def test_a_link_to_another_posts_file_leads_to_its_page(tmp_path):
    other = make_post("two")
    assert 'href="https://blog.example/two/#x"' in render(tmp_path, "[a](two.md#x)", posts=[other])
