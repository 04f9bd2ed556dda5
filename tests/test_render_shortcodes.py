import re

import pytest

from feeds.models import Markup, Severity
from making import make_post
from rendering import render, render_post

IMAGE = '<img src="https://blog.example/{}" alt="{}">'


@pytest.mark.parametrize(
    ("generator", "source", "shown"),
    [
        ("hugo", "{{< youtube dQw4w9WgXcQ >}}", 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"'),
        ("hugo", '{{< figure src="/a.png" alt="A" >}}', IMAGE.format("a.png", "A")),
        (
            "hugo",
            '{{< figure src="/a.png" caption="*C* [l](/x)" >}}',
            '<figcaption><em>C</em> <a href="https://blog.example/x">l</a>',
        ),
        ("hugo", '{{< figure src="/a.png" link="/b" />}}', '<a href="https://blog.example/b"><img'),
        ("hugo", "{{< gist spf13 7896402 >}}", 'href="https://gist.github.com/spf13/7896402"'),
        ("hugo", '{{< tweet user="a" id="1" >}}', 'href="https://twitter.com/a/status/1"'),
        (
            "hugo",
            "{{< highlight go >}}\na *b* {{ c }}\n{{< /highlight >}}",
            '<code class="language-go">a *b* {{ c }}\n</code>',
        ),
        (
            "hugo",
            '{{% notice warning "Mind it" %}}\n**b**\n{{% /notice %}}',
            "<p><strong>Mind it</strong></p>\n<p><strong>b</strong></p>",
        ),
        ("hugo", "{{< tip >}}t{{< /tip >}}", "<strong>Tip</strong>"),
        ("hugo", '[x]({{< ref "two.md" >}}#y)', 'href="https://blog.example/two/#y"'),
        ("hugo", '{{% button href="/x" %}}Go{{% /button %}}', '<a href="https://blog.example/x">Go</a>'),
        ("hugo", "{{</* youtube x */>}}", "{{&lt; youtube x &gt;}}"),
        ("hugo", '{{< details "More" >}}text{{< /details >}}', "<strong>More</strong>"),
        ("hugo", '{{< tabs >}}{{< tab "A" >}}\nin *a*\n{{< /tab >}}{{< /tabs >}}', "in <em>a</em>"),
        ("nikola", '{{% thumbnail "/a.png" alt="A" %}}Cap{{% /thumbnail %}}', "<figcaption>Cap</figcaption>"),
        ("nikola", "{{% vimeo 123 %}}", 'href="https://vimeo.com/123"'),
        ("hugo", '{{< img-right src="me" caption="Ada at work" >}}', "Ada at work"),
        ("hugo", "{{< version 0.2.15 >}}", "<p>0.2.15</p>"),
        ("hugo", "{{< param date >}}", "<p>2026-01-01</p>"),
        (
            "hugo",
            '{{< qa q="Why is it so, then?" a="Since nobody asked before you" >}}',
            "Since nobody asked before you",
        ),
        (
            "hugo",
            '{{< box src="/a.png" alt="A" caption="Below" >}}\ninside\n{{< /box >}}',
            IMAGE.format("a.png", "A") + "</p>\n<p>inside</p>\n<p>Below</p>",
        ),
        ("hugo", '{{< card url="/x/" title="T" image="/a.png" >}}', '<a href="https://blog.example/x/"><img'),
        ("hugo", '{{< meting server="netease" type="song" id="508" >}}', 'href="https://music.163.com/song?id=508"'),
        ("hugo", '{{< caniuse "css-grid" >}}', 'href="https://caniuse.com/css-grid"'),
        ("zola", '{{ figure(img="/a.png", alt="A") }}', IMAGE.format("a.png", "A")),
        ("zola", '{% quote(footer="[V](/v/)") %}\nq\n{% end %}', '— <a href="https://blog.example/v/">V</a>'),
        ("zola", '{{ youtube(id="dQw4w9WgXcQ") }}', 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"'),
        ("zola", '{% quote(author="V") %}\nHi *t*\n{% end %}', "<blockquote>\n<p>Hi <em>t</em></p>\n<p>— V</p>"),
        (
            "hexo",
            "{% codeblock lang:js mark:2 %}\nf('{% y %}')\n{% endcodeblock %}",
            "<code class=\"language-js\">f('{% y %}')\n",
        ),
        ("hexo", "{% note info Mind it %}\nx\n{% endnote %}", "<strong>Mind it</strong>"),
        (
            "hexo",
            "{% blockquote A, B https://e.example/x W %}\nq\n{% endblockquote %}",
            '— A, B <a href="https://e.example/x">W</a>',
        ),
        ("hexo", "{% folding green open, 3 words here %}\nx\n{% endfolding %}", "<strong>3 words here</strong>"),
        ("hexo", "{% checkbox red checked, Done %}", "<p>Done</p>"),
        (
            "hexo",
            "{% tabs a %}\n<!-- tab First one@icon -->\nx\n<!-- endtab -->\n{% endtabs %}",
            "<p><strong>First one</strong></p>\n<p>x</p>",
        ),
        (
            "pelican",
            "{% gallery /media\n  a.jpg Caption here. | What it shows\n  /b.jpg\n%}",
            IMAGE.format("media/a.jpg", "What it shows") + "<figcaption>Caption here.</figcaption>",
        ),
        ("pelican", "{% photo /a.jpg Caldera is so cool. %}", "<figcaption>Caldera is so cool.</figcaption>"),
        ("hexo", "{% myImage some_name /a.png max-800 %}", f"<p>{IMAGE.format('a.png', '')}</p>"),
        ("eleventy", "{% Aside 'caution' %}\nx\n{% endAside %}", "<strong>Caution</strong>"),
        ("eleventy", "{% Codepen { user: 'u', id: 'abc', height: 4 } %}", 'href="https://codepen.io/u/pen/abc"'),
        ("eleventy", "{% filename 'a.js' %}", "<p>a.js</p>"),
        ("hexo", "{% asset_img left /a.png 'T' 'A' %}", 'src="https://blog.example/a.png"'),
        ("hexo", "{% post_link two The second %}", '<a href="https://blog.example/two/">The second</a>'),
        ("hexo", "{% link Some text https://e.example/ %}", '<a href="https://e.example/">Some text</a>'),
        ("pelican", "{% img left /a.png 200 300 'T' 'A' %}", 'src="https://blog.example/a.png" alt="A"'),
        ("jekyll", "{% gist u/12 %}", 'href="https://gist.github.com/u/12"'),
        (
            "jekyll",
            "{% highlight ruby linenos %}\ndef a # {{ x }}\n{% endhighlight %}",
            '<code class="language-ruby">def a # {{ x }}\n',
        ),
    ],
)
def test_a_shortcode_becomes_what_it_stands_for(tmp_path, generator, source, shown):
    result = render_post(tmp_path, f"Before\n\n{source}\n\nafter", generator=generator, posts=[make_post("two")])
    assert shown in result.entry.content
    assert not result.problems
    assert "<p>after</p>" in result.entry.content


def test_an_unknown_one_vanishes_and_an_unknown_pair_keeps_its_text(tmp_path):
    body = "a {{< odd x=1 >}} b\n\n{{< box >}}\nkept *text* {{< odd >}}\n{{< /box >}}\n"
    result = render_post(tmp_path, body, generator="hugo", body_line=4)
    assert "kept <em>text</em>" in result.entry.content
    assert "{{" not in result.entry.content
    assert [(problem.line, problem.message, problem.severity) for problem in result.problems] == [
        (4, "shortcode `odd` has no counterpart in a feed", Severity.NOTE),
        (7, "shortcode `odd` has no counterpart in a feed", Severity.NOTE),
    ]


@pytest.mark.parametrize("generator", ["hugo", "zola", "hexo", "nikola", "pelican", "jekyll"])
def test_code_about_shortcodes_is_left_alone(tmp_path, generator):
    code = '{{< youtube x >}} {{% img y %}} {% img z %} {{ youtube(id="x") }}'
    html = render(tmp_path, f"`{code}`\n\n```\n{code}\n```\n\n    {code}\n", generator=generator)
    assert html.count(code.replace("<", "&lt;").replace(">", "&gt;")) == 3


def test_a_tag_of_nobody_knows_whose_is_none_of_the_text(tmp_path):
    assert render(tmp_path, "a {% odd %}b{% endodd %} `{% c %}`") == "<p>a b <code>{% c %}</code></p>\n"


def test_an_argument_of_eleventys_may_be_a_name_in_the_header(tmp_path):
    body, extra = "{% card talk.url, 'Our talk' %}", {"talk": {"url": "https://e.example/v"}}
    shown = render(tmp_path, body, generator="eleventy", extra=extra)
    assert shown == '<p><a href="https://e.example/v">Our talk</a></p>\n'


def test_a_pattern_of_hugos_shows_the_pictures_beside_the_post(tmp_path):
    for name in ("b.png", "a.jpg", "notes.txt"):
        file = tmp_path / "posts" / "images" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    body = '{{< gallery match="images/*" sort="desc" >}}'
    shown = render(tmp_path, body, generator="hugo", source="posts/index.md")
    assert re.findall(r'src="([^"]+)"', shown) == [
        f"https://blog.example/one/images/{name}" for name in ("a.jpg", "b.png")
    ]
    for pattern in ("../*", "/etc/*", "**x/*", "images/../../*", "[*"):
        assert "<img" not in render(tmp_path, f'{{{{< gallery match="{pattern}" >}}}}', generator="hugo")


def test_a_generator_without_shortcodes_has_none(tmp_path):
    assert "{% img x %}" in render(tmp_path, "Write {% img x %} in Jekyll.", generator="hugo")


def test_shortcodes_stand_in_lists_quotes_links_and_other_markups(tmp_path):
    body = "- {{< youtube dQw4w9WgXcQ >}}\n\n> {{< figure src=/a.png >}}\n\n**{{< kbd >}}Esc{{< /kbd >}}** {{< hr >}}"
    html = render(tmp_path, body, generator="hugo")
    assert "<li><a href" in html.replace("<li>\n<p>", "<li>")
    assert "<strong><kbd>Esc</kbd></strong>" in html
    for markup in (Markup.HTML, Markup.RST, Markup.MARKDOWN):
        made = render(tmp_path, "Text\n\n{{% vimeo 123 %}}\n", generator="nikola", markup=markup)
        assert '<a href="https://vimeo.com/123">' in made


@pytest.mark.parametrize(
    ("generator", "source", "shown"),
    [
        ("zola", '{{ duo(light_src="/a.png", dark_src="/b.png", alt="A") }}', f"<p>{IMAGE.format('a.png', 'A')}</p>"),
        ("hugo", '{{< compare "/a.png" "/b.png" >}}', "a.png"),
        ("hugo", '{{< clip "/a.mp4" >}}', '<a href="https://blog.example/a.mp4">▶ a.mp4</a>'),
        (
            "zola",
            '{{ admonition(type="danger", title="Mind", text="It *is*") }}',
            "<blockquote>\n<p><strong>Mind</strong></p>",
        ),
        ("zola", '{{ admonition(type="danger", title="Mind", text="It *is*") }}', "<em>is</em>"),
        ("zola", '{{ bilingual(original="Ici", translated="Here", author="V") }}', "<p>Here</p>\n<p>— V</p>"),
        ("hugo", '{{< box "Some words" >}}', "<p>Some words</p>"),
        ("hugo", '{{< card link="https://e.example/" title="T" >}}', '<a href="https://e.example/">T</a>'),
        ("pelican", "{% notebook a/b.ipynb cells[2:] %}", '<a href="https://blog.example/one/">▶ b.ipynb</a>'),
        ("eleventy", '{% webLink "Words", "/x/y/" %}', '<a href="https://blog.example/x/y/">Words</a>'),
        ("eleventy", '{% youtubeEmbed "dQw4w9WgXcQ" %}', 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"'),
        ("hexo", "{% galleryGroup '壁紙' '/wall' /a.png %}", "<figcaption>壁紙</figcaption>"),
        ("hexo", "{% label primary@some text %}", "<p>some text</p>"),
        ("hexo", "{% u under lined %}", "<p>under lined</p>"),
        ("eleventy", '{% image "/a.png", "A" %}', IMAGE.format("a.png", "A")),
        ("hugo", '{{< frame title="T" >}}\nin *x*\n{{< /frame >}}', "<p><strong>T</strong></p>\n<p>in <em>x</em></p>"),
    ],
)
def test_one_of_somebodys_own_shows_what_its_arguments_show(tmp_path, generator, source, shown):
    result = render_post(tmp_path, source, generator=generator)
    assert shown in result.entry.content
    assert not result.problems


@pytest.mark.parametrize(
    ("generator", "file", "source"),
    [
        ("hexo", "source/downloads/code/a.py", "{% include_code The title lang:python from:2 to:3 a.py %}"),
        ("pelican", "content/code/a.py", "{% include_code a.py lines:2-3 :hidefilename: The title %}"),
        ("nikola", "listings/a.py", '{{% listing a.py start=2 end=3 title="The title" %}}'),
        ("hugo", "posts/a.py", '{{< readfile file="a.py" lines="2-3" title="The title" >}}'),
    ],
)
def test_one_that_names_a_file_of_the_sites_shows_it(tmp_path, generator, file, source):
    place = tmp_path / file
    place.parent.mkdir(parents=True)
    place.write_text("a = 1\nb = '{% x %}'\nc = '```'\nd = 4\n")
    post = {"pelican": "content/one.md", "hexo": "source/_posts/one.md"}.get(generator, "posts/one.md")
    result = render_post(tmp_path, source, generator=generator, source=post)
    code = "<pre><code class=\"language-python\">b = '{% x %}'\nc = '```'\n</code></pre>"
    assert result.entry.content == f"<p><strong>The title</strong></p>\n{code}\n"
    assert file in result.files


def test_a_picture_may_go_by_the_name_that_the_header_gives_it(tmp_path):
    extra = {"resources": [{"src": "a/b.png", "name": "hero"}, {"src": "c.png"}, "odd"]}
    for source in ('{{< img name="hero" >}}', '{{< figure src="hero" >}}', "{{< img hero >}}"):
        result = render_post(tmp_path, source, generator="hugo", extra=extra, base="https://blog.example/one/")
        assert 'src="https://blog.example/one/a/b.png"' in result.entry.content


def test_a_parameter_is_the_posts_or_the_sites(tmp_path):
    options = {"params": {"mood": "calm", "versions": {"core": "v1.2"}}}
    body = '{{< param "mood" >}} {{% param versions.core %}}'
    assert render(tmp_path, body, generator="hugo", options=options) == "<p>calm v1.2</p>\n"
    assert "wild v1.2" in render(tmp_path, body, generator="hugo", options=options, extra={"Mood": "wild"})


def test_a_known_one_that_shows_nothing_is_named(tmp_path):
    result = render_post(
        tmp_path, '{{< figure >}} {{< gallery match="*.png" >}} {{< param "none" >}}', generator="hugo"
    )
    assert ["`figure`" in problem.message for problem in result.problems] == [True, False, False]
    assert "img" not in result.entry.content


def test_a_caption_is_markdown(tmp_path):
    html = render(tmp_path, '{{< figure src="/a.png" caption="*C* `x < y` [l](/x)" >}}', generator="hugo")
    assert '<figcaption><em>C</em> <code>x &lt; y</code> <a href="https://blog.example/x">l</a></figcaption>' in html
    html = render(tmp_path, "{{< imgproc a.png Resize 300x >}}A caption{{< /imgproc >}}", generator="hugo")
    assert 'alt="">' in html.replace("<figcaption>A caption</figcaption>", "")


def test_one_that_names_more_of_the_text_shows_it_as_text(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "more.md").write_text("---\ntitle: x\n---\nMore *text* {{< odd >}} `{{< code >}}`\n")
    result = render_post(
        tmp_path, 'a\n\n{{% include "more.md" %}}\n\nb', generator="hugo", source="content/post/one.md"
    )
    assert "<p>a</p>\n<p>More <em>text</em>  <code>{{&lt; code &gt;}}</code></p>\n<p>b</p>" in result.entry.content
    assert "content/more.md" in result.files


def test_no_shortcode_shows_a_file_outside_of_the_site(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "secret.txt").write_text("hunter2")
    for name in ("../secret.txt", "/secret.txt", str(tmp_path / "secret.txt")):
        assert "hunter2" not in render(tmp_path / "site", f'{{{{< readfile "{name}" >}}}}', generator="hugo")


def test_a_program_inside_of_one_goes(tmp_path):
    body = "a{{< script >}}evil(){{< /script >}} b{{< style >}}p {}{{< /style >}}"
    assert render(tmp_path, body, generator="hugo") == "<p>a b</p>\n"


def test_zola_shows_a_shortcode_by_a_comment_in_its_braces(tmp_path):
    html = render(tmp_path, "{{/* a(b=1) */}}\n\n```\n{%/* c() */%}\n```", generator="zola")
    assert "<p>{{ a(b=1) }}</p>" in html
    assert "<code>{% c() %}\n" in html


def test_emphasis_ends_before_a_shortcode(tmp_path):
    assert "<strong><a" in render(tmp_path, "**[a](/b)**{{% youtube dQw4w9WgXcQ %}}", generator="hugo")


def test_thousands_of_shortcodes_are_no_trouble(tmp_path):
    assert render(tmp_path, "{{< hr >}}\n\n" * 5000, generator="hugo").count("<hr>") == 5000


def test_an_address_of_many_letters_that_is_none_after_all_is_soon_left(tmp_path):
    address = "https://e.example/play/3bdcea63-7ec8-0854-25fe-913e04492aeb3bdcea63%2Fa.mp3"
    html = render(tmp_path, f'{{{{< player "{address}" >}}}} {{{{< player "/{"a" * 500}%" >}}}}', generator="hugo")
    assert f'href="{address}"' in html


def test_a_pattern_below_many_folders_that_is_none_after_all_is_soon_left(tmp_path):
    assert render(tmp_path, f'a {{{{< gallery "{"folder/" * 40}*.jpg|" >}}}} b', generator="hugo") == "<p>a  b</p>\n"


def test_a_tag_that_is_never_closed_takes_nothing_with_it(tmp_path):
    html = render(tmp_path, "{{< box >}} a\n\nb {{< /other >}} c", generator="hugo")
    for word in "abc":
        assert word in html
