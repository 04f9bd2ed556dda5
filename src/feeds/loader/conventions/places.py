"""Where the posts of a site are when no rule says so: the folder that looks most like a blog."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from feeds.loader.convention import Convention
from feeds.loader.dates import date_in_name
from feeds.loader.files import NEVER, walk_files

_NAMES = re.compile(
    r"(?:^|/)(?:_?posts?|blog|articles?|news|writing|entries|journal|notes|updates|content)(?:/|$)",
    re.IGNORECASE,
)
_DECOYS = re.compile(r"(?:^|/)(?:docs?|wiki|drafts|examples?|tests?|fixtures|i18n|pages)(?:/|$)", re.IGNORECASE)
_HEADER_DATE = re.compile(
    rb"^(?:\.\. |<!--\s*)?\W{0,3}(?:pub)?date\W{0,2}[:=]|^pubDate|^publishedAt", re.IGNORECASE | re.MULTILINE
)
SAMPLE = 40


def find_posts_folder(root: Path, convention: Convention, *, below: str = "") -> tuple[str, str]:
    """The folder with the most dated files, relative to the site ("" for the site itself), and why it was taken.

    A file is dated by its name or by a `date` in its first kilobyte; of a long folder only a sample is opened. Names
    such as `posts` count for a folder, names such as `docs` against it.
    """
    files: dict[str, list[str]] = {}
    for source in walk_files(root, below, skip=NEVER):
        if convention.is_post(source):
            files.setdefault(source.rpartition("/")[0], []).append(source)
    dated: Counter[str] = Counter()
    for folder, sources in files.items():
        named = sum(date_in_name(source.rpartition("/")[2]) is not None for source in sources)
        rest = [source for source in sources if date_in_name(source.rpartition("/")[2]) is None]
        sample = rest[:: max(1, len(rest) // SAMPLE)]
        opened = sum(_has_date(root / source) for source in sample)
        count = named + (opened * len(rest) // len(sample) if sample else 0)
        if count or date_in_name(folder.rpartition("/")[2]) is not None:
            dated[folder] += count or len(sources)
    if not dated:
        return below, "no dated file was found"
    totals: Counter[str] = Counter()
    for folder, count in dated.items():
        weight = count * (3 if _NAMES.search(folder) else 1) / (4 if _DECOYS.search(folder) else 1)
        parts = folder.split("/") if folder else []
        for depth in range(len(parts) + 1):
            totals["/".join(parts[:depth])] += weight  # type: ignore[assignment] - a weight may be a fraction
    best = max(dated, key=lambda folder: (totals[folder], folder))
    # Climb while the parent holds many more, so that `posts/2023` and `posts/2024` are `posts`.
    while best and totals[parent := best.rpartition("/")[0]] >= totals[best] * 1.25 and _same_kind(best, parent, below):
        best = parent
    return best, f"{sum(count for folder, count in dated.items() if _is_below(folder, best))} dated files"


def _same_kind(folder: str, parent: str, below: str) -> bool:
    return _is_below(parent, below) and (
        bool(parent) or re.fullmatch(r"\d{4}", folder) is not None or folder.count("/") == 0
    )


def _is_below(folder: str, above: str) -> bool:
    return not above or folder == above or folder.startswith(f"{above}/")


def _has_date(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _HEADER_DATE.search(file.read(1024)) is not None
    except OSError:
        return False
