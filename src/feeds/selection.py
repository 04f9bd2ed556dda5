"""Which posts stand in which feed, and which ones an issue of a newsletter would take: decisions, nothing is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from feeds.models import Problem, Severity, Status
from feeds.slugs import fold_name, make_slug, make_slugs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from feeds.config import Config, Criterion, Filter, NewsletterSettings
    from feeds.models import History, Person, Post

FOLDERS = {"tag": "tags", "author": "authors", "category": "categories", "language": "languages"}
# How many of the names that share a slug are named in the warning.
_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPlan:
    """A feed before its entries are rendered: what it is, where it goes, and its posts, newest first and limited.

    `path` is its folder below the output, "" for the site's own; `total` counts its posts before the limit.
    """

    kind: str
    name: str
    path: str
    title: str
    description: str
    home_page_url: str
    posts: tuple[Post, ...]
    total: int
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSelection:
    """All feeds of a site, the site's own first, then by kind and slug; and what a person should know of them."""

    plans: tuple[FeedPlan, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsletterSelection:
    """What the next issue of a newsletter would take, oldest first, and what stays behind and why.

    `due` fits into the issue, `waiting` comes after it (`max_posts`), `too_old` is past `max_age` (and nobody released
    it) and `held` looks like an old post; the last two need a person.
    """

    due: tuple[Post, ...]
    waiting: tuple[Post, ...]
    too_old: tuple[Post, ...]
    held: tuple[Post, ...]


def order_newest_first(posts: Iterable[Post]) -> list[Post]:
    """The published posts in the order of every feed: by date, then by address, so that the order is total."""
    published = [post for post in posts if post.status is Status.PUBLISHED and post.published and post.url]
    published.sort(key=lambda post: (post.url or "", post.source))
    # Numbers are compared much faster than moments with a zone.
    published.sort(key=lambda post: _published(post).timestamp(), reverse=True)
    return published


def select_feeds(config: Config, posts: Iterable[Post]) -> FeedSelection:
    """Every feed that the settings ask for and that has at least one post. Raises ConfigError without a site URL."""
    home = config.require_url()
    site, settings = config.site, config.settings.feeds
    shown = [post for post in order_newest_first(posts) if post.in_feeds]
    limit = settings.limit
    plans = [
        FeedPlan(
            kind="site",
            name="",
            path="",
            title=site.title,
            description=site.description or site.title,
            home_page_url=home,
            posts=tuple(shown[:limit]),
            total=len(shown),
        )
    ]
    problems: list[Problem] = []
    for axis in settings.by:
        members: dict[str, list[Post]] = {}
        for post in shown:
            for name in _values(post, axis, site.language):
                members.setdefault(name, []).append(post)
        slugs = make_slugs(members, settings.slugs)
        problems += _slug_warnings(axis, slugs, settings.slugs)
        plans += [
            FeedPlan(
                kind=axis,
                name=name,
                path=f"{FOLDERS[axis]}/{slugs[name]}",
                title=f"{site.title}: {name}",
                description=_describe(axis, name, site.title),
                home_page_url=home,
                posts=tuple(members[name][:limit]),
                total=len(members[name]),
                language=name if axis == "language" else None,
            )
            for name in sorted(members, key=lambda name: slugs[name])
        ]
    for custom in settings.custom:
        chosen = [post for post in shown if matches(post, custom, config.authors, language=site.language)]
        if chosen:
            title = custom.title or f"{site.title}: {custom.name}"
            plans.append(
                FeedPlan(
                    kind="custom",
                    name=custom.name,
                    path=custom.name,
                    title=title,
                    description=custom.description or title,
                    home_page_url=urljoin(home, (custom.home_page or "").lstrip("/")),
                    posts=tuple(chosen[:limit]),
                    total=len(chosen),
                )
            )
        else:
            problems.append(
                Problem(
                    message=f"the feed `{custom.name}` has no posts; its filter fits none", severity=Severity.WARNING
                )
            )
    return FeedSelection(plans=tuple(plans), problems=tuple(problems))


def select_new(
    posts: Iterable[Post],
    *,
    ids: Mapping[str, str],
    newsletter: str,
    settings: Mapping[str, NewsletterSettings],
    authors: Mapping[str, Person],
    language: str,
    history: History,
    now: datetime,
) -> NewsletterSelection:
    """The posts that no issue has carried yet. New means "not yet in an issue", whatever the date says.

    `language` is the site's, which a post has that names none.
    """
    wanted = settings[newsletter]
    seen = history.seen.get(newsletter, frozenset())
    held_ids = {remembered.id for remembered in history.posts if remembered.held}
    released = {remembered.id for remembered in history.posts if remembered.released}
    others = [settings[name] for name in wanted.not_in]
    fresh = [
        post
        for post in reversed(order_newest_first(posts))
        if post.in_feeds
        and ids[post.source] not in seen
        and matches(post, wanted, authors, language=language)
        and not any(matches(post, other, authors, language=language) for other in others)
    ]
    held = [post for post in fresh if ids[post.source] in held_ids]
    oldest = now - timedelta(days=wanted.max_age)
    free = [post for post in fresh if ids[post.source] not in held_ids]
    # A blog of many years has thousands that are, and to compare posts takes long.
    old = {post.source for post in free if _published(post) < oldest and ids[post.source] not in released}
    due = [post for post in free if post.source not in old]
    return NewsletterSelection(
        due=tuple(due[: wanted.max_posts]),
        waiting=tuple(due[wanted.max_posts :]),
        too_old=tuple(post for post in free if post.source in old),
        held=tuple(held),
    )


def matches(post: Post, wanted: Filter, authors: Mapping[str, Person], *, language: str) -> bool:
    """Whether the post passes the filter; an author may be meant by key or by name.

    `language` is the site's, which a post has that names none. A wider tag takes a narrower one in: `en` is met by
    `en-GB` (RFC 4647 section 3.3.1).
    """
    names = {key: [author.name] for key, author in authors.items()}
    return (
        _passes(post.tags, wanted.tags)
        and _passes(post.categories, wanted.categories)
        and _passes([author.name for author in post.authors], wanted.authors, names)
        and _passes(_widen_language(post.language or language), wanted.language)
    )


def _widen_language(tag: str) -> list[str]:
    parts = tag.replace("_", "-").split("-")
    return ["-".join(parts[:count]) for count in range(1, len(parts) + 1)]


def _passes(values: Iterable[str], wanted: Criterion, names: Mapping[str, Sequence[str]] | None = None) -> bool:
    own = {fold_name(value) for value in values}

    def has(name: str) -> bool:
        return any(fold_name(one) in own for one in (names or {}).get(name, (name,)))

    return (
        (not wanted.any_ or any(map(has, wanted.any_)))
        and all(map(has, wanted.all_))
        and not any(map(has, wanted.not_))
    )


def _published(post: Post) -> datetime:
    assert post.published is not None  # only dated posts are published
    return post.published


def _values(post: Post, axis: str, language: str) -> tuple[str, ...]:
    match axis:
        case "tag":
            return post.tags
        case "category":
            return post.categories
        case "author":
            return tuple(author.name for author in post.authors)
        case _:
            return (post.language or language,)


def _describe(axis: str, name: str, site: str) -> str:
    match axis:
        case "author":
            return f"Posts by {name} on {site}"
        case "language":
            return f"Posts in {name} on {site}"
        case "category":
            return f"Posts in the category {name} on {site}"
        case _:
            return f"Posts tagged {name} on {site}"


def _slug_warnings(axis: str, slugs: Mapping[str, str], given: Mapping[str, str]) -> list[Problem]:
    """One warning for all names whose slug is another name's, since a site with two spellings often has many."""
    owners = {slug: name for name, slug in slugs.items() if slug == make_slug(name)}
    chosen = set(given.values())
    late = [
        f"`{name}` has the slug of `{owners[make_slug(name)]}`, so its feeds are in {FOLDERS[axis]}/{slug}/"
        for name, slug in sorted(slugs.items())
        if slug not in {make_slug(name), *chosen} and make_slug(name) in owners
    ]
    if not late:
        return []
    shown = "; ".join(late[:_MOST_SHOWN]) + (f"; and {len(late) - _MOST_SHOWN} more" if len(late) > _MOST_SHOWN else "")
    start = f"the {axis} " if len(late) == 1 else f"{len(late)} of the {FOLDERS[axis]} have the slug of another: "
    message = f"{start}{shown}; give them slugs of their own under feeds.slugs in feeds.toml, or write them alike"
    return [Problem(message=message, severity=Severity.WARNING)]
