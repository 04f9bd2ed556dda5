"""Which of an Eleventy site's collections is its blog: the one that its own feed shows.

https://www.11ty.dev/docs/plugins/rss/ and https://www.11ty.dev/docs/collections/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.loader.conventions.eleventy_data import read_data_files
from feeds.loader.files import read_loosely
from feeds.loader.folders import walk_files
from feeds.loader.names import parse_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

_FEED = re.compile(r"(?:^|/)[^/]*(?:feed|rss|atom)[^/]*\.(?:njk|liquid|hbs|html|md|js|cjs|mjs)$", re.IGNORECASE)
_BLOGS = frozenset(("post", "posts", "blog", "blogs", "article", "articles", "news"))
_COLLECTION = re.compile(r"\bcollections(?:\.(\w+)|\[\s*[\"']([^\"']+)[\"']\s*\])")


def find_fed_folders(
    root: Path, source: str, posts: Collection[str], endings: Iterable[str] = ()
) -> tuple[tuple[str, ...], str] | None:
    """The outermost folders whose data put them into the collection that the site's feed shows; the feed's file.

    `posts` are the files that may be posts. Of several feeds that of a collection called like a blog is taken, else
    that of the most files. None where no folder is said to be in a collection that a feed shows.
    """
    folders = sorted({folder for post in posts for folder in _list_folders_above(post, source)})
    tags = {folder: _read_tags(root, folder, endings) for folder in folders}
    found: list[tuple[bool, int, tuple[str, ...], str]] = []
    for name, template in _find_collections(root, source):
        inside = [folder for folder in folders if name in tags[folder]]
        chosen = tuple(one for one in inside if not any(one.startswith(f"{other}/") for other in inside))
        if chosen:
            count = sum(post.startswith(tuple(f"{folder}/" for folder in chosen)) for post in posts)
            found.append((name.lower() in _BLOGS, count, chosen, f"{template}, which shows collections.{name}"))
    return max(found, key=lambda one: one[:2])[2:] if found else None


def _find_collections(root: Path, source: str) -> Iterator[tuple[str, str]]:
    """The collections that feeds show first, each with the feed's template."""
    templates = [path for path in walk_files(root, source) if _FEED.search(path)]
    for path in sorted(templates, key=lambda path: (len(path.rpartition("/")[2]), path)):
        if shown := _COLLECTION.search(read_loosely(root / path)):
            yield shown[1] or shown[2], path


def _list_folders_above(path: str, source: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:count]) for count in range(len(source.split("/")) if source else 1, len(parts) + 1)]


def _read_tags(root: Path, folder: str, endings: Iterable[str]) -> tuple[str, ...]:
    tags = read_data_files(root, f"{folder}/{folder.rpartition('/')[2]}", endings).get("tags")
    return (tags,) if isinstance(tags, str) else parse_names(tags)
