import pytest

from feeds.render.fences import simplify_fences
from rendering import render


@pytest.mark.parametrize(
    ("opening", "simple"),
    [
        ("```js {1,3}", "```js"),
        ("```js{1,3}", "```js"),
        ("``` {.ruby .numberLines}", "```ruby"),
        ("~~~~ {.brush: .php;}", "~~~~php"),
        ("```{lang=go}", "```"),
        ("``` C++ hl=1", "```C++"),
        ("```shell npm2yarn", "```shell"),
        ("```rust,ignore", "```rust"),
        ("> - ```js {1}", "> - ```js"),
    ],
)
def test_a_fence_names_its_language_alone(opening, simple):
    assert simplify_fences(f"{opening}\nx", titles_follow=False).split("\n")[0] == simple


def test_a_title_stands_above_its_code_where_the_code_stands(tmp_path):
    html = render(tmp_path, '- item\n\n  ```js title="x y.js" {1}\n  a\n  ```\n\n> ```js title="q"\n> b\n> ```\n')
    assert "<p><strong>x y.js</strong></p>\n<pre><code" in html
    assert html.index("<li>") < html.index("x y.js") < html.index("</li>")
    assert html.index("<blockquote>") < html.index("<strong>q</strong>") < html.index("</blockquote>")


def test_hexo_titles_follow_the_language(tmp_path):
    html = render(tmp_path, "``` yml _config.yml https://hexo.io link\na: b\n```", generator="hexo")
    assert "<strong>_config.yml link</strong>" in html
    assert '<code class="language-yml">a: b' in html


def test_what_is_inside_a_fence_opens_none():
    text = '````md\n```js title="x"\n````'
    assert simplify_fences(text, titles_follow=False) == text
