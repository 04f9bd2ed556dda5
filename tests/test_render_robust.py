"""Whatever a body is, rendering ends, and what it makes is fit for a feed."""

import re

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from feeds.models import Markup
from making import make_post
from rendering import make_renderer

GENERATORS = ("docusaurus", "eleventy", "hexo", "hugo", "jekyll", "nikola", "obsidian", "pelican", "plain", "zola")
FRAGMENTS = (
    "{{< a >}}", "{{< /a >}}", '{{% b x="y" %}}', "{% c d %}", "{% endc %}", "{{ e(f=1) }}", "{% raw %}",
    "{% endraw %}", "{% if x %}", "{{ site.url | date: }}", "{: .x}", "{#y}", ":::", ":::note T", "> [!TIP]",
    "[[a|b]]", "![[c.png]]", "```", "~~~js {1}", "`", "``", "$", "$$", "\\(", "\\[", "<A b={c}>", "</A>",
    "<iframe src=x />", "<svg><text>t</svg>", "<table><td class=gutter>", "<pre>", "<!--more-->", "<p",
    "import a from 'b'", "export const c = {", "!!! note", '=== "T"', "    code", "- ", "1. ", "> ", "Term",
    ": def", "[^1]", "[^1]: n", "\n", "\n\n", " ", "\t", "word", "\x0b", "\u2028", "\u202e", "\U0010f03c",
    "\U0010f100", "\ud800", "&#x202e;", "&#0;", ".. x::", "|", "&",
)  # fmt: skip
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
OURS = re.compile("[\U0010f000-\U0010fffd]")


@given(
    body=st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=14).map("".join),
    generator=st.sampled_from(GENERATORS),
    markup=st.sampled_from(Markup),
)
@example(body="::::::", generator="nikola", markup=Markup.RST)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_no_body_is_too_broken(tmp_path, body, generator, markup):
    post = make_post(body=body, markup=markup)
    rendered = make_renderer(tmp_path, generator=generator, posts=[post]).render(post, id="x")
    entry = rendered.entry
    assert rendered.content == entry.content.encode()
    assert entry.summary
    assert entry.title == "One"
    assert not UNFIT.search(entry.content + entry.summary)
    assert not set(OURS.findall(entry.content)) - set(OURS.findall(body))
    assert not re.search(r'<(?:script|iframe|svg|style)|(?:href|src)="(?!https?:|mailto:|data:image/)', entry.content)


@pytest.mark.parametrize("generator", ["docusaurus", "hexo", "jekyll", "zola"])
@pytest.mark.parametrize(
    "opened", ["{% x ", "{{{", '{{ x(a="', "{/* ", "{# ", "<A b={", "\\[", "<!--", "[[a", "{%/* a "]
)
def test_what_is_opened_a_thousand_times_and_never_closed_ends_soon(tmp_path, generator, opened):
    post = make_post(body=f"before\n\n{opened * 5000}", markup=Markup.COMMONMARK)
    entry = make_renderer(tmp_path, generator=generator, posts=[post]).render(post, id="x").entry
    assert "<p>before</p>" in entry.content
