"""The language of a site that does not say it, as far as the script of its posts tells one."""

from __future__ import annotations

import os
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from feeds.loader.files import read_start
from feeds.loader.folders import DEPENDENCIES, list_folder
from feeds.loader.witness import JUDGED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

SAMPLE = 20  # posts; the first by name, so that a new one seldom changes the guess
START = 4096  # bytes of each
ORIGIN = "the script of its posts"

# Each script's letters and the language that is written in it most. A sign for a whole word weighs as much as a word.
_SCRIPTS = (
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"), 3),
    ("ja", re.compile("[\u3040-\u30ff]"), 3),
    ("ko", re.compile("[\uac00-\ud7af]"), 3),
    ("ru", re.compile("[\u0400-\u04ff]"), 1),
    ("ar", re.compile("[\u0621-\u064a\u066e-\u06d3]"), 1),
    ("he", re.compile("[\u05d0-\u05ea]"), 1),
    ("el", re.compile("[\u0370-\u03ff]"), 1),
    ("th", re.compile("[\u0e00-\u0e7f]"), 1),
    ("hi", re.compile("[\u0900-\u097f]"), 1),
)
# Letters that only another language of the same script has.
_OTHERS = {
    "ru": (("uk", "[іїєґ]"), ("be", "[ў]"), ("sr", "[ђјљњћџ]")),
    "ar": (("ur", "[ٹڈڑے]"), ("fa", "[پچژگ]")),
}
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
SURE = 3  # of those letters: one or two may stand in a name
SHARE = 0.3  # of what is written; code and names in Latin letters stand in every post


def guess_language(root: Path, folders: Iterable[str], is_post: Callable[[str], bool]) -> str | None:
    """The BCP 47 tag of the language whose script most posts are in, None for Latin letters and for none.

    `folders` are the folders of posts below `root`. Only the first posts by name are looked at.
    """
    found: Counter[str] = Counter()
    for folder in folders:
        paths = sorted(_list_first(os.path.join(root, folder), is_post))  # noqa: PTH118 - as texts, there are many
        for path in paths[:SAMPLE]:
            found[JUDGED.ask(tell_language, path)] += 1
    if not found:
        return None
    language, count = min(found.items(), key=lambda item: (-item[1], item[0]))
    return language or None if count > found.total() / 2 else None


def tell_language(path: Path) -> str:
    """The BCP 47 tag of the language that the script of a file's first letters tells, "" if none."""
    text = read_start(path, START).decode("utf-8", "ignore")
    weights = {language: weight * len(letters.findall(text)) for language, letters, weight in _SCRIPTS}
    if weights["ja"] and weights["ja"] * 10 > weights["zh"]:
        # Japanese is written in both; a Chinese text has a kana or two at the most.
        weights["ja"] += weights.pop("zh")
    language = max(weights, key=lambda one: weights[one])
    if weights[language] <= SHARE * (sum(weights.values()) + len(_LATIN.findall(text))):
        return ""
    letters = text.casefold()
    return next(
        (other for other, sign in _OTHERS.get(language, ()) if len(re.findall(sign, letters)) >= SURE), language
    )


def _list_first(folder: str, is_post: Callable[[str], bool]) -> Iterator[Path]:
    """The first posts of a folder by name, and of its folders as far as there are too few."""
    from pathlib import Path

    listed = list_folder(folder)
    below = [one.name for one in listed if one.is_folder and one.linked is None]
    posts = list(islice(filter(is_post, [one.name for one in listed if not one.is_folder]), SAMPLE))
    yield from (Path(folder, name) for name in posts)
    found = len(posts)
    for name in below:
        if found >= SAMPLE:
            return
        if name not in DEPENDENCIES:
            for path in _list_first(f"{folder}/{name}", is_post):
                yield path
                found += 1
