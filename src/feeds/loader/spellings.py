"""One spelling for each name and one person for each author, over all posts of a site."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from feeds.models import Person, Post, Status
from feeds.slugs import fold_name, make_slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

T = TypeVar("T")


def unite_names(posts: Sequence[Post]) -> tuple[Post, ...]:
    """The posts with each tag, category and author in the spelling that most published posts use.

    Names are one if they fold alike (NFC, case); an author written as the slug of another's name is that
    person. A tie is won by the spelling that sorts first.
    """
    tags = _choose_spellings(posts, lambda post: post.tags)
    categories = _choose_spellings(posts, lambda post: post.categories)
    people = _choose_people(posts)
    # Most names are written as most write them, and most posts have one author: these need no new tuples.
    odd = [{name for name, spelling in one.items() if name != spelling} for one in (tags, categories)]
    united = []
    for post in posts:
        if (
            odd[0].isdisjoint(post.tags)
            and odd[1].isdisjoint(post.categories)
            and (not post.authors or (len(post.authors) == 1 and people[post.authors[0].name] is post.authors[0]))
        ):
            united.append(post)
            continue
        now = (
            _unique(tags[name] for name in post.tags),
            _unique(categories[name] for name in post.categories),
            _unique(people[person.name] for person in post.authors),
        )
        same = now == (post.tags, post.categories, post.authors)
        united.append(post if same else replace(post, tags=now[0], categories=now[1], authors=now[2]))
    return tuple(united)


def _choose_spellings(posts: Sequence[Post], names_of: Callable[[Post], Iterable[str]]) -> Mapping[str, str]:
    """The spelling for each name as it is written anywhere."""
    # A site has few names on many posts, so they are counted as they are written and folded once.
    counts = Counter(chain.from_iterable(names_of(post) for post in posts if post.status is Status.PUBLISHED))
    others = chain.from_iterable(names_of(post) for post in posts if post.status is not Status.PUBLISHED)
    counts.update(dict.fromkeys(others, 0))
    by_fold: dict[str, Counter[str]] = {}
    for name, count in counts.items():
        by_fold.setdefault(fold_name(name), Counter())[name] = count
    return {name: _most_frequent(by_fold[fold_name(name)]) for name in counts}


def _most_frequent(counter: Counter[str]) -> str:
    return min(counter, key=lambda name: (-counter[name], name))


def _choose_people(posts: Sequence[Post]) -> Mapping[str, Person]:
    """The person for each author's name as it is written anywhere."""
    written = _choose_spellings(posts, lambda post: [person.name for person in post.authors])
    spellings = {fold_name(name): spelling for name, spelling in written.items()}
    # `ada-lovelace` is Ada Lovelace where both are seen.
    by_slug: dict[str, list[str]] = {}
    for folded in sorted(spellings):
        by_slug.setdefault(make_slug(folded), []).append(folded)
    for slug, same in by_slug.items():
        full = [folded for folded in same if folded != slug]
        if len(full) == 1 and len(same) > 1:
            spellings[slug] = spellings[full[0]]
    emails: dict[str, Counter[str]] = {}
    urls: dict[str, Counter[str]] = {}
    known = Counter(chain.from_iterable(post.authors for post in posts))
    for person, count in known.items():
        name = spellings[fold_name(person.name)]
        for said, value in ((emails, person.email), (urls, person.url)):
            if value:
                said.setdefault(name, Counter())[value] += count
    people = {
        folded: Person(
            name=name,
            email=_most_frequent(emails[name]) if name in emails else None,
            url=_most_frequent(urls[name]) if name in urls else None,
        )
        for folded, name in spellings.items()
    }
    written_so = {person: person for person in known}
    return {name: written_so.get(people[fold_name(name)], people[fold_name(name)]) for name in written}


def _unique(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
