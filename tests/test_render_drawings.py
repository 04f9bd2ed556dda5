import pytest

from rendering import render

LINK = '<a href="https://blog.example/one/">▶ {}</a>'


@pytest.mark.parametrize(
    ("drawing", "shown"),
    [
        ('<svg viewBox="0 0 640 480"><path d="M0"/></svg>', LINK.format("SVG")),
        ("<svg><title>A plan</title><text>x</text></svg>", LINK.format("A plan")),
        ('<svg width="16" height="16"><path d="M0"/></svg>', ""),
        ('<svg width="640"><g style="background: url(\'<svg><b></b></svg>\')"/></svg>', LINK.format("SVG")),
        ('<svg width="640"><svg width="320"><text>x</text></svg><svg><a/></svg></svg>', LINK.format("SVG")),
        ("<svg width='640'><path d=\"</svg>", LINK.format("SVG")),
    ],
)
def test_a_drawing_is_a_link_to_the_page_and_an_icon_is_nothing(tmp_path, drawing, shown):
    html = render(tmp_path, f"<div>a{drawing}b</div>")
    assert html == f"<div>a{shown}b</div>\n"
