"""`feeds list`: every post that was found, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeds.cli.options import AsJson
from feeds.cli.printing import say, say_json
from feeds.publisher.request import Request, read_config

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.models import Post


def list_posts(request: Request, *, as_json: AsJson = False) -> None:
    """List every post, and what becomes of it.

    One line each: date, status, file, title, and the reason if it stays out.
    """
    from feeds.publisher.gather import gather_site

    config = read_config(request)
    gathered = gather_site(config, now=request.now)
    # Before the site's address is known an id would be half of one.
    ids = gathered.ids if config.site.url else {}
    for post in gathered.posts:
        if as_json:
            say_json(_describe(post, ids.get(post.source)))
        else:
            day = post.published.date().isoformat() if post.published else "-" * 10
            reason = f" ({post.reason})" if post.reason else ""
            say(f"{day}  {post.status:<9}  {post.source}  {post.title}{reason}")


def _describe(post: Post, id_: str | None) -> dict[str, Any]:
    return {
        "source": post.source,
        "status": post.status,
        "reason": post.reason,
        "title": post.title,
        "published": _moment(post.published),
        "updated": _moment(post.updated),
        "url": post.url,
        "id": id_,
        "authors": [author.name for author in post.authors],
        "tags": list(post.tags),
        "categories": list(post.categories),
        "language": post.language,
    }


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
