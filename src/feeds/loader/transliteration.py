"""Text in ASCII letters as Unidecode writes it today: Pelican's and Nikola's slugs are made with it."""

from __future__ import annotations

# Where Unidecode has corrected the table that text-unidecode was made from, for signs that are in use.
_CORRECTED = str.maketrans(
    {"し": "shi", "ち": "chi", "っ": "tsu", "つ": "tsu", "シ": "shi", "チ": "chi", "ッ": "tsu", "ツ": "tsu"}
    | {"ー": "-", "・": "*", "Є": "Ie", "−": "-", "¼": " 1/4", "½": " 1/2", "¾": " 3/4", "ŋ": "ng", "Ŋ": "NG"}
    | {"א": "A", "ח": "H", "ט": "T", "ך": "KH", "כ": "KH", "ץ": "TS", "צ": "TS", "ק": "k", "ש": "SH", "־": "-"}
    | {chr(0x2460 + number): str(number + 1) for number in range(20)}  # circled
    | {"₱": "P", "₴": "UAH", "₹": "Rs", "₺": "L", "₽": "R", "₿": "BTC"}
)


def transliterate(text: str) -> str:
    """`text` with every sign written in ASCII; "" for one that has no reading."""
    from text_unidecode import unidecode  # with a table of all scripts, and every site is asked whether it is Pelican's

    return str(unidecode(text.translate(_CORRECTED)))
