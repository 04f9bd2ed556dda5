"""Which picture of a post an issue shows, how wide, and where, so that the words are met soon."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from feeds.digest.addresses import make_uri, split_url
from feeds.digest.view import PictureView
from feeds.theme import wrap_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.models import Image

COLUMN = 520
PHONE_COLUMN = 335
THUMBNAIL = 120
# A cover is at least as wide as the column, and neither taller than wide nor a strip.
COVER_RATIO = (1.0, 3.0)
# The height of a newsletter's name and of the line under it.
NAME = 44
# Outlook shows none of these, Gmail not all.
UNSHOWN = (".svg", ".webp", ".avif")
# The average character of a wide face in ems, which a reader without Georgia may see: plain and bold.
PLAIN = 0.53
BOLD = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """The measures of a screen in pixels, as the style sheets have them.

    `rest` is what paddings and margins take above the first sentence, which must begin before `first_sentence`.
    """

    column: int
    title: int
    title_line: int
    rest: int
    first_sentence: int


SCREENS = (
    Screen(column=COLUMN, title=28, title_line=34, rest=88, first_sentence=530),
    Screen(column=PHONE_COLUMN, title=25, title_line=31, rest=64, first_sentence=430),
)


def is_shown(url: str) -> bool:
    """Whether the mail programs that matter show pictures of this kind, as far as the address tells."""
    return not split_url(url).path.lower().endswith(UNSHOWN)


def choose_cover(
    image: Image | None, *, name: str, above: Sequence[str], title: str, late: bool, logo: int = 0
) -> PictureView | None:
    """The picture of an issue's first post, or None; `title` is the post's.

    `name` is the newsletter's, beside a logo that may be `logo` pixels wide and high; `above` are the lines of small
    text that come before the title; `late` says that the post does not begin at the top. A picture that is large enough
    is a cover: above the title if the first sentence still begins early enough, else below the first words. One of an
    unknown size goes below, too; a small or upright one stands beside.
    """
    if image is None or not is_shown(image.url):
        return None
    if image.width is None or image.height is None:
        return _view(image, width=COLUMN, measured=False, place="below")
    if image.width < COLUMN or not COVER_RATIO[0] <= image.width / image.height <= COVER_RATIO[1]:
        return choose_thumbnail(image)
    early = not late and all(
        screen.rest
        + screen.column * image.height / image.width
        + _count_lines([name], 18 * BOLD, screen.column - logo) * 24
        + max(0, logo - NAME)
        + _count_lines(above, 14 * PLAIN, screen.column) * 20
        + _count_lines([title], screen.title * BOLD, screen.column) * screen.title_line
        <= screen.first_sentence
        for screen in SCREENS
    )
    return _view(image, width=COLUMN, measured=True, place="above" if early else "below")


def choose_thumbnail(image: Image | None) -> PictureView | None:
    """The small picture beside a post's words, or None if there is none or it would have to be enlarged."""
    if image is None or not is_shown(image.url) or (image.width is not None and image.width < THUMBNAIL):
        return None
    return _view(image, width=THUMBNAIL, measured=image.width is not None, place="beside")


def _view(image: Image, *, width: int, measured: bool, place: Literal["above", "below", "beside"]) -> PictureView:
    return PictureView(
        url=make_uri(image.url),
        alt=" ".join(image.alt.split()),
        width=width,
        measured=measured,
        height=math.ceil(width * image.height / image.width) if image.width and image.height else None,
        place=place,
    )


def _count_lines(texts: Sequence[str], character: float, room: int) -> int:
    """How many lines the texts take in a column `room` wide, if a character is that wide; both in pixels."""
    return sum(wrap_text(text, int(room / character)).count("\n") + 1 for text in texts)
