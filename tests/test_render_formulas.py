import html

import pytest

from rendering import render


@pytest.mark.parametrize(
    "formula",
    [
        "$a_b * c_d * e$",
        "$$\n\\begin{matrix} a & b \\\\ c & d \\end{matrix}\n$$",
        "$$x_1 < x_2$$",
        "\\\\(a_1 * b_1 * c\\\\)",
        "\\(\\alpha_1\\)",
        "$f: [0,1] \\to \\{x_i\\}$",
    ],
)
@pytest.mark.parametrize("generator", ["hugo", "jekyll", "docusaurus"])
def test_a_formula_stays_as_its_author_wrote_it(tmp_path, formula, generator):
    assert formula in html.unescape(render(tmp_path, f"Text {formula} text", generator=generator))


def test_money_is_no_formula(tmp_path):
    assert "<em>really</em>" in render(tmp_path, "From $5 *really* to $6, or $HOME/*a*:$PATH")


def test_spaces_inside_the_dollars_are_no_end_of_a_formula(tmp_path):
    formula = r"$ \sin(x) = \sum_{n=0}^{\infty} \frac{(-1)^n}{(2n + 1)!} x^{2n + 1} $"
    assert formula in render(tmp_path, f"Say {formula} now.", generator="zola")
    assert render(tmp_path, "It costs 5 $ or *10* $ here.") == "<p>It costs 5 $ or <em>10</em> $ here.</p>\n"


def test_a_formula_of_several_lines_in_a_block_quote_is_without_its_marks(tmp_path):
    html = render(tmp_path, "> Given:\n> $$\n> a_1 > b_2 \\\\\n> c_3\n> $$\n>\n> end")
    assert "<p>Given:\n$$\na_1 &gt; b_2 \\\\\nc_3\n$$</p>\n<p>end</p>" in html


def test_an_escaped_bracket_opens_no_formula_over_links(tmp_path):
    body = "- \\[[`85ab`](https://e.example/85ab)] - **(MAJOR)** `a_b`\n- \\[[`2c55`](https://e.example/2c55)] x \\]"
    html = render(tmp_path, body, generator="nextjs")
    assert html.count("<a href") == 2
    assert "<strong>(MAJOR)</strong>" in html


def test_an_escaped_bracket_around_footnotes_is_no_formula(tmp_path):
    html = render(tmp_path, "So it is \\[[^1], [^2]\\].\n\n[^1]: Source one\n[^2]: Source two", generator="jekyll")
    assert "Source one" in html
    assert "Source two" in html


def test_dollars_in_different_elements_make_no_formula(tmp_path):
    body = "<div><span>$(Out_Dir)</span>&nbsp;<span>*a* $(Path_X)</span> $</div>\n"
    html = render(tmp_path, body, generator="hugo")
    assert "&lt;" not in html
