import pytest
from hypothesis import given, strategies as st

from feeds.models import Markup
from feeds.render.code import protect_code, shift, unshift, unshift_html
from rendering import render

CODE = "{{ x }} {% y %} [[z]] ::: $a$"


@given(st.text())
def test_shifting_is_undone_to_the_letter(text):
    assert unshift(shift(text)) == unshift(text)
    assert unshift(protect_code(text)) == unshift(text)
    assert len(protect_code(text)) == len(text)


@pytest.mark.parametrize(
    "body",
    [
        "```js\nCODE\n```",
        "~~~\nCODE\n\nCODE\n~~~",
        "````\n```\nCODE\n```\n````",
        "- a\n\n  ```\n  CODE\n  ```",
        "> ```\n> CODE\n> ```",
        "1. ```\n   CODE\n   ```",
        "a `CODE` b",
        "a ``CODE ` CODE`` b",
        "a\n\n    CODE\n    CODE",
        "<pre>CODE</pre>",
        "<code class=x>CODE</code>",
        "```\nCODE",
        "- a\n\n  ```\n  CODE",
        "- a\n\n```\nCODE",
        "```\n> ```\nCODE\n```",
    ],
)
def test_code_is_out_of_reach(body):
    protected = protect_code(body.replace("CODE", CODE))
    assert not set("{[:$") & set(protected)


@pytest.mark.parametrize(
    "body",
    [
        "PROSE",
        "- a\n\n    PROSE",
        "\\`PROSE\\`",
        "a `b\n\nPROSE` c",
        "para\n    PROSE",
        "> ```\n> x\n\nPROSE",
        "```\nx\n```\nPROSE",
        "- a\n\n  ```\n  x\n\nPROSE",
        "- ```\n  x\nPROSE",
    ],
)
def test_prose_is_not(body):
    assert CODE in protect_code(body.replace("PROSE", CODE))


def test_tags_inside_raw_code_stay_tags():
    assert unshift(protect_code("<pre><b>x</b> &lt;</pre>")) == "<pre><b>x</b> &lt;</pre>"
    assert "<b>" in protect_code("<pre><b>{{</b></pre>")


def test_markup_of_other_kinds_has_code_of_its_own():
    assert "{{" in protect_code("<div>\n    {{ x }}\n</div>", Markup.HTML)
    assert "{{" not in protect_code("<pre>{{ x }}</pre>", Markup.HTML)
    assert "{{" not in protect_code("a ``{{ x }}`` b::\n\n   {{ y }}\n\n.. code:: py\n\n   {{ z }}\n", Markup.RST)
    assert "{{" in protect_code(".. note::\n\n   {{ y }}\n", Markup.RST)


def test_code_comes_back_escaped():
    assert unshift_html(f"<code>{shift('<b> &')}</code>") == "<code>&lt;b&gt; &amp;</code>"


def test_an_icon_fonts_pictures_are_letters_like_others(tmp_path):
    icons = "\U000f0021\U000f1000\U00100185"
    assert f"<code>{icons} {{{{ x }}}}</code>" in render(tmp_path, f"`{icons} {{{{ x }}}}`", generator="jekyll")


def test_a_fence_that_is_never_closed_is_text_in_python_markdown(tmp_path):
    html = render(tmp_path, "````text\nx\n```\n\n## Next [[a|b]]", generator="mkdocs", markup=Markup.MARKDOWN)
    assert "<h2>Next b</h2>" in html


def test_a_fence_ends_with_its_list_item(tmp_path):
    html = render(tmp_path, "- a\n\n  ```\n  x\n\n**b** {{< vimeo 1 >}}", generator="hugo")
    assert "<p><strong>b</strong> <a" in html


@pytest.mark.parametrize(
    "body",
    [
        "- a `b\n- [c](/d)\n- `e f",
        "1. a `b\n2. [c](/d)\n3. `e f",
        "| a |\n|--|\n| `b |\n| [c](/d) |\n| `e |",
        "a `b\n# [c](/d)\n`e",
    ],
)
def test_a_tick_by_itself_makes_no_code_of_the_next_item_row_or_heading(tmp_path, body):
    assert '<a href="https://blog.example/d">c</a>' in render(tmp_path, f"{body}\n\n[!x] {{:.y}}", generator="jekyll")
