"""Sites on disk for tests: write the files, load the posts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feeds.config import Config, Settings, resolve_config
from feeds.loader import Loaded, detect_site, load_posts
from feeds.models import Post, Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def configure(root: Path, **settings: object) -> Config:
    chosen = Settings.model_validate(settings)
    findings = detect_site(root, posts=chosen.posts.path, convention=chosen.posts.convention)
    return resolve_config(root=root, settings=chosen, origins={}, findings=findings)


def load(root: Path, *, now: datetime = NOW, **settings: object) -> Loaded:
    return load_posts(configure(root, **settings), now=now)


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
