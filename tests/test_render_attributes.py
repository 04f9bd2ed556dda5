import pytest

from feeds.models import Markup
from rendering import render


@pytest.mark.parametrize(
    "body",
    [
        "Text{:.center}",
        '![a](a.png){:style="margin:auto; width:70%"}',
        "# Title {#the-id .c}",
        "アップグレード方法 {#how-to-upgrade}\n==============\n\nText",
        "So it is, **really**. {.yellow #box}\n\nText",
        "Nobody is allowed.{.yellow}",
        "[a](b) {.link-arrow}\n\nText",
        "# Title {#the-id-0.1.x}",
        "## Title { #smi-heapnumber }",
        "Para\n{: .wide #x}",
        "[a](b){:rel='nofollow'} and `code`{:.language-js}",
        "* Contents\n{:toc}\n\nText",
        "{::comment}\nnobody\n{:/comment}\nText",
        '{::options parse_block_html="true" /}\nText',
    ],
)
def test_attribute_lists_go(tmp_path, body):
    html = render(tmp_path, body, generator="jekyll")
    assert "{" not in html
    assert "nobody" not in html
    assert "Contents" not in html


def test_what_only_looks_like_one_stays(tmp_path):
    body = "A set {1, 2}, a {name}, `{: .code}`, a {.class} in\na sentence, `x {.y}`\n\nand an emoticon {:"
    html = render(tmp_path, body, generator="hugo")
    for part in ("{1, 2}", "{name}", "{: .code}", "{.class} in", "x {.y}", "emoticon {:"):
        assert part in html


def test_code_keeps_the_language_that_stands_below_it(tmp_path):
    body = "~~~\na = {{ b }}\n~~~\n{: .language-ruby}\n\nText\n\n    int a;\n\n    int b;\n{: .language-java}\n"
    html = render(tmp_path, body, generator="jekyll")
    assert '<pre><code class="language-ruby">a = {{ b }}\n</code></pre>' in html
    assert '<pre><code class="language-java">int a;\n\nint b;\n</code></pre>' in html


def test_python_markdown_reads_its_own(tmp_path):
    assert "{" not in render(tmp_path, "[a](b){: .md-button .md-button--primary }", markup=Markup.MARKDOWN)


def test_braces_of_mathematics_are_no_attribute_list(tmp_path):
    assert "{n=0}" in render(tmp_path, "sum_{n=0} of it")
    assert "width" not in render(tmp_path, "![a](/b.png){width=50%}")
