"""A data file that lists a program's posts with their dates, where the posts themselves have none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from feeds.errors import ConfigError
from feeds.loader.conventions.dated_names import read_dated_name
from feeds.loader.conventions.packages import join_folders
from feeds.loader.datafiles import ENDINGS, read_value
from feeds.loader.keys import PUBLISHED, find_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from feeds.loader.convention import SourceFile

PLACES = ("", "app", "src", "src/app", "data", "src/data", "content", "src/content", "lib", "src/lib")
_STEMS = ("posts", "articles", "essays", "entries", "blog")
_NAMES = ("slug", "id", "name", "path", "file")
_PAGES = frozenset(("page", "+page"))
FEWEST = 2  # posts in a list


def read_post_list(root: Path, places: Iterable[str]) -> tuple[dict[str, dict[str, Any]], str]:
    """What the first such file in `places` says of each post by its name, and the file; ({}, "") without one."""
    for place in places:
        for name in (join_folders(place, f"{stem}{ending}") for stem in _STEMS for ending in ENDINGS):
            if not (root / name).is_file():
                continue
            try:
                posts = dict(_list_posts(read_value(root / name)))
            except ConfigError:  # the program's own affair, as long as nobody knows that it lists posts
                continue
            if len(posts) >= FEWEST:
                return posts, name
    return {}, ""


def find_listed_folder(sources: Iterable[str], posts: Mapping[str, Any]) -> str | None:
    """The folder that all files lie in that are called as listed posts, None if there are none."""
    folders = [source.rpartition("/")[0] for source in sources if _name(source) in posts]
    if not folders:
        return None
    common = os.path.commonpath(folders)
    # A lone post's own folder is not the folder of posts.
    return common.rpartition("/")[0] if common.rpartition("/")[2] in posts else common


def add_listed(files: Iterable[SourceFile], posts: Mapping[str, Mapping[str, Any]]) -> Iterator[SourceFile]:
    """The files, each with what the list says about it."""
    for file in files:
        said = posts.get(_name(file.source))
        yield replace(file, data={**said, **file.data}) if said else file


def _name(source: str) -> str:
    *folders, last = source.split("/")
    if last.rpartition(".")[0] in _PAGES and folders:
        return folders[-1]
    return read_dated_name(source).slug


def _list_posts(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    lists = [value] if isinstance(value, list) else list(value.values()) if isinstance(value, Mapping) else []
    for table in (item for one in lists if isinstance(one, list) for item in one):
        if not isinstance(table, Mapping):
            continue
        fields = {str(key).lower(): inner for key, inner in table.items()}
        name = next((fields[key] for key in _NAMES if isinstance(fields.get(key), str)), "")
        if name and find_field(fields, PUBLISHED)[0]:
            yield name.strip("/").rpartition("/")[2], fields
