import pytest

from feeds.models import Markup
from feeds.render.furniture import simplify_furniture
from rendering import render

YOUTUBE = '<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"><img'


@pytest.mark.parametrize(
    ("embed", "shown"),
    [
        ('<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0" title="T"></iframe>', f"<p>{YOUTUBE}"),
        ('<iframe src="//www.youtube-nocookie.com/embed/dQw4w9WgXcQ"></iframe>', YOUTUBE),
        (
            '<iframe data-src="https://player.vimeo.com/video/123"></iframe>',
            '<a href="https://vimeo.com/123">▶ Vimeo</a>',
        ),
        (
            '<iframe src="https://codepen.io/u/embed/abc" title="Pen"></iframe>',
            '<a href="https://codepen.io/u/pen/abc">▶ Pen',
        ),
        (
            '<lite-youtube videoid="dQw4w9WgXcQ" playlabel="A &amp; B">x</lite-youtube>',
            f'{YOUTUBE} src="https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg" alt="A &amp; B"',
        ),
        ('<div><youtube-lite-player @slug="dQw4w9WgXcQ"/></div>', YOUTUBE),
        ('<lite-vimeo videoid="123"></lite-vimeo>', 'href="https://vimeo.com/123"'),
        ('<iframe src="/demo/x.html"></iframe>', '<a href="https://blog.example/demo/x.html">▶ x.html</a>'),
        (
            '<video controls poster="p.jpg"><source src="v.mp4">no video</video>',
            '<a href="https://blog.example/one/v.mp4"><img src="https://blog.example/one/p.jpg" alt="v.mp4"></a>',
        ),
        ('<audio src="//x.example/a.mp3">no</audio>', '<a href="https://x.example/a.mp3">▶ a.mp3</a>'),
        ('<object data="a.swf"><embed src="a.swf"></object>', '<a href="https://blog.example/one/a.swf">▶ a.swf</a>'),
        ('<object><img src="a.png" alt="A"></object>', '<img src="https://blog.example/one/a.png" alt="A">'),
        ('<script src="https://gist.github.com/u/12.js"></script>', '<a href="https://gist.github.com/u/12">'),
        ('<svg viewBox="0 0 300 100"><title>Chart</title><text>x</text></svg>', "▶ Chart</a>"),
    ],
)
def test_an_embed_is_a_linked_picture_or_a_link(tmp_path, embed, shown):
    html = render(tmp_path, f"Before\n\n{embed}\n\nafter")
    assert shown in html
    assert "Before" in html
    assert "after" in html
    assert "no" not in html.replace("nocookie", "")


def test_an_embed_that_is_not_closed_does_not_swallow_the_rest(tmp_path):
    assert "after" in render(tmp_path, '<iframe src="https://x.example/" />\n\nafter')


@pytest.mark.parametrize(
    ("picture", "shown"),
    [
        ('<img data-src="a.png" src="data:image/gif;base64,R0lGOD">', "/one/a.png"),
        ('<img class="lazy" data-original="a.png" src="/placeholder.gif">', "/one/a.png"),
        ('<img srcset="s.jpg 320w, l.jpg 640w, m.jpg 480w">', "/one/l.jpg"),
        ('<img srcset="a.jpg 1x, b.jpg 2x" src="c.jpg">', "/one/c.jpg"),
        ('<picture><source srcset="a.webp" type="image/webp"><img src="b.jpg"></picture>', "/one/b.jpg"),
        ('<picture><source srcset="a.webp 1x"><img alt=""></picture>', "/one/a.webp"),
        ('<img class="lazy" data-src="a.png"><noscript><img src="a.png"></noscript>', "/one/a.png"),
    ],
)
def test_a_picture_is_what_shows(tmp_path, picture, shown):
    html = render(tmp_path, f"Text {picture} text")
    assert html.count("<img") == 1
    assert f'src="https://blog.example{shown}"' in html
    for rest in ("srcset", "data-", "loading", "<source", "<picture"):
        assert rest not in html


def test_anchors_numbers_buttons_and_empty_wrappers_stay_on_the_site(tmp_path):
    html = render(
        tmp_path,
        '<h2 id="a">Title <a class="anchor" href="#a">#</a></h2>\n\n'
        '<h3><a class="header-anchor" href="#b">Whole</a></h3>\n\n'
        '<div class="highlight"><table><tr><td class="gutter"><pre>1\n2</pre></td>'
        '<td class="code"><pre class="language-py">'
        "<span>x</span>\ny</pre></td></tr></table></div>\n\n"
        '<pre><code class="language-js"><span class="lineno">1</span>a</code></pre>'
        '<button class="copy-btn">Copy</button>\n\n'
        "<p></p><div><span></span></div><p><a href='#x'>¶</a></p>\n",
    )
    assert "<h2>Title </h2>" in html
    assert "<h3>Whole</h3>" in html
    assert '<pre><code class="language-py">x\ny</code></pre>' in html
    assert '<code class="language-js">a</code>' in html
    for gone in ("Copy", "¶", "<table", "<p></p>", "<span", "<button"):
        assert gone not in html


def test_a_buttons_own_words_stay(tmp_path):
    assert "Press me" in render(tmp_path, "<button>Press me</button> <label>and <input> this</label>")


def test_a_table_of_numbers_is_no_furniture(tmp_path):
    html = render(
        tmp_path,
        '<table class="highlight"><tr><td class="ln">1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>',
    )
    assert html.count("<td>") >= 3


@pytest.mark.parametrize(
    "block",
    [
        '<pre lang="ruby"><code>x</code></pre>',
        (
            '<div class="language-ruby highlighter-rouge"><div class="highlight">'
            '<pre class="highlight"><code>x</code></pre></div></div>'
        ),
        '<pre class="brush: ruby">x</pre>',
        '<pre><code class="lang-ruby hljs">x</code></pre>',
        '<div class="highlight-source-ruby"><pre>x</pre></div>',
    ],
)
def test_code_keeps_its_language(tmp_path, block):
    assert '<pre><code class="language-ruby">x</code></pre>' in render(tmp_path, block, markup=Markup.HTML)


def test_a_plain_post_never_pays_for_a_tree():
    html = '<p>a</p>\n<pre><code class="language-js">x</code></pre>\n<section class="footnotes"><a href="#fn-1"></a>'
    assert simplify_furniture(html) is html


def test_a_note_of_the_margin_stands_in_parentheses(tmp_path):
    body = (
        'Munger<span class="margin-note">Buffett\'s *partner*</span>, and<label class="margin-toggle">&#8853;</label>'
        '<input type="checkbox" class="margin-toggle"/><span class="sidenote">so <i>on</i></span>.'
    )
    assert render(tmp_path, body) == "<p>Munger (Buffett's <em>partner</em>), and (so <i>on</i>).</p>\n"
