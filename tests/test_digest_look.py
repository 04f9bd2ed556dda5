"""Colours that everybody can read."""

import pytest
from hypothesis import given, strategies as st

from feeds.digest.look import DARK, LIGHT, adjust_accent, contrast

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


@pytest.mark.parametrize(
    ("accent", "light", "dark"),
    [
        ("#FF1A75", "#CC155E", "#FF4891"),
        ("#F7931D", "#A16013", "#F7931D"),
        ("#0E5C6E", "#0E5C6E", "#6E9DA8"),
        ("#FFFFFF", "#666666", "#FFFFFF"),
    ],
)
def test_an_accent_moves_only_as_far_as_it_must(accent, light, dark):
    assert adjust_accent(accent) == (light, dark)


@given(COLOURS)
def test_any_accent_can_be_read_on_every_ground(accent):
    light, dark = adjust_accent(accent)
    for ground in ("page", "card", "tint"):
        assert contrast(light, LIGHT[ground]) >= 4.5
        assert contrast(dark, DARK[ground]) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_where_it_stands(palette):
    for role in ("ink", "soft", "link"):
        for ground in ("page", "card", "tint"):
            assert contrast(palette[role], palette[ground]) >= 5.8, (role, ground)
    for role in ("keyword", "string", "name", "number", "comment"):
        assert contrast(palette[role], palette["tint"]) >= 5.8, role
    assert contrast(palette["bar"], palette["card"]) >= 3


def test_contrast_is_the_standards():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
