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
        (6, "shortcode `box` has no counterpart in a feed", Severity.NOTE),
        (7, "shortcode `odd` has no counterpart in a feed", Severity.NOTE),
    ]


@pytest.mark.parametrize("generator", ["hugo", "zola", "hexo", "nikola", "pelican", "jekyll"])
def test_code_about_shortcodes_is_left_alone(tmp_path, generator):
    code = '{{< youtube x >}} {{% img y %}} {% img z %} {{ youtube(id="x") }}'
    html = render(tmp_path, f"`{code}`\n\n```\n{code}\n```\n\n    {code}\n", generator=generator)
    assert html.count(code.replace("<", "&lt;").replace(">", "&gt;")) == 3


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


def test_a_tag_that_is_never_closed_takes_nothing_with_it(tmp_path):
    html = render(tmp_path, "{{< box >}} a\n\nb {{< /other >}} c", generator="hugo")
    for word in "abc":
        assert word in html
