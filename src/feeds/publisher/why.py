"""One post's story: the feeds it stands in, the issues it went out with, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.models import Status
from feeds.publisher.digest import select_next
from feeds.publisher.gather import gather_site
from feeds.publisher.holdups import explain_first_run
from feeds.schedule import next_due
from feeds.selection import matches, select_feeds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feeds.config import Config
    from feeds.models import Issue, Post
    from feeds.publisher.gather import Gathered
    from feeds.selection import NewsletterSelection


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a newsletter does with a post, as a clause, and the issue that carried it, if one has."""

    newsletter: str
    clause: str
    issue: Issue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What became of a post: its id (None before it was published), the paths of its feeds, its place in newsletters.

    `sentences` say the same to a person.
    """

    post: Post
    id: str | None
    feeds: tuple[str, ...]
    places: tuple[Place, ...]
    sentences: tuple[str, ...]


def tell_story(config: Config, wanted: str, *, now: datetime) -> Story:
    """What became of the post. `wanted` is its source, file name, address, id or title.

    Raises ConfigError if no post, or more than one, is meant.
    """
    gathered = gather_site(config, now=now)
    post = find_post(gathered, wanted)
    if post.status is not Status.PUBLISHED:
        post_id = next((old.id for old in gathered.history.posts if old.source == post.source), None)
        places = tuple(_list_issues(gathered, post_id))
        reason = f": {post.reason}" if post.reason else ""
        first = f"{post.source} is {post.status}{reason}. It is in no feed, and no newsletter will take it."
        return _make_story(post, post_id, (), places, first)
    post_id = gathered.ids[post.source]
    inside, about = _find_feeds(config, gathered, post)
    names = config.settings.newsletters
    places = tuple(_place(config, gathered, post, name, now) for name in names)
    places += tuple(place for place in _list_issues(gathered, post_id) if place.newsletter not in names)
    return _make_story(post, post_id, inside, places, f"{post.source} is published as {post_id}.", about)


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


def _make_story(
    post: Post, post_id: str | None, feeds: tuple[str, ...], places: tuple[Place, ...], *sentences: str
) -> Story:
    said = (*sentences, *(f"{place.newsletter}: {place.clause}." for place in places))
    return Story(post=post, id=post_id, feeds=feeds, places=places, sentences=said)


def _find_feeds(config: Config, gathered: Gathered, post: Post) -> tuple[tuple[str, ...], str]:
    """The paths of the feeds with the post, and a sentence on them."""
    if not post.in_feeds:
        return (), f"It stays out of the feeds: it {explain_absence(post)}."
    if config.site.url is None:
        return (), "There are no feeds before site.url is known."
    plans = select_feeds(config, gathered.posts).plans
    inside = tuple(plan.path for plan in plans if any(one.source == post.source for one in plan.posts))
    if not inside:
        return (), f"It is older than the newest {config.settings.feeds.limit} posts of each of its feeds."
    where = ", ".join(path or "the site’s" for path in inside)
    return inside, f"It stands in {len(inside)} {'feed' if len(inside) == 1 else 'feeds'}: {where}."


def _place(config: Config, gathered: Gathered, post: Post, name: str, now: datetime) -> Place:
    selection = select_next(config, gathered, name, now=now)
    if name not in gathered.history.seen and post in (*selection.due, *selection.waiting, *selection.too_old):
        return Place(newsletter=name, clause=explain_first_run(name))
    clause = explain_place(config, gathered, post, name, selection)
    issue = next((place.issue for place in _list_issues(gathered, gathered.ids[post.source], name)), None)
    due = next_due(config.settings.newsletters[name].schedule, config.zone_of(name), now)
    if post in selection.due and due not in {None, now}:
        clause += f", due {due:%Y-%m-%d %H:%M %Z}"
    return Place(newsletter=name, clause=clause, issue=issue)


def _list_issues(gathered: Gathered, post_id: str | None, newsletter: str | None = None) -> Iterator[Place]:
    """The issues that carry the post, of one newsletter or all."""
    for issue in gathered.history.issues:
        if post_id in issue.post_ids and newsletter in {None, issue.newsletter}:
            yield Place(newsletter=issue.newsletter, clause=_describe_issue(issue), issue=issue)


def _describe_issue(issue: Issue) -> str:
    when = f" on {issue.delivered_at:%Y-%m-%d %H:%M %Z}" if issue.delivered_at else ""
    return f"in issue {issue.number} ({issue.state}{when})"


def explain_absence(post: Post) -> str:
    """Why a published post is in no feed and no newsletter, as the end of a sentence about it."""
    return post.reason or "says `feed: false`"


def explain_place(config: Config, gathered: Gathered, post: Post, name: str, selection: NewsletterSelection) -> str:
    """Why a published post is in the next issue of the newsletter `name`, was in one, or stays out of it."""
    post_id = gathered.ids[post.source]
    for place in _list_issues(gathered, post_id, name):
        return place.clause
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
    if not matches(post, config.settings.newsletters[name], config.authors, language=config.site.language):
        return "its filter does not take this post"
    return "another newsletter takes it (not_in)"
