"""One post's story: the feeds it stands in, the issues it went out with, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.models import Status
from feeds.publisher.digest import select_next
from feeds.publisher.gather import gather_site
from feeds.selection import matches, select_feeds

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Post
    from feeds.publisher.gather import Gathered
    from feeds.selection import NewsletterSelection


def tell_story(config: Config, wanted: str, *, now: datetime) -> str:
    """What became of the post, in a few sentences. `wanted` is its source, file name, address, id or title.

    Raises ConfigError if no post, or more than one, is meant.
    """
    gathered = gather_site(config, now=now)
    post = find_post(gathered, wanted)
    if post.status is not Status.PUBLISHED:
        reason = f": {post.reason}" if post.reason else ""
        return f"{post.source} is {post.status}{reason}. It is in no feed, and no newsletter will take it."
    sentences = [f"{post.source} is published as {gathered.ids[post.source]}.", _feeds(config, gathered, post)]
    sentences += [_newsletter(config, gathered, post, name, now) for name in config.settings.newsletters]
    return " ".join(sentence for sentence in sentences if sentence)


def find_post(gathered: Gathered, wanted: str) -> Post:
    """The one post that is meant. Raises ConfigError if there is none or more than one."""
    exact = [post for post in gathered.posts if wanted in {post.source, post.url, gathered.ids.get(post.source)}]
    found = exact or [
        post
        for post in gathered.posts
        if post.source.endswith(f"/{wanted}") or post.title.casefold() == wanted.casefold()
    ]
    if not found:
        raise ConfigError(f"{wanted}: there is no such post; `feeds list` shows them all")
    if len(found) > 1:
        raise ConfigError(f"{wanted}: may be {', '.join(post.source for post in found)}; name one of them")
    return found[0]


def _feeds(config: Config, gathered: Gathered, post: Post) -> str:
    if not post.in_feeds:
        return f"It stays out of the feeds: it {explain_absence(post)}."
    if config.site.url is None:
        return "There are no feeds before site.url is known."
    plans = select_feeds(config, gathered.posts).plans
    inside = [plan for plan in plans if any(one.source == post.source for one in plan.posts)]
    if not inside:
        return f"It is older than the newest {config.settings.feeds.limit} posts of each of its feeds."
    return f"It stands in {len(inside)} feeds: {', '.join(plan.path or 'the site’s' for plan in inside)}."


def _newsletter(config: Config, gathered: Gathered, post: Post, name: str, now: datetime) -> str:
    selection = select_next(config, gathered, name, now=now)
    return f"{name}: {explain_place(config, gathered, post, name, selection)}."


def explain_absence(post: Post) -> str:
    """Why a published post is in no feed and no newsletter, as the end of a sentence about it."""
    return post.reason or "says `feed: false`"


def explain_place(config: Config, gathered: Gathered, post: Post, name: str, selection: NewsletterSelection) -> str:
    """Why a published post is in the next issue of the newsletter `name`, was in one, or stays out of it."""
    post_id = gathered.ids[post.source]
    for issue in gathered.history.issues:
        if issue.newsletter == name and post_id in issue.post_ids:
            when = f" on {issue.delivered_at:%Y-%m-%d %H:%M %Z}" if issue.delivered_at else ""
            return f"in issue {issue.number} ({issue.state}{when})"
    if post_id in gathered.history.seen.get(name, frozenset()):
        return "marked as seen without being mailed"
    for posts, story in (
        (selection.due, "will go out with the next issue"),
        (selection.waiting, "waits for the issue after the next one (max_posts)"),
        (selection.too_old, "is older than max_age and held; `feeds resolve POST --new` or --cancel decides"),
        (
            selection.held,
            "looks like an old post and is held; `feeds resolve POST --new`, --same-as ID or --cancel decides",
        ),
    ):
        if any(one.source == post.source for one in posts):
            return story
    if not matches(post, config.settings.newsletters[name], config.authors):
        return "its filter does not take this post"
    return "another newsletter takes it (not_in)"
