"""Which picture is shown, and where."""

import pytest

from feeds.digest.pictures import choose_cover, choose_thumbnail
from feeds.models import Image


def image(width=1200, height=630, url="https://example.org/x.png"):
    return Image(url=url, alt="A hill", width=width, height=height)


def cover(picture, title="A short title", *, name="A letter", late=False, logo=0):
    return choose_cover(picture, name=name, above=["Issue 1", "1 May 2026"], title=title, late=late, logo=logo)


def test_a_wide_picture_stands_above_a_short_title():
    assert (cover(image()).place, cover(image()).width) == ("above", 520)


@pytest.mark.parametrize(
    ("picture", "title", "late"),
    [
        (image(800, 800), "A short title", False),
        (image(), "A title that goes on and on " * 4, False),
        (image(None, None), "A short title", False),
        (image(), "A short title", True),
    ],
    ids=["square", "long title", "unknown size", "after an introduction"],
)
def test_a_picture_that_would_push_the_words_down_stands_below_them(picture, title, late):
    assert cover(picture, title, late=late).place == "below"


def test_a_long_name_of_the_newsletter_counts():
    assert cover(image(), "A title of some length, as they are", name="A letter").place == "above"
    assert (
        cover(image(), "A title of some length, as they are", name="A letter with a very long name " * 4).place
        == "below"
    )


def test_a_large_logo_counts():
    assert [cover(image(), logo=width).place for width in (0, 32, 160)] == ["above", "above", "below"]


@pytest.mark.parametrize("picture", [image(519, 300), image(600, 900), image(1600, 400)])
def test_a_small_upright_or_flat_picture_is_no_cover(picture):
    assert (cover(picture).place, cover(picture).width) == ("beside", 120)


@pytest.mark.parametrize("url", ["https://example.org/x.svg", "https://example.org/x.WEBP?v=1", "https://e.org/x.avif"])
def test_a_kind_that_mail_programs_do_not_show_is_left_out(url):
    assert cover(image(url=url)) is None
    assert choose_thumbnail(image(url=url)) is None


def test_no_picture_is_enlarged():
    assert choose_thumbnail(image(64, 64)) is None
    assert not cover(image(None, None)).measured


def test_an_address_that_cannot_be_taken_apart_does_no_harm():
    assert choose_thumbnail(image(url="https://[x/y.png")).width == 120
