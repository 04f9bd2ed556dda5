"""Sites on disk for tests: write the files, load the posts."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feeds.config import Config, Settings, resolve_config
from feeds.loader import Loaded, detect_site, load_posts
from feeds.loader.witness import JUDGED
from feeds.models import Post, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


_opened: list[set[str]] = []


def _note_opened(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _opened:
        _opened[-1].add(str(arguments[0]))


sys.addaudithook(_note_opened)


@contextmanager
def everything_is_noted(root: Path) -> Iterator[list[Post]]:
    """Whatever is read to judge the site is known to have been: else an edit of it would go unnoticed.

    The posts themselves are read in any case; the block adds them to the list that it gets.
    """
    _opened.append(set())
    posts: list[Post] = []
    try:
        yield posts
        # A post that answers may be asked together with the files of data beside it.
        asked = tuple(f"{path.rpartition('.')[0]}." for _, path in JUDGED.answers)
        known = JUDGED.seen.union(f"{root}/{post.source}" for post in posts)
        unknown = [path for path in _opened[-1] - known if path.startswith(f"{root}/") and not path.startswith(asked)]
        assert unknown == []
    finally:
        _opened.pop()


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def configure(root: Path, **settings: object) -> Config:
    chosen = Settings.model_validate(settings)
    with everything_is_noted(root):
        findings = detect_site(root, posts=chosen.posts.path, convention=chosen.posts.convention)
    return resolve_config(root=root, settings=chosen, origins={}, findings=findings)


def load(root: Path, *, now: datetime = NOW, **settings: object) -> Loaded:
    config = configure(root, **settings)
    with everything_is_noted(root) as posts:
        loaded = load_posts(config, now=now)
        posts.extend(loaded.posts)
    return loaded


def load_by_source(root: Path, *, now: datetime = NOW, **settings: object) -> dict[str, Post]:
    return {post.source: post for post in load(root, now=now, **settings).posts}


def load_one(root: Path, *, now: datetime = NOW, **settings: object) -> Post:
    [post] = load(root, now=now, **settings).posts
    return post


def published(loaded: Loaded) -> list[str]:
    return [post.source for post in loaded.posts if post.status is Status.PUBLISHED]


def path_of(post: Post, site: str = "https://example.org") -> str:
    assert post.url is not None
    return post.url.removeprefix(site)
