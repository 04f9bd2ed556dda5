"""Stopping before an audience loses its posts: to a missing folder, a failed checkout, a disk that is not mounted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.errors import NeedsPersonError
from feeds.output import read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.config import Config
    from feeds.publisher.gather import Gathered


def refuse_missing_folder(config: Config) -> None:
    """Raise NeedsPersonError if a folder of posts is not there."""
    for folder in config.posts:
        if not (config.root / folder).is_dir():
            raise NeedsPersonError(
                "the folder of posts is not there; put it back, or correct posts.path in feeds.toml",
                path=config.root / folder,
            )


def refuse_vanished_posts(gathered: Gathered) -> None:
    """Raise NeedsPersonError if half of the posts that were published are no longer."""
    published = {old.id for old in gathered.history.posts if old.published}
    gone = published - {gathered.ids.get(post.source) for post in gathered.published}
    _refuse_half(len(gone), len(published), "published posts are gone")


def refuse_vanished_feeds(config: Config, feeds: Iterable[str], pages: Iterable[str]) -> None:
    """Raise NeedsPersonError if half of the feed files that were written are not among those that would be."""
    manifest = read_manifest(config.output)
    if manifest is not None and manifest.site_url == config.site.url:
        known = set(feeds)
        files = manifest.files.keys() - set(pages)
        if files - known:
            from feeds.digest import is_issue_path

            # An issue that was cancelled takes its page along; that is no sign of a site that is not there.
            files = {path for path in files if not is_issue_path(path)}
        _refuse_half(len(files - known), len(files), "feed files would be removed")


def _refuse_half(gone: int, total: int, what: str) -> None:
    if gone and 2 * gone >= total:
        raise NeedsPersonError(
            f"{gone} of {total} {what}, and nothing was changed; if that is meant, `feeds build --yes` does it"
        )
