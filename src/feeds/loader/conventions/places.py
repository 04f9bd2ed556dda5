"""Where the posts of a site are when no rule says so: the folder that looks most like a blog."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from feeds.loader.conventions.dated_names import INDEXES, is_dated
from feeds.loader.files import read_start
from feeds.loader.folders import DEPENDENCIES, NEVER, walk_files
from feeds.loader.keys import PUBLISHED, fold_key
from feeds.loader.witness import JUDGED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from feeds.loader.convention import Convention

_NAMED = re.compile(
    r"(?:^|/)(?:_?posts?|blogs?|articles?|news|writings?|entries|journal|updates|essays)$", re.IGNORECASE
)
_BLOGS = re.compile(
    r"(?:^|/)(?:_?posts?|blogs?|articles?|news|writings?|entries|journal|notes|updates|essays|content)(?:/|$)",
    re.IGNORECASE,
)
_SURE = re.compile(r"(?:^|/)(?:_?posts?|blogs?)$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:^|/)(?:contents?|data|collections)$", re.IGNORECASE)
_DECOYS = re.compile(
    r"(?:^|/)(?:_?drafts?|docs?|documentation|wiki|examples?|tests?|fixtures|pages|about)(?:/|$)",
    re.IGNORECASE,
)
# A line of a header in any of its forms: `date: …`, `.. date: …`, `"date": …`, `date = …`.
_FIELD = re.compile(
    rb"^[ \t]*(?:\.\. |<!--\s*(?:\.\. )?|export const |const )?[\"']?([a-z][a-z _-]{2,20}?)[\"']?\s*[:=](.*)",
    re.IGNORECASE | re.MULTILINE,
)
# Words such as `published` and `added` may also be answers to yes or no.
_YEAR = re.compile(rb"(?:19|20)\d\d")
# What a route calls its own file.
_INDEXES = INDEXES | {"page", "+page"}
SAMPLE = 40
LEAST = 4  # a blog is at least one part in so many of all that is dated
LEAST_SURE = 20  # the same of one whose name can mean nothing else
FEW = 10  # one part in so many of what lies below a folder
SOME = 4  # dated files that are a blog wherever they are looked for first
# A file's own data, where a generator keeps them beside it (Nikola, Eleventy).
_SIDE_CARS = (".meta", ".json", ".11tydata.json", ".yml", ".yaml")
_PUBLISHED = frozenset(PUBLISHED)


def count_dated(root: Path, below: str, convention: Convention) -> Mapping[str, int]:
    """How many dated files each folder directly inside `below` holds, at any depth; "" for `below` itself."""
    counts: Counter[str] = Counter()
    for folder, count in _count_by_folder(root, below, convention, skip=DEPENDENCIES).items():
        counts[folder[len(below) :].strip("/").partition("/")[0]] += count
    return counts


def find_posts_folder(root: Path, convention: Convention, *, below: str = "") -> tuple[str, str]:
    """The folder with the most dated files, relative to the site ("" for itself), and why it was taken.

    Names such as `posts` count for a folder, names such as `docs` against it. Folders of years, months or
    topics are taken together.
    """
    folder, total = _find_folder(root, convention, below)
    return folder, _describe(total)


def find_first_folder(root: Path, convention: Convention, places: Iterable[str]) -> tuple[str, str] | None:
    """What `find_posts_folder` finds below the first of `places` that holds posts, None if none does.

    Where the generator looks first there may be a page or two that are dated and no posts: these make way for many.
    """
    found: list[tuple[str, int]] = []
    for place in places:
        if (root / place).is_dir():
            folder, total = _find_folder(root, convention, place)
            if total >= SOME:
                return folder, _describe(total)
            found += [(folder, total)] if total else []
    if not found:
        return None
    folder, total = max(found, key=lambda one: one[1])
    return folder, _describe(total)


def _describe(total: int) -> str:
    if not total:
        return "no dated file was found"
    return "1 dated file" if total == 1 else f"{total} dated files"


def _find_folder(root: Path, convention: Convention, below: str) -> tuple[str, int]:
    """The folder, and how many dated files it holds."""
    dated = _count_by_folder(root, below, convention, skip=NEVER)
    if not dated:
        return below, 0
    own = {
        folder: count * (3 if _BLOGS.search(folder) else 1) / (4 if _DECOYS.search(folder) else 1)
        for folder, count in dated.items()
    }
    weights: dict[str, float] = {}
    for folder, weight in own.items():
        for above in _folders_above(folder):
            weights[above] = weights.get(above, 0) + weight
    # A home page and an imprint that are dated make no blog of the folder that has the posts' in it.
    starts = [folder for folder in dated if own[folder] * FEW >= weights[folder]]
    best = max(starts, key=lambda folder: (weights[folder], folder))
    # posts/2023 and posts/2024 are posts, blog/releases and blog/news are blog: up to the nearest folder that
    # is called like a blog, or while the folder above holds clearly more.
    named = next((above for above in reversed(_folders_above(best)) if _NAMED.search(above)), "")
    if named and named != best and _is_below(named, below):
        best = named
    while outer := [folder for folder in reversed(_folders_above(best)[:-1]) if _is_below(folder, below)]:
        enough, reach = (2, outer[:1]) if _NAMED.search(best) else (1.1, outer)
        if re.search(r"(?:^|/)\d{2,4}$", best):
            enough = 0
        higher = next((folder for folder in reach if weights[folder] >= weights[best] * enough), None)
        if higher is None:
            break
        best = higher
    best = _find_collection(best, weights) or best
    return best, sum(count for folder, count in dated.items() if _is_below(folder, best))


def _find_collection(folder: str, weights: Mapping[str, float]) -> str | None:
    """Of the collections side by side in a folder for all content, the one that is called like a blog, if it is one."""
    if not _CONTENTS.search(folder):
        return None
    named = [one for one in weights if one.rpartition("/")[0] == folder and _NAMED.search(one)]
    if len(named) != 1:
        return None
    most = LEAST_SURE if _SURE.search(named[0]) else LEAST
    return named[0] if weights[named[0]] * most >= weights[folder] else None


def _count_by_folder(root: Path, below: str, convention: Convention, *, skip: frozenset[str]) -> Counter[str]:
    """Dated files by folder: by their name, or by a key in their first lines; of many a sample is opened.

    An index file is its folder, and counts for the one above.
    """
    counts: Counter[str] = Counter()
    rest: dict[str, list[str]] = {}
    for source in walk_files(root, below, skip=skip):
        if not convention.is_post(source):
            continue
        folder, _, name = source.rpartition("/")
        if name.partition(".")[0] in _INDEXES and folder != below:
            folder = folder.rpartition("/")[0]
        if is_dated(source[len(below) :].lstrip("/")):
            counts[folder] += 1
        else:
            rest.setdefault(folder, []).append(source)
    for folder, sources in rest.items():
        sample = sources[:: max(1, len(sources) // SAMPLE)]
        opened = sum(JUDGED.ask(has_date, root / source) for source in sample)
        counts[folder] += round(opened * len(sources) / len(sample))
    return +counts


def has_date(path: Path) -> bool:
    """Whether the file, or one of data beside it, has a field with its date."""
    files = (path, *(path.with_suffix(ending) for ending in _SIDE_CARS))
    return any(_begins_with_date(read_start(file)) for file in files)


def _begins_with_date(start: bytes) -> bool:
    """Whether a file that begins like this has a field with its date."""
    for key, value in _FIELD.findall(start):
        name = fold_key(key.decode())
        if name in _PUBLISHED and ("date" in name or _YEAR.search(value)):
            return True
    return False


def _folders_above(folder: str) -> list[str]:
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:count]) for count in range(len(parts) + 1)]


def _is_below(folder: str, above: str) -> bool:
    return not above or folder == above or folder.startswith(f"{above}/")
