"""Colours and faces of a mail, and an accent that everybody can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.config import NewsletterSettings
    from feeds.theme import Language

# WCAG 2.2, success criterion 1.4.3: the least contrast of text that is not large.
READABLE = 4.5
LINEAR = 0.04045
STEP = 0.05
SERIF = "Georgia, Times New Roman, serif"
SANS = "-apple-system, Segoe UI, Roboto, Helvetica, Arial, "
# The faces of East Asian scripts that systems have for screens, by language. What "serif" stands for there is thin or
# coarse at the size of text, and Georgia's figures go below the line among wide characters.
EAST_ASIAN = {
    "ja": "Hiragino Sans, Yu Gothic, Meiryo, ",
    "ko": "Apple SD Gothic Neo, Malgun Gothic, ",
    "zh": "PingFang SC, Microsoft YaHei, ",
    "zh_Hant": "PingFang TC, Microsoft JhengHei, ",
}
MONO = "Menlo, Consolas, Courier New, monospace"
LIGHT: Mapping[str, str] = {
    "page": "#F4F3EF",
    "card": "#FFFFFF",
    "tint": "#F4F3EF",
    "ink": "#1B1D20",
    "soft": "#5A5E66",
    "link": "#0A58B0",
    "rule": "#E2E0DA",
    "bar": "#8A8F98",
    "keyword": "#8A3B12",
    "string": "#1F6B3A",
    "name": "#6B3FA0",
    "number": "#0A58B0",
    "comment": "#5A5E66",
}
DARK: Mapping[str, str] = {
    "page": "#111315",
    "card": "#1A1D20",
    "tint": "#24282C",
    "ink": "#E9E7E2",
    "soft": "#A9ADB4",
    "link": "#8CBBF5",
    "rule": "#33373C",
    "bar": "#6F757D",
    "keyword": "#E8A27C",
    "string": "#9CCB8F",
    "name": "#C9A8F0",
    "number": "#8CBBF5",
    "comment": "#A9ADB4",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the style sheets of a mail are made of: colours by role, as `#RRGGBB`, and font families.

    `start` and `end` are the sides on which a line begins and ends, `left` or `right`. `whole_words` says that lines
    end at spaces alone, though the script is a wide one.
    """

    light: Mapping[str, str]
    dark: Mapping[str, str]
    text: str
    meta: str
    mono: str
    start: str
    end: str
    whole_words: bool


def make_look(settings: NewsletterSettings, *, language: Language) -> Look:
    """The look that a newsletter's settings and its language ask for."""
    locale = language.locale
    east = EAST_ASIAN.get(f"{locale.language}_{locale.script}") or EAST_ASIAN.get(locale.language, "")
    sans = f"{SANS}{east}sans-serif"
    mirrored = language.direction == "rtl"
    light, dark = adjust_accent(settings.accent) if settings.accent else (LIGHT["link"], DARK["link"])
    return Look(
        light=dict(LIGHT) | {"link": light},
        dark=dict(DARK) | {"link": dark},
        text=SERIF if (settings.font or ("sans" if east else "serif")) == "serif" else sans,
        meta=sans,
        mono=MONO,
        start="right" if mirrored else "left",
        end="left" if mirrored else "right",
        whole_words=locale.language == "ko",
    )


def adjust_accent(accent: str) -> tuple[str, str]:
    """The accent as it can be read on the light and on the dark tint, the least favourable ground of each.

    It is moved in steps of 5 % towards black, or white, until its contrast is 4.5.

    >>> adjust_accent("#FF1A75"), adjust_accent("#0E5C6E")
    (('#CC155E', '#FF4891'), ('#0E5C6E', '#6E9DA8'))
    """
    return _move(accent, ground=LIGHT["tint"], towards=0), _move(accent, ground=DARK["tint"], towards=255)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _move(colour: str, *, ground: str, towards: int) -> str:
    channels = _channels(colour)
    for step in range(round(1 / STEP) + 1):
        moved = [round(channel + (towards - channel) * STEP * step) for channel in channels]
        found = "#" + "".join(f"{channel:02X}" for channel in moved)
        if contrast(found, ground) >= READABLE:
            return found
    raise AssertionError(f"black or white cannot be read on {ground}")


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _luminance(colour: str) -> float:
    """The relative luminance (WCAG 2.2, "relative luminance")."""
    parts = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (part / 12.92 if part <= LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
