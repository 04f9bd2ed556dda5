"""Which picture of a post an issue shows, how wide, and where, so that the words are met soon."""

from __future__ import annotations

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
# Outlook shows none of these, Gmail not all.
UNSHOWN = (".svg", ".webp", ".avif")
# Where the first sentence of the first post must begin, in pixels from the top: on a desk, on a phone.
FIRST_SENTENCE = 530
FIRST_SENTENCE_PHONE = 430
# The average character of a wide face in ems, which a reader without Georgia may see: plain and bold.
PLAIN = 0.53
BOLD = 0.55


def is_shown(url: str) -> bool:
    """Whether the mail programs that matter show pictures of this kind, as far as the address tells."""
    return not split_url(url).path.lower().endswith(UNSHOWN)


def choose_cover(image: Image | None, *, title: str, above: Sequence[str], late: bool) -> PictureView | None:
    """The picture of an issue's first post, or None. `above` are the lines of small text above the title.

    `late` says that the post does not begin at the top. A picture that is large enough is a cover: above
    the title if the first sentence still begins early enough, else below the first words. One of an unknown
    size goes below, too; a small or upright one stands beside.
    """
    if image is None or not is_shown(image.url):
        return None
    if image.width is None or image.height is None:
        return _view(image, width=COLUMN, measured=False, place="below")
    if image.width < COLUMN or not COVER_RATIO[0] <= image.width / image.height <= COVER_RATIO[1]:
        return choose_thumbnail(image)
    height = image.height / image.width
    # Paddings and margins of the style sheets, then the picture, the small lines, the title.
    desk = (
        106
        + height * COLUMN
        + _count_lines(above, 14 * PLAIN, COLUMN) * 20
        + _count_lines([title], 28 * BOLD, COLUMN) * 34
    )
    phone = 84 + height * PHONE_COLUMN
    phone += _count_lines(above, 14 * PLAIN, PHONE_COLUMN) * 20 + _count_lines([title], 25 * BOLD, PHONE_COLUMN) * 31
    fits = not late and desk <= FIRST_SENTENCE and phone <= FIRST_SENTENCE_PHONE
    return _view(image, width=COLUMN, measured=True, place="above" if fits else "below")


def choose_thumbnail(image: Image | None) -> PictureView | None:
    """The small picture beside a post's words, or None if there is none or it would have to be enlarged."""
    if image is None or not is_shown(image.url) or (image.width is not None and image.width < THUMBNAIL):
        return None
    return _view(image, width=THUMBNAIL, measured=image.width is not None, place="beside")


def _view(image: Image, *, width: int, measured: bool, place: Literal["above", "below", "beside"]) -> PictureView:
    return PictureView(
        url=make_uri(image.url), alt=" ".join(image.alt.split()), width=width, measured=measured, place=place
    )


def _count_lines(texts: Sequence[str], character: float, room: int) -> int:
    """How many lines the texts take in a column `room` wide, if a character is that wide; both in pixels."""
    return sum(wrap_text(text, int(room / character)).count("\n") + 1 for text in texts)
