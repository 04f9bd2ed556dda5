import re

from rendering import render


def squeeze(html):
    return re.sub(r"\s*\n\s*", "", html)


def test_kramdowns_definition_lists_are_lists(tmp_path):
    html = render(
        tmp_path,
        "Text\n\nTerm *one*\n: Meaning **a**\n: Meaning b\n\nTerm two\n\n: Meaning c\n\nAfter",
        generator="jekyll",
    )
    assert squeeze(html) == (
        "<p>Text</p><dl><dt>Term <em>one</em></dt><dd>Meaning <strong>a</strong></dd><dd>Meaning b</dd>"
        "<dt>Term two</dt><dd>Meaning c</dd></dl><p>After</p>"
    )


def test_a_definition_may_have_paragraphs_and_code(tmp_path):
    html = render(tmp_path, "Term\n:   One\n\n    Two\n\n    ```js\n    x\n    ```\n", generator="hugo")
    assert squeeze(html) == (
        '<dl><dt>Term</dt><dd><p>One</p><p>Two</p><pre><code class="language-js">x</code></pre></dd></dl>'
    )


def test_other_colons_are_text(tmp_path):
    for body in ("Say:\n: no", "- item\n: no", "a: b\n:c", "| a |\n: x"):
        assert "No" not in render(tmp_path, body, generator="hexo")
        assert "<dl>" not in render(tmp_path, body, generator="hexo")
    assert "<dl>" not in render(tmp_path, "```\nTerm\n: code\n```", generator="jekyll")
