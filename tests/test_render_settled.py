"""HTML that is settled is, byte for byte, what the long way round would make of it; all else takes that way."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from feeds.render.characters import clean_html, hide_lookalikes
from feeds.render.clean import Cleaner, drop_empty
from feeds.render.furniture import simplify_furniture
from feeds.render.links import Links
from feeds.render.markdown import render_commonmark
from feeds.render.odd_tags import drop_odd_tags
from feeds.render.plain import count_words
from feeds.render.settled import NAMES, settle_html
from feeds.render.siblings import Siblings

LINKS = Links(
    page="https://blog.example/sub/one/",
    base="https://blog.example/sub/one/",
    site="https://blog.example/sub/",
    source="posts/one.md",
    siblings=Siblings({"posts/three.md": "https://blog.example/sub/three/"}),
    footnotes="m",
)


def sanitize(html):
    content = clean_html(drop_empty(Cleaner().clean(simplify_furniture(drop_odd_tags(html)), LINKS)))
    return content, count_words(content)


def is_settled(html):
    """Whether it is; and nobody can tell."""
    settled = settle_html(html.encode(), LINKS)
    if settled is None:
        return False
    content, words = sanitize(html)
    assert (settled.content, settled.words, settled.encoded) == (content, words, content.encode())
    assert settled.pictured == ("<img" in content)
    assert settled.marked == ("<!--" in html)
    assert settled.suspicious or hide_lookalikes(content) == content
    return True


@pytest.mark.parametrize(
    "written",
    [
        'Text & "quotes" <kbd>x</kbd> **strong *and* `code`** a < b, c > d; ~~gone~~ \u00a0 ünï 🎉 東京  \nbreak',
        "# One\n\n## Two\n\n---\n\n###### Six",
        "- a\n- b\n  - c\n\n1. x\n\n   y\n2. z\n\n7. seven",
        "> quote\n>\n> - list\n>   > inner",
        "```python\nif a < b & c:\n\n    pass\n```\n\n    indented",
        "| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | *2* | | `4` |",
        "| only | head |\n|---|---|",
        "| a | b |\n|---|---|\n| 1 | |\n| | |\n\n-\n- x",
        '[a](https://example.org/x?a=1&b=2 "A title") [b](/b) [c](three.md#x) [d](../d/) [e](#part) <me@example.org>',
        '![A picture & more](img/x.png "Its title") [![](//cdn.example/x.png)](https://example.org)',
        "**[bold link](/x)** and [*slanted* link](/y)",
        "語の数は文字で数える。語の数は文字で数える。",
        "One\n\n<!-- more -->\n\nTwo <!--truncate--> three",
        '<figure><img src="/x.png" alt="It is"><figcaption>It&#x27;s <br>this</figcaption></figure>',
        "<div>\n\nx\n\n</div>",
        "<https://example.org/it's>",
    ],
)
def test_what_a_renderer_writes_by_itself_is_settled(written):
    assert is_settled(render_commonmark(written))


@pytest.mark.parametrize(
    "html",
    [
        "",
        "text",
        "<p>a > b</p>",
        "<p>x>em<y>/em<z</p>",
        "<p>a & b &copy; &#64; &nbsp;</p>",
        "<p>a\rb\0c</p>",
        "\ufeff<p>x</p>",
        "<p>\u2067x</p>",
        "<p>one<p>two</p></p>",
        "<p><ul><li>x</li></ul></p>",
        "<p>x<hr /></p>",
        "<em><p>x</p></em>",
        "<em>x</p></em>",
        "<b><i>x</b></i>",
        "<b>x",
        "x</b>",
        "</p>",
        "<h2>x</h3>",
        "<h1><h2>x</h2></h1>",
        "<h2><h1>x</h1></h2>",
        "<h2><p>x</p></h2>",
        "<pre>\nx</pre>",
        "<pre>\n\nx</pre>",
        "<pre><p>x</p></pre>",
        "<li>x</li>",
        "<ul><p>x</p></ul>",
        "<ul><li>x<li>y</li></li></ul>",
        '<a href="/x">x<a href="/y">y</a></a>',
        '<a href="/x">x <em><a href="/y">y</a></em></a>',
        '<a href="/x"><p>x</p></a>',
        "<p><br></p>",
        "<p>x</br></p>",
        "<table>\n<thead>\n<tr>\n<th>a</th>\nb</tr>\n</thead>\n</table>",
        "<table>\n<thead>\n<tr>\n<br /><th>a</th>\n</tr>\n</thead>\n</table>",
        "<table>\n<thead>\n<tr>\n<b>x</b>\n<th>a</th>\n</tr>\n</thead>\n</table>",
        "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>^^</td>\n</tr>\n</tbody>\n</table>",
        "<table>\n<tr>\n<td>a</td>\n</tr>\n</table>",
        "<table>x</table>",
        "<table>\n<thead>\n</thead>\n</table>",
        "<p><table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table></p>",
        "<script>x</script>",
        "<p onclick=x>x</p>",
        "<p><!-- more --></p>",
        "<pre><!-- more -->\nx</pre>",
        "<table>\n<!-- more --><thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table>",
        "<!-- less --><p>x</p>",
        "<p><figure>x</figure></p>",
        "<em><div>x</div></em>",
        '<p><img src="/x" alt="it&#x27;s" /></p>',
        '<p><img src="/x" alt="say &quot;x&quot;" /></p>',
        '<p><a href="/x" title="1 &lt; 2">x</a></p>',
        " text first <p>x</p>",
        "<P>x</P>",
        "<p >x</p >",
        "<p></p>",
        "<p>x <em> </em></p>",
        '<h2><a href="#x">#</a>x</h2>',
        '<h2><a href="#x"> ¶ </a>x</h2>',
        '<p><a href="javascript:alert(1)">x</a></p>',
        '<p><a href="JavaScript:alert(1)">x</a></p>',
        '<p><a href="javascript&colon;alert(1)">x</a></p>',
        '<p><a href="data:text/html,x">x</a></p>',
        '<p><a href="http://127.1/">x</a> <a href="http://0x7f/">x</a> <a href="http://1.2.3.999/">x</a></p>',
        '<p><a href="https://xn--a/">x</a></p>',
        '<p><a href="https://example.org:99999/">x</a></p>',
        '<p><a href="https://user@example.org/">x</a></p>',
        '<p><a href="https:/x">x</a></p>',
        '<p><a href="https://ex%41mple.org/">x</a></p>',
        '<p><a href="https://EXAMPLE.org/">x</a></p>',
        '<p><a href="//[x">x</a></p>',
        '<p><a href="/ä">x</a></p>',
        '<p><a href="/it&#x27;s">x</a> <a href="/it\'s">x</a></p>',
        '<p><a href="/x" rel="me">x</a></p>',
        '<p><a href="/x" title="a" title="b">x</a></p>',
        '<p><a href="/x" alt="a">x</a></p>',
        '<p><a href="/x" title="a&quot; onclick=&quot;b">x</a></p>',
        '<p><img src="/x" alt="a&quot; title=&quot;b" /></p>',
        '<p><img src="/x" /></p>',
        '<p><img src="data:image/png;base64,iVBO" alt="" /></p>',
        '<p><img src="/x" alt=" data-src=" /></p>',
        '<p><img src="/x" alt=" class=anchor" /></p>',
        '<pre><code class="language-copy">x</code></pre>',
        '<pre><code class="language-c++ x">x</code></pre>',
        '<pre lang="x"><code>x</code></pre>',
        '<ol start="-1">\n<li>x</li>\n</ol>',
        '<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" data-footnote-ref>1</a></sup>',
        '<p><img src="/x" alt="\ufffd" /></p>',
        "<p>\ufffd</p>",
        "<pre><code>&lt;a onclick=&quot;x&quot;&gt; on=&quot; \u00a0onload\u00a0= '</code></pre>",
        '<p><a href="/x?a#b">x</a> <a href="/x.md#b">x</a> <a href="/../x">x</a> <a href="/a//b/#">x</a></p>',
        '<p><a href="/x#a&amp;b">x</a> <a href="/x#fn-1">x</a> <a href="/" title="t">x</a> <a href="//x">x</a></p>',
        '<p><a href="https://e.org/?a&amp;amp;b&amp;#x27;c\'d">x</a> <a href="https://e.org?x" title="&amp;">x</a></p>',
        '<p><a href="https://e.org/&lt;">x</a> <a href="https://e.org/%zz">x</a> <a href="https://e.org/%41">x</a></p>',
        '<p><a href="/x"></a></p>',
        '<p>x <a href="/x"><!-- more --></a> <a href="three.md"> <!--more--> </a></p>',
        '<p><a href="/x"> \u3000 </a></p>',
        '<p><a href="/x"><img src="/x" alt="" /></a></p>',
        "<p>\u3000</p>",
        "<p><em>\u6771</em></p>",
        "<p> <!--more--> </p>",
        "<blockquote>\n<!--more-->\n</blockquote>",
        "<ul>\n</ul>",
    ],
)
def test_what_is_otherwise_is_not_passed_off_as_settled(html):
    is_settled(html)


def test_what_would_be_moved_or_dropped_takes_the_long_way():
    assert not is_settled("<p><ul><li>x</li></ul></p>")
    assert not is_settled("<table>\n<thead>\n<tr>\n<th>a</th>\nb</tr>\n</thead>\n</table>")
    assert not is_settled('<p><a href="javascript:alert(1)">x</a></p>')
    assert not is_settled("<p onclick=x>x</p>")


def test_what_nests_without_end_takes_the_long_way():
    assert is_settled("<blockquote>\n" * 9 + "<p>x</p>\n" + "</blockquote>\n" * 9)
    assert not is_settled("<blockquote>\n" * 300 + "<p>x</p>\n" + "</blockquote>\n" * 300)
    assert not is_settled("<p>" + "<em>" * 300 + "x" + "</em>" * 300 + "</p>")


WORDS = st.sampled_from([
    "word", "two words", " ", "\n", "\n\n", "*", "**", "`", "```\n", "_", "~~", "<", ">", "&", "&amp;", "&lt;",
    "&#65;", '"', "'", "\\", "[", "](", ")", "](/x)", "](three.md)", "](https://example.org/?a=1&b=2)",
    '](/x "t")', "![", "<kbd>", "</kbd>", "<p>", "</p>", "<em>", "</em>", "<br>", "<br />", "<div>", "</div>",
    "\n- ", "\n  - ", "\n1. ", "\n> ", "\n# ", "\n## ", "\n---\n", "\n    ",
    "\n| a | b |\n|---|:-:|\n| c | d |\n", "| ^^ |", "<https://example.org>", "www.example.org", "\u00a0", "ü",
    "東", "🎉", "\u200f", "https://127.1/", "[^1]", "\n[^1]: note\n", "#", "=", " class=anchor", "<a href='x'>", "\t",
    "\x0c", "\0", "\x85", "\u2028", "\u202e", "\ufeff", "\ufffe", "](https://[::1]/)", "](https://me@example.org:80/)",
    "](//example.org\\@x)", "](<java\tscript:x>)", "](data:text/html,x)", "](https://xn--a/)", '](/x "\'")',
])  # fmt: skip


@given(st.lists(WORDS, max_size=24).map("".join))
def test_no_markdown_tells_the_two_ways_apart(written):
    is_settled(render_commonmark(written))


def test_a_site_whose_host_is_written_in_another_way_takes_the_long_way():
    root = "https://bücher.example/"
    links = replace(LINKS, page=root, base=root, site=root)
    assert settle_html(b'<p><a href="/x">x</a></p>', links) is None
    assert settle_html(b'<p><a href="https://example.org/x">x</a></p>', links) is not None


TAGS = [tag for name in NAMES for tag in (f"<{name}>", f"</{name}>")]
PIECES = st.sampled_from([
    *TAGS, '<a href="/x">', '<a href="../y?a&amp;b">', '<img src="x.png" alt="x" />', "<br />", "<hr />",
    "<hr>", '<ol start="2">', '<td align="left">', '<code class="language-c">', "text", " ", "\n", "&quot;",
    "&amp;", "#", "^^", '<a href="https://example.org/?a&amp;b">', " onx=&quot;",
    "\ufffd", "<pre>", "\u6771", "\u00a0", "<span>", "</span>",
    "<!-- more -->", "&#x27;",
])  # fmt: skip
INNERMOST = ("text", " ", "\n", "<br />", "<hr />", "&quot;", '<img src="x" alt="" />')
BALANCED = st.recursive(
    st.lists(st.sampled_from(INNERMOST), max_size=2).map("".join),
    lambda inner: st.tuples(st.sampled_from([*NAMES, 'a href="/x"']), st.lists(inner, max_size=3)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0].split(' ')[0]}>"
    ),
    max_leaves=12,
)


@given(st.lists(PIECES, max_size=16).map("".join) | st.lists(BALANCED, max_size=4).map("".join))
def test_no_html_tells_the_two_ways_apart(html):
    is_settled(html)
