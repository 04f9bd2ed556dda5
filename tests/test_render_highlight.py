import re

from feeds.render import highlight_code


def test_code_is_divided_into_tokens_and_keeps_its_letters():
    html = '<p>a</p><pre><code class="language-python">\ndef f():\n    return "&lt;b&gt; {{ x }}"\n</code></pre>'
    coloured = highlight_code(html)
    assert '<span class="k">def</span>' in coloured
    assert "style=" not in coloured
    assert re.sub(r"</?span[^>]*>", "", coloured) == html.replace("&quot;", '"')


def test_a_language_that_nobody_knows_stays_plain():
    html = '<pre><code class="language-nosuch">x</code></pre><pre><code>y</code></pre>'
    assert highlight_code(html) == html


def test_code_at_which_a_lexer_goes_round_and_round_stays_plain():
    code = 'Traceback (most recent call last):\n  File "x", line 1, in\n    call\n'
    html = f'<pre><code class="language-pytb">{code}</code></pre>'
    assert highlight_code(html) == html
