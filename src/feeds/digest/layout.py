"""Which posts of an issue are shown how: three densities of one design, and what gives way when space is short."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from feeds.digest.view import Form, GroupView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeds.config import NewsletterSettings
    from feeds.digest.view import IssueView, PostView

    Layout = Literal["letter", "cover", "headlines"]
    Grouping = Literal["tag", "category", "author"]

# Up to so many posts each have a card; beyond, the lead and a few do, and the others are a compact list.
ALL_CARDS = 8
SOME_CARDS = 6


def choose_layout(settings: NewsletterSettings, count: int) -> Layout:
    """The density in which an issue of so many posts is set."""
    if settings.layout != "auto":
        return settings.layout
    return "letter" if count == 1 else "cover"


def choose_forms(layout: Layout, count: int) -> list[Form]:
    """The form of each post, newest first, before anything gives way."""
    if layout == "letter":
        return [Form.FULL] * count
    if layout == "headlines":
        return [Form.HEADLINE] * count
    cards = count if count <= ALL_CARDS else SOME_CARDS
    return [Form.EXCERPT] * cards + [Form.HEADLINE] * (count - cards)


def shorten_forms(forms: Sequence[Form]) -> Iterator[list[Form]]:
    """The forms after each step of shortening, the least first.

    Oldest first, every full post becomes an excerpt; then, oldest first, every excerpt a headline; at last,
    oldest first, headlines are left out of the HTML. The first post always stays.
    """
    current = list(forms)
    yield list(current)
    for before, after in (
        (Form.FULL, Form.EXCERPT),
        (Form.EXCERPT, Form.HEADLINE),
        (Form.HEADLINE, Form.ABSENT),
    ):
        for place in range(len(current) - 1, -1, -1):
            if current[place] is before and (place > 0 or after is not Form.ABSENT):
                current[place] = after
                yield list(current)


def arrange_posts(issue: IssueView, posts: Sequence[PostView], *, by: Grouping | None, rest: str) -> IssueView:
    """The issue with its posts in their places: the lead, the others in groups, and those that are left out.

    The groups are by the first tag (or category, or author) of each post, the group of the newest first; posts that
    have none come last, without a label. If nothing is to be grouped, the headlines that follow excerpts stand under
    the label `rest`.
    """
    shown = [post for post in posts if post.form is not Form.ABSENT]
    lead = shown[0] if issue.layout == "cover" else None
    return replace(
        issue,
        posts=tuple(posts),
        lead=lead,
        groups=_group_posts([post for post in shown if post is not lead], by, rest),
        absent=tuple(post for post in posts if post.form is Form.ABSENT),
    )


def _group_posts(posts: Sequence[PostView], by: Grouping | None, rest: str) -> tuple[GroupView, ...]:
    groups: dict[str | None, list[PostView]] = {}
    for post in posts:
        groups.setdefault(_name_group(post, by), []).append(post)
    nameless = groups.pop(None, [])
    named = [GroupView(label=label, posts=tuple(group)) for label, group in groups.items()]
    headlines = tuple(post for post in nameless if post.form is Form.HEADLINE)
    others = tuple(post for post in nameless if post.form is not Form.HEADLINE)
    if by is None and headlines and others:
        return GroupView(label=None, posts=others), GroupView(label=rest, posts=headlines)
    return (*named, *([GroupView(label=None, posts=tuple(nameless))] if nameless else []))


def _name_group(post: PostView, by: Grouping | None) -> str | None:
    if by is None:
        return None
    names = {"tag": post.tags, "category": post.categories, "author": post.authors}[by]
    return names[0] if names else None
