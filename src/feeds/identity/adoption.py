"""Taking over the feed that a site has today, so that its subscribers notice nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from feeds.identity.ids import url_path
from feeds.identity.rules import find_rule
from feeds.models import Remembered
from feeds.slugs import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from feeds.identity.published import PublishedEntry
    from feeds.models import Post

# A feed in UTC and a post in its own zone may be a day apart and still mean the same day.
SAME_DAY = timedelta(hours=36)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry of the old feed and the post that it is; `how` says what they have in common."""

    entry: PublishedEntry
    post: Post
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OlderPost:
    """A post that the old feed shows no longer, and the id that it had there, by the rule of those that match."""

    post: Post
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What each entry is: `matched` gives a post its id, `doubtful` shares only something, `unmatched` has no post.

    `earlier` counts the posts from before the oldest entry that matched, `older` are those of them whose ids follow
    from the ids that matched.
    """

    matched: tuple[Match, ...]
    doubtful: tuple[Match, ...]
    unmatched: tuple[PublishedEntry, ...]
    older: tuple[OlderPost, ...] = ()
    earlier: int = 0


def match_entries(entries: Sequence[PublishedEntry], posts: Iterable[Post]) -> Adoption:
    """Which post each entry of an old feed is: by its link, else by its title and day, both of one post alone.

    The same title on another day, or the same day and title twice, is doubtful. Posts older than all that match have
    the ids that the old program gave them, if a rule tells.
    """
    posts = [post for post in posts if post.url and post.published]
    by_path: dict[str, Post] = {}
    by_title: dict[str, list[Post]] = {}
    for post in posts:
        by_path |= dict.fromkeys(map(url_path, (*post.aliases, post.url or "")), post)
        by_title.setdefault(fold_name(post.title), []).append(post)
    matched: list[Match] = []
    rest: list[PublishedEntry] = []
    used: set[str] = set()
    for entry in entries:
        linked = (by_path.get(url_path(entry.url)) if entry.url else None) or by_path.get(url_path(entry.id))
        if linked and linked.source not in used:
            used.add(linked.source)
            matched.append(Match(entry=entry, post=linked, how="link"))
        else:
            rest.append(entry)
    doubtful: list[Match] = []
    unmatched: list[PublishedEntry] = []
    for entry in rest:
        alike = [post for post in by_title.get(fold_name(entry.title), ()) if post.source not in used]
        near = [post for post in alike if _same_day(entry, post)]
        if len(near) == 1:
            used.add(near[0].source)
            matched.append(Match(entry=entry, post=near[0], how="title and day"))
        elif alike:
            doubtful.append(Match(entry=entry, post=(near or alike)[0], how="title, of several" if near else "title"))
        else:
            unmatched.append(entry)
    earlier = _find_earlier(matched, doubtful, posts)
    return Adoption(
        matched=tuple(matched),
        doubtful=tuple(doubtful),
        unmatched=tuple(unmatched),
        older=_identify(matched, earlier),
        earlier=len(earlier),
    )


def adopt_ids(adoption: Adoption, *, fingerprint: Callable[[Post], str]) -> tuple[Remembered, ...]:
    """What the state has to know so that each post keeps the id that its subscribers know."""
    known = [(match.post, match.entry.id, match.entry.url) for match in adoption.matched]
    known += [(older.post, older.id, "") for older in adoption.older]
    return tuple(
        Remembered(
            id=id_,
            source=post.source,
            url=post.url or "",
            title=post.title,
            fingerprint=fingerprint(post),
            aliases=(former,) if former and former != post.url else (),
        )
        for post, id_, former in known
    )


def _find_earlier(matched: Sequence[Match], doubtful: Sequence[Match], posts: Iterable[Post]) -> list[Post]:
    oldest = min((match.post.published for match in matched if match.post.published), default=None)
    known = {match.post.source for match in (*matched, *doubtful)}
    return [
        post for post in posts if post.source not in known and oldest and post.published and post.published <= oldest
    ]


def _identify(matched: Sequence[Match], earlier: Iterable[Post]) -> tuple[OlderPost, ...]:
    rule = find_rule([(match.post, match.entry.id) for match in matched])
    if rule is None:
        return ()
    taken = {match.entry.id for match in matched}
    found = [OlderPost(post=post, id=rule.make_id(post)) for post in earlier if not post.guid]
    return tuple(older for older in found if older.id not in taken)


def _same_day(entry: PublishedEntry, post: Post) -> bool:
    if entry.published is None or post.published is None:
        return False
    return abs(entry.published - post.published) < SAME_DAY
