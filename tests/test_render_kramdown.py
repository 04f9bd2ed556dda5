import pytest

from rendering import render


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<div>a</div>\n*b*", "<em>b</em>"),
        ("> q\n> <hr>\n> <small>[l](/x)</small>", '<hr>\n<p><small><a href="https://blog.example/x">l</a></small></p>'),
        ("<small>\nThe [l](/x)\n</small>", '<small>The <a href="https://blog.example/x">l</a>'),
        ('<div markdown="1">\n    *a*\n    ![b](/c.png)\n</div>\n\n*d*', "<p><em>a</em>\n<img"),
        ('<div class="x" markdown="1">*a*</div>\nb', "<p><em>a</em></p>\n</div>\n<p>b</p>"),
        ("不**「好」**的", "不<strong>「好」</strong>的"),
        ('<div class="t">\n<pre class="c">\na\n\nb *c*\n</pre>\n</div>\n\n*d*', "a\n\nb *c*\n</pre>"),
        ("| a | b |\n|---|---|\n| 1 | 2 | three |\n", "<td>three</td>"),
        ("| a | b |\n|---|\n| 1 | 2\n", "<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>"),
        ("| a | *b* |\n| `1|2` | c |\n", "<table>\n<tbody>\n<tr>\n<td>a</td>\n<td><em>b</em></td>\n</tr>"),
        ("|:-:|--:|\n| a | b |\n|===|===|\n| c | d |", "<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n<tr>\n<td>c</td>"),
        ("错。**它报错，**我", "错。<strong>它报错，</strong>我"),
    ],
)
def test_what_is_markdown_to_kramdown_is_markdown_in_a_jekyll_blog(tmp_path, source, shown):
    assert shown in render(tmp_path, source, generator="jekyll")


@pytest.mark.parametrize(
    "source",
    [
        "| a | b |\n|:--|:-:|\n| 1 | 2 |",
        "text\n| no | table |",
        "a **b** c",
        "中**b**文",
        "2**3 and 3**2",
        "<table>\n<tr><td>\n<p>x</p>\n</td></tr>\n</table>",
    ],
)
def test_what_both_read_alike_is_left_alone(tmp_path, source):
    assert render(tmp_path, source, generator="jekyll") == render(tmp_path, source, generator="hugo")


def test_a_table_of_githubs_with_nothing_in_its_head_has_none(tmp_path):
    assert "<th" not in render(tmp_path, "| | |\n|--|--|\n| a | b |\n", generator="hugo")


def test_code_is_left_alone(tmp_path):
    code = "<div>a</div>\n**「好」**的"
    assert "**「好」**的" in render(tmp_path, f"```\n{code}\n```\n", generator="jekyll")
