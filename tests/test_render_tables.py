from rendering import render


def test_a_cell_that_points_upwards_is_one_with_the_cell_above(tmp_path):
    html = render(tmp_path, "| a | b |\n|---|---|\n| 1 | 2 |\n| ^^ | 3 |\n| ^^ | 4 |\n| x | ^^ |")
    assert '<td rowspan="3">1</td>' in html
    assert '<td rowspan="2">4</td>' in html
    assert "^^" not in html
    assert html.count("<td") == 5


def test_the_first_row_has_nothing_above(tmp_path):
    assert "^^" in render(tmp_path, "| ^^ | b |\n|---|---|\n| 1 | 2 |")
    assert "^^" in render(tmp_path, '<table><tr><td colspan="2">1</td></tr><tr><td>^^</td><td>2</td></tr></table>')


def test_a_row_of_several_lines_holds_code_to_the_letter(tmp_path):
    body = (
        "| C | asm |\n| :-- | :-- |\n"
        "| ```cpp | ```asm \\\n| f<a>(b) { | mov a, b \\\n|   return; | ``` \\\n| } | \\\n| ``` | |\n"
        "| one | two \\\n| more | of it |\n| *c* | d |\n\nText \\\n| no"
    )
    html = render(tmp_path, body, generator="eleventy")
    assert '<td align="left"><pre><code class="language-cpp">f&lt;a&gt;(b) {\n  return;\n}\n</code></pre></td>' in html
    assert '<td align="left"><pre><code class="language-asm">mov a, b\n</code></pre></td>' in html
    assert '<td align="left">one more</td>\n<td align="left">two of it</td>' in html
    assert "<em>c</em>" in html
    assert "| no" in html


def test_a_pipeline_in_code_is_no_row(tmp_path):
    code = "cat x \\\n| grep y \\\n| wc"
    assert code in render(tmp_path, f"```sh\n{code}\n```\n", generator="eleventy")
