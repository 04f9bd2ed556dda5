"""The rule by which another program made its ids, for the posts that its feed no longer shows.

A feed holds the newest entries only, and ours may hold more. Its subscribers have had the older ones too, under ids
that are written nowhere but follow from the post's address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from feeds.models import Post

# One entry follows any rule.
ENOUGH = 2
# What remains of a post's path in an id: all of it; jekyll-feed's, without a slash or an extension at its end.
PATHS: tuple[Callable[[str], str], ...] = (
    lambda path: path,
    lambda path: path.removesuffix("/"),
    lambda path: path.removesuffix(".html"),
    lambda path: path.removesuffix("index.html"),
)
# What stands before the path besides words that never change: nothing; the day, as in tag URIs (RFC 4151) by Pelican.
DAYS: tuple[Callable[[Post], str], ...] = (
    lambda _: "",
    lambda post: f"{post.published:%Y-%m-%d}:",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What an id consists of: words that never change, the day in some form, and what remains of the path."""

    start: str
    day: Callable[[Post], str]
    path: Callable[[str], str]

    def make_id(self, post: Post) -> str:
        """The id of a post that has an address and a date."""
        return self.start + self.day(post) + self.path(urlsplit(post.url or "").path)


def find_rule(known: Sequence[tuple[Post, str]]) -> Rule | None:
    """How these posts' addresses make their ids, or None if no rule fits all of them, or they are too few to tell.

    Every post has an address and a date.
    """
    if len(known) < ENOUGH:
        return None
    post, id_ = known[0]
    for day in DAYS:
        for path in PATHS:
            ending = Rule(start="", day=day, path=path).make_id(post)
            rule = Rule(start=id_.removesuffix(ending), day=day, path=path)
            if all(rule.make_id(one) == its for one, its in known):
                return rule
    return None
