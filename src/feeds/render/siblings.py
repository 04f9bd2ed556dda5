"""The site's posts by everything that a link may call them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeds.models import Post

# What a question begins with: for a post with just that source, or for one that is called so.
_EXACT, _CALLED = "=", "~"
_SUFFIX = re.compile(r"\.(?:md|mdx|markdown|rst|txt|html?|mdown|mkd)$", re.IGNORECASE)
_INDEX = re.compile(r"(?:^|/)_?index$")
_DATED = re.compile(r"(?:.*/)?(\d{4}-\d{1,2}-\d{1,2}-[^/]+?)(?:\.\w+)?$")
_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-")


def locate_posts(posts: Iterable[Post], site_url: str) -> dict[str, str]:
    """The whole address of each post that has one, by source."""
    return {post.source: complete_url(post.url, site_url) for post in posts if post.url}


def complete_url(url: str, site_url: str) -> str:
    """A post's address in full, where it may be a path below that of the site."""
    # Joining costs more than all the rest that has to be done for a post that is not rendered.
    plain = url.startswith(site_url) and not any(sign in url for sign in "?#;")
    return url if plain else urljoin(site_url, url)


class Siblings:
    """Finds a post's URL. `urls` maps each post's source to it; `asked` has every question so far with its answer."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self.urls = urls
        self.asked: dict[str, str | None] = {}

    def answer(self, question: str) -> str | None:
        """What a question in `asked` is answered by these posts."""
        kind, name = question[0], question[1:]
        return self.urls.get(name) if kind == _EXACT else self._find(name)

    def gives_answers(self, asked: Mapping[str, str | None]) -> bool:
        """Whether these posts answer an earlier `asked` as it was answered then."""
        return all(self.answer(question) == answer for question, answer in asked.items())

    def get(self, source: str) -> str | None:
        """The URL of the post with just that source."""
        return self._ask(_EXACT + source)

    def find(self, name: str) -> str | None:
        """The URL of the post that `name` means: its source, the end of it with or without suffix, or its slug.

        Where several would do, the first by source is meant.
        """
        return self._ask(_CALLED + name.strip().strip("/"))

    def find_dated(self, name: str) -> str | None:
        """The URL of the post that Jekyll's `post_url` names by the date and slug of its file."""
        found = _DATED.match(name)
        return self.find(found[1]) if found else None

    def _ask(self, question: str) -> str | None:
        self.asked[question] = self.answer(question)
        return self.asked[question]

    def _find(self, name: str) -> str | None:
        return self.urls.get(name) or (self._by_ending.get(_plain(name)) if name else None)

    @cached_property
    def _by_ending(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for source in sorted(self.urls):
            plain = _plain(source)
            parts = plain.split("/")
            for start in range(len(parts)):
                found.setdefault("/".join(parts[start:]), self.urls[source])
            found.setdefault(_DATE.sub("", parts[-1]), self.urls[source])
        return found


def _plain(name: str) -> str:
    return _INDEX.sub("", _SUFFIX.sub("", name)).casefold()
