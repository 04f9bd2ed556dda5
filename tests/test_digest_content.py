"""A post's HTML as a mail can hold it."""

import re

import nh3
import pytest
from hypothesis import given, strategies as st
from lxml import html

from feeds.digest.content import adapt_content
from feeds.theme import make_language

URL = "https://example.org/post/"
SAY = make_language("en", "UTC").say


def adapt(content, level=2, url=URL):
    root = adapt_content(content, title="The title", url=url, level=level, say=SAY)
    return "".join(html.tostring(block, encoding="unicode") for block in root)


@pytest.mark.parametrize(
    ("content", "adapted"),
    [
        ("loose <b>words</b><p>and a block</p>", "<p>loose <b>words</b></p><p>and a block</p>"),
        ("<div>only words</div>", "<p>only words</p>"),
        ("<div><section><p>deep</p></section></div>", "<p>deep</p>"),
        ("<figure><figcaption><p>By <i>Ada</i></p></figcaption></figure>", '<p class="caption">By <i>Ada</i></p>'),
        ("<details><summary>More</summary><p>x</p></details>", '<p class="strong">More</p><p>x</p>'),
        ("<p>a<script>x</script>b<!-- c --></p>", "<p>ab</p>"),
        ('<p style="color:red" class="x" id="y" onclick="z">a</p>', "<p>a</p>"),
        ('<p><font color="red"><u>a</u></font> <time>b</time></p>', "<p><u>a</u> b</p>"),
        ('<p>The <abbr title="World Wide Web">WWW</abbr></p>', "<p>The WWW</p>"),
        ("<p> </p><p>a</p><ul><li></li></ul>", "<p>a</p>"),
        ('<ul><li><input type="checkbox" checked> done</li></ul>', "<ul><li>☑  done</li></ul>"),
        ('<p dir="rtl" lang="he">א</p>', '<p dir="rtl" lang="he">א</p>'),
        ('<p><span class="kw">x</span> <span class="other">y</span></p>', '<p><span class="kw">x</span> y</p>'),
    ],
)
def test_only_what_mail_programs_know_is_left(content, adapted):
    assert adapt(content) == adapted


@pytest.mark.parametrize(
    ("content", "adapted"),
    [
        ('<p>a<sup><a href="#fn1">1</a></sup></p>', "<p>a<sup>1</sup></p>"),
        (f'<p>a<a href="{URL}#fn1">1</a></p>', "<p>a1</p>"),
        (f'<p>a<a href="{URL.replace("https", "http")}#fn1">1</a></p>', "<p>a1</p>"),
        (f'<p><a href="{URL.replace("https", "http")}?x">y</a></p>', f'<p><a href="{URL}?x">y</a></p>'),
        ('<p>open <a href="http://localhost:8080/x">localhost:8080</a></p>', "<p>open localhost:8080</p>"),
        ('<p>note <a href="#fnref1">↩\ufe0e</a></p>', "<p>note </p>"),
        ('<p>Title <a href="#title">#</a></p>', "<p>Title </p>"),
        ('<p>x<a name="here"></a></p>', "<p>x</p>"),
        (
            '<p><a href="https://b.example/">https://a.example/x</a></p>',
            '<p><a href="https://b.example/">a.example/x</a></p>',
        ),
        (
            '<p><a href="https://a.example/y">https://a.example/x</a></p>',
            '<p><a href="https://a.example/y">https://a.example/x</a></p>',
        ),
        ('<p><a href="https://[broken">x</a></p>', '<p><a href="https://[broken">x</a></p>'),
    ],
)
def test_a_link_leads_out_of_the_page_and_says_where(content, adapted):
    assert adapt(content).replace("%5B", "[") == adapted


def image(attributes):
    return html.fragment_fromstring(adapt(f'<p>x <img src="https://example.org/x.png" {attributes}></p>')).find("img")


@pytest.mark.parametrize(
    ("attributes", "width", "sized"),
    [
        ("", "520", "free"),
        ('width="300"', "300", "sized"),
        ('width="300px"', "300", "sized"),
        ('width="1200" height="600"', "520", "sized"),
        ('width="50%"', "260", "sized"),
        ('width="auto"', "520", "free"),
    ],
)
def test_every_picture_has_a_whole_width_within_the_column(attributes, width, sized):
    found = image(attributes)
    assert (found.get("width"), found.get("class"), found.get("height")) == (width, sized, None)
    assert found.get("alt") == ""


def test_a_link_around_blocks_is_a_link_in_each_of_them():
    linked = '<a href="https://a.example/"><h2>One</h2><div>two<p>three <i>four</i></p></div></a>'
    link = '<a href="https://a.example/">{}</a>'
    words = ('<h2 class="s1">{}</h2>', "One"), ("<p>{}</p>", "two"), ("<p>{}</p>", "three <i>four</i>")
    assert adapt(linked) == "".join(block.format(link.format(text)) for block, text in words)
    figure = '<a href="https://a.example/"><figure><img src="https://e.org/x.png" alt="x"></figure></a>'
    assert re.sub(r"<img[^>]*>", "IMG", adapt(figure)) == "<p>" + link.format("IMG") + "</p>"


def test_a_picture_that_would_not_be_shown_becomes_a_link():
    adapted = adapt('<p><img src="https://example.org/x.svg" alt="A graph" width="10"></p>')
    assert adapted == '<p><a href="https://example.org/x.svg">Picture: A graph</a></p>'
    assert adapt('<p><a href="https://e.org"><img src="https://e.org/x.webp" alt="A"></a></p>') == (
        '<p><a href="https://e.org">A</a></p>'
    )


def test_an_old_address_of_the_sites_own_picture_has_the_scheme_of_its_site():
    adapted = adapt('<p><img src="http://blog.example/x.png" alt="x"></p>', url="https://blog.example/x/")
    assert 'src="https://blog.example/x.png"' in adapted
    assert 'src="http://other.example/x.png"' in adapt('<p><img src="http://other.example/x.png" alt="x"></p>')


def test_a_film_becomes_a_link():
    adapted = adapt('<video poster="p.png"><source src="https://example.org/x.mp4">no video</video>')
    assert adapted == '<p><a href="https://example.org/x.mp4">Open the recording</a></p>'
    assert 'href="https://example.org/e"' in adapt('<iframe src="https://example.org/e" title="A talk"></iframe>')


def test_a_frame_whose_address_holds_a_whole_document_is_met_on_the_page_of_its_post():
    source = f"https://example.org/e?code={'a' * 500}"
    page = "https://blog.example/x/"
    assert adapt(f'<p><a href="{source}">▶ A play</a></p>', url=page) == f'<p><a href="{page}">▶ A play</a></p>'
    # A link of the author's leads where it led, and the editor's own words have no page.
    assert f'href="{source}"' in adapt(f'<p><a href="{source}">A play</a></p>', url=page)
    assert f'href="{source}"' in adapt(f'<p><a href="{source}">▶ A play</a></p>', url="")


def test_headings_go_down_step_by_step_from_the_level_asked_for():
    adapted = adapt("<h1>a</h1><h4>b</h4><h2>c</h2><h3>d</h3>", level=3)
    assert re.findall(r"<(h\d) class=\"(s\d)\">(\w)", adapted) == [
        ("h3", "s1", "a"),
        ("h4", "s2", "b"),
        ("h4", "s2", "c"),
        ("h5", "s3", "d"),
    ]


def test_a_heading_that_repeats_the_title_is_left_out():
    assert adapt("<h1>The  Title</h1><h2>a</h2>") == '<h2 class="s1">a</h2>'
    assert "The title" in adapt("<p>x</p><h2>The title</h2>")


def test_highlighted_code_keeps_five_colours_and_its_words():
    source = (
        '<pre class="highlight"><code class="language-python">\n<span class="k">def</span> <span class="nf">f</span>'
        '<span class="p">(</span><span class="mi">1</span>, <span class="s1">&#39;a&lt;b&#39;</span>)\n'
        '  <span class="c1"># why</span>\n</code></pre>'
    )
    root = html.fragment_fromstring(adapt(source))
    pre = root.find(".//pre")
    assert pre.text_content() == "def f(1, 'a<b')\n  # why\n" or pre.text_content() == "def f(1, 'a<b')\n  # why"
    assert [span.get("class") for span in pre] == ["kw", "nm", "nu", "st", "cm"]
    assert (root.tag, root.get("role"), pre.get("wrap")) == ("table", "presentation", "")


def table(columns, word):
    cells = "".join(f"<td>{word}</td>" for _ in range(columns))
    heads = "".join("<th>H</th>" for _ in range(columns))
    return html.fragment_fromstring(adapt(f"<table><tr>{heads}</tr><tr>{cells}</tr></table>"))


def test_words_are_broken_only_in_a_table_that_is_too_wide():
    assert {cell.get("class") for cell in table(3, "short").iter("td")} == {None}
    assert {cell.get("class") for cell in table(4, "elevenchars").iter("td")} == {"tight"}
    assert {cell.get("class") for cell in table(6, "elevenchars").iter("td")} == {"broken"}
    assert {cell.get("class") for cell in table(6, "elevenchars").iter("th")} == {None}
    assert table(5, "x").get("class") == "data wide"


def test_a_table_without_a_header_is_layout_to_a_screen_reader():
    assert html.fragment_fromstring(adapt("<table><tr><td>a</td></tr></table>")).get("role") == "presentation"
    assert table(2, "x").get("role") is None


BLOCKS = ["p", "div", "h1", "h3", "ul", "ol", "li", "blockquote", "pre", "table", "tr", "td", "th", "hr"]
OTHERS = ["code", "a", "img", "figure", "figcaption", "details", "summary", "span", "b", "br"]
TAGS = st.sampled_from(BLOCKS + OTHERS)


@given(st.recursive(st.text(alphabet="ab <&é", max_size=8), lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4))))
def test_any_nesting_comes_out_as_blocks_with_all_its_words(tree):
    def write(node):
        if isinstance(node, str):
            return node.replace("&", "&amp;").replace("<", "&lt;")
        tag, children = node
        attributes = (
            ' src="https://example.org/x.png"' if tag == "img" else ' href="https://example.org/"' if tag == "a" else ""
        )
        return (
            f"<{tag}{attributes}>"
            if tag in {"img", "br", "hr"}
            else f"<{tag}{attributes}>{''.join(map(write, children))}</{tag}>"
        )

    source = nh3.clean(write(tree), tags=nh3.ALLOWED_TAGS | {"figure", "figcaption", "details", "summary"})
    root = adapt_content(source, title="", url=URL, level=2, say=SAY)
    given_words = html.fragment_fromstring(source, create_parent="div").text_content().split()
    assert "".join(root.text_content().split()) == "".join(given_words)
    assert not (root.text or "").strip()
    assert all(not (block.tail or "").strip() for block in root)
    assert not [*root.iterdescendants("div", "figure", "figcaption", "details", "summary")]
    # What no parser of HTML would give back as it is: a block within a link, a word's mark or a paragraph.
    for element in root.iterdescendants("a", "b", "i", "em", "strong", "span", "p"):
        assert not [*element.iterdescendants("p", "h1", "h2", "h3", "h4", "ul", "ol", "table", "blockquote", "pre")]
