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
