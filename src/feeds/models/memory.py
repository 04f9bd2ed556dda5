"""What is remembered from one run to the next, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.models.mail import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What the state knows of a post that was published once: enough to recognise it whatever moves.

    `fingerprint` is a hash of the post's words. `held` keeps it out of newsletters until a person decides; `released`
    says that a person has, and lets it pass whatever its age. `published` says whether the last build showed it.
    """

    id: str
    source: str
    url: str
    title: str
    fingerprint: str
    aliases: tuple[str, ...] = ()
    held: bool = False
    released: bool = False
    published: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What is remembered at the start of a run, as a value.

    `seen` maps a newsletter to the ids of the posts that an issue carried or that were marked as seen; a newsletter
    that is no key has no history and must not mail by itself. `first_url` is where the site was when its feeds were
    first published.
    """

    posts: tuple[Remembered, ...] = ()
    seen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    first_url: str | None = None

    def list_addresses(self) -> list[str]:
        """Every address that a post has had."""
        return [address for post in self.posts for address in (post.url, *post.aliases)]
