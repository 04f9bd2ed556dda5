"""One id for each post, for life: what was remembered wins over whatever the post's address has become.

RFC 4287 section 4.2.6 asks that an id never changes, not even when the entry is moved.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeds.models import Problem, Remembered, Severity, Status
from feeds.slugs import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from feeds.models import History, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """`ids` maps each post's source to its id, where it has an address; `remembered` is news for the state.

    `remembered` has what is new or has changed: `held` is set where a post looks like an old one that could not be
    matched for certain, `published` is taken from a post that is no longer shown.
    """

    ids: Mapping[str, str]
    remembered: tuple[Remembered, ...]
    problems: tuple[Problem, ...]


def assign_ids(posts: Iterable[Post], history: History, *, fingerprint: Callable[[Post], str]) -> Identified:
    """The id of every post: the remembered one of the post that it is recognised as, else a new one.

    A post is recognised by its pinned id, then by its source, then by its address and aliases, then by its words if
    exactly one post that has vanished had them. `fingerprint` hashes a post's words.
    """
    # Of two posts at one address, the one that stands in feeds has the address as its id.
    posts = sorted((post for post in posts if post.url), key=lambda post: post.source)
    posts.sort(key=lambda post: not post.in_feeds)
    matched = _recognise(posts, history.posts, fingerprint)
    taken = {remembered.id for remembered in history.posts}
    sources = {post.source for post in posts}
    found = {remembered.id for remembered in matched.values()}
    gone = [old for old in history.posts if old.source not in sources and old.id not in found]
    ids: dict[str, str] = {}
    known: list[Remembered] = []
    problems: list[Problem] = []
    for post in posts:
        assert post.url is not None
        old = matched.get(post.source)
        if old is None and post.status is not Status.PUBLISHED:
            continue
        mark = fingerprint(post)
        twin = _twin(post, mark, gone) if gone and not old else None
        ids[post.source] = id_ = old.id if old else _new_id(post, taken)
        taken.add(id_)
        if post.status is not Status.PUBLISHED:
            continue
        if twin:
            problems.append(_held(post, twin))
        aliases = () if old is None else _aliases(old, post.url)
        known.append(
            Remembered(
                id=id_,
                source=post.source,
                url=post.url,
                title=post.title,
                fingerprint=mark,
                aliases=aliases,
                held=old.held if old else twin is not None,
                released=old is not None and old.released,
            )
        )
    if history.posts:
        shown = {post.id for post in known}
        known += [replace(old, published=False) for old in history.posts if old.id not in shown]
        before = {old.id: old for old in history.posts}
        known = [post for post in known if post != before.get(post.id)]
    return Identified(ids=ids, remembered=tuple(known), problems=tuple(problems))


def _recognise(
    posts: list[Post], remembered: Iterable[Remembered], fingerprint: Callable[[Post], str]
) -> dict[str, Remembered]:
    matched: dict[str, Remembered] = {}
    free = {old.id: old for old in remembered}
    if not free:
        return matched

    def match(post: Post, old: Remembered | None) -> None:
        if old is not None and old.id in free and post.source not in matched:
            matched[post.source] = free.pop(old.id)

    for post in posts:
        match(post, free.get(post.guid or ""))
    by_source = {old.source: old for old in free.values()}
    for post in posts:
        match(post, by_source.get(post.source))
    by_path = {url_path(url): old for old in free.values() for url in (*old.aliases, old.url)}
    for post in posts if by_path else ():
        if post.source in matched:
            continue
        for url in (post.url or "", *post.aliases):
            match(post, by_path.get(url_path(url)))
    sources = {post.source for post in posts}
    vanished = [old for old in free.values() if old.source not in sources]
    strangers = [post for post in posts if post.source not in matched and post.status is Status.PUBLISHED]
    for post, old in _pair_by_words(strangers, vanished, fingerprint):
        match(post, old)
    return matched


def _pair_by_words(
    posts: list[Post], vanished: list[Remembered], fingerprint: Callable[[Post], str]
) -> list[tuple[Post, Remembered]]:
    """The pairs that share their words with nobody else."""
    if not vanished:
        return []
    new: dict[str, list[Post]] = {}
    for post in posts:
        new.setdefault(fingerprint(post), []).append(post)
    old: dict[str, list[Remembered]] = {}
    for one in vanished:
        old.setdefault(one.fingerprint, []).append(one)
    return [(new[words][0], old[words][0]) for words in new if len(new[words]) == 1 == len(old.get(words, ()))]


def _twin(post: Post, fingerprint: str, gone: list[Remembered]) -> Remembered | None:
    """A vanished post that this one looks like: the same words or the same title, but no certain match."""
    title = fold_name(post.title)
    return next((old for old in gone if old.fingerprint == fingerprint or fold_name(old.title) == title), None)


def _new_id(post: Post, taken: set[str]) -> str:
    wanted = post.guid or post.url or ""
    if wanted not in taken:
        return wanted
    # An older post was first published at this address and keeps it as its id.
    return f"{post.url}#{hashlib.sha256(post.source.encode()).hexdigest()[:12]}"


def _aliases(old: Remembered, url: str) -> tuple[str, ...]:
    return tuple(sorted({*old.aliases, old.url} - {url}))


def url_path(url: str) -> str:
    """The address without its site, so that a new domain or https changes nothing."""
    parts = urlsplit(url)
    return (parts.path.rstrip("/") or "/") + (f"?{parts.query}" if parts.query else "")


def _held(post: Post, twin: Remembered) -> Problem:
    return Problem(
        path=post.source,
        severity=Severity.WARNING,
        message=f"looks like {twin.source}, which is gone; it has a new id and is held from newsletters until "
        f"`feeds resolve {post.source} --new` or `--same-as {twin.id}`",
    )
