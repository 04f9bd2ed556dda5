"""Liquid as Jekyll runs it: its tags and filters, the variables of site and page, no file outside of the site."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import liquid
from liquid.exceptions import LiquidError

from feeds.errors import ConfigError
from feeds.models import MISSING_FILE, Markup
from feeds.render.code import protect_code
from feeds.render.jekyll_filters import FILTERS, MAX_RESULT, format_date
from feeds.render.jekyll_lists import LIST_FILTERS
from feeds.render.jekyll_tags import TAGS

if TYPE_CHECKING:
    from liquid.token import Token

    from feeds.models import Post
    from feeds.render.inclusions import Inclusions
    from feeds.render.siblings import Siblings

MAX_ITERATIONS = 10_000
MAX_INCLUDES = 10  # of one in another
MAX_WORK = 100_000_000  # characters that all filters of a post together are given
MAX_SCANNED = 50_000_000  # characters; the library reads on to the end for each tag that is never closed
# A block that is never closed, or that writes without end, takes the rest of the post with it.
_SWALLOWS = re.compile("expected tag|output stream limit")
_ENDED = re.compile(r"^unexpected tag 'end|'$")
_MARKUP = re.compile(r"\{%(?:(?!\{%).)*?%\}|\{\{(?:(?!\{\{).)*?\}\}", re.DOTALL)


class Jekyll(liquid.Environment):
    """Liquid for one site. `mistakes` are the last post's, by line of its body.

    `data` are the site's data files by their names, and what `list_sources` of it says are the files for a name.
    """

    loop_iteration_limit = MAX_ITERATIONS
    output_stream_limit = MAX_RESULT
    local_namespace_limit = MAX_RESULT
    context_depth_limit = MAX_INCLUDES + 1

    def __init__(
        self,
        *,
        inclusions: Inclusions,
        variables: Mapping[str, Any],
        data: Any,
        site_url: str,
        siblings: Siblings,
    ) -> None:
        super().__init__(tolerance=liquid.Mode.LAX, strict_filters=True)
        self.inclusions = inclusions
        folders = (str(variables.get("source") or ""), str(variables.get("includes_dir") or "_includes"))
        self.includes = "/".join(name for folder in folders if (name := folder.strip("./")))
        self.siblings = siblings
        parts = urlsplit(site_url)
        self.host, self.baseurl = f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/")
        shown = {} if data is None else {"data": _Data(data, inclusions)}
        self.variables = {**variables, **shown, "url": self.host, "baseurl": self.baseurl}
        self.mistakes: list[tuple[int | None, str]] = []
        self._work = 0
        self._included: dict[str, str] = {}  # the name of each text that the post at hand shows
        for tag in TAGS:
            self.add_tag(tag)
        for name in ("liquid", "render"):  # Shopify's, not Jekyll's
            self.tags.pop(name, None)
        for name, function in (FILTERS | LIST_FILTERS).items():
            self.add_filter(name, function)
        self.add_filter("relative_url", self.relative_url)
        self.add_filter("absolute_url", self.absolute_url)
        self.filters = {name: self._meter(function) for name, function in self.filters.items()}

    @property
    def known_tags(self) -> frozenset[str]:
        """The names of all tags that this runs, of those that end a block, too."""
        ends = (tag.end for tag in self.tags.values() if tag.end)
        return frozenset({*self.tags, *ends, "else", "elsif", "when"})

    def render_post(self, text: str, post: Post) -> str:
        """`text`, whose code is protected, with its Liquid run for `post`; what cannot run is left out and noted."""
        self.mistakes, self._work, self._included = [], 0, {}
        moment = post.published or datetime(1970, 1, 1, tzinfo=UTC)
        self.add_filter("date", lambda value, form="": format_date(value, form, moment))
        page = {
            **post.extra,
            "author": post.authors[0].name if post.authors else None,
            "categories": list(post.categories),
            "date": post.published,
            "description": post.summary,
            "excerpt": post.summary,
            "path": post.source,
            "slug": PurePosixPath(post.source).stem,
            "tags": list(post.tags),
            "title": post.title,
            "url": urlsplit(post.url or "").path,
        }
        if _count_open(text) * len(text) > MAX_SCANNED:
            self.mistakes = [(None, "too many tags that are never closed")]
            return _MARKUP.sub("", text)
        try:
            result = self.from_string(text).render(site=self.variables, page=page)
            if not any(_SWALLOWS.match(message) for _, message in self.mistakes):
                return result
        except (LiquidError, RecursionError) as error:
            self._note(error)
        return _MARKUP.sub("", text)

    def error(self, exc: Any, msg: str | None = None, token: Token | None = None) -> None:
        """Notes a mistake instead of raising it: one tag that cannot be run must not cost the post."""
        if not isinstance(exc, LiquidError):
            exc = exc(msg, token=token)
        elif not exc.token:
            exc.token = token
        self._note(exc)

    def read_include(self, name: str, folder: str) -> str:
        """The text of a file below `folder` of the site, code protected. Raises LiquidError if there is none."""
        text = self.inclusions.read(name, folder)
        if text is None:
            raise LiquidError(f"include {name} {MISSING_FILE} below {folder or 'the site'}", token=None)
        # What is indented there is laid out rather than code.
        text = protect_code(text, Markup.MDX)
        self._included[text] = name
        return text

    def relative_url(self, value: Any) -> str:
        """Jekyll's filter: the path with the site's own prefix before it."""
        text = str(value or "")
        return text if "://" in text else f"{self.baseurl}/{text.lstrip('/')}"

    def absolute_url(self, value: Any) -> str:
        """Jekyll's filter: the path as an address of the site."""
        text = str(value or "")
        return text if "://" in text else self.host + self.relative_url(text)

    def _meter(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The filter, which fails once a post's filters have had too much to do: a loop may call it ever so often."""

        @functools.wraps(function)
        def metered(value: Any, *arguments: Any, **options: Any) -> Any:
            self._work += len(value) if isinstance(value, str | list | tuple) else 1
            if self._work > MAX_WORK:
                raise LiquidError("its filters have too much to do", token=None)
            return function(value, *arguments, **options)

        return metered

    def _note(self, error: Exception) -> None:
        line, message = None, type(error).__name__
        if isinstance(error, LiquidError):
            message = str(error.message or message)
            # One mistake: a block of a plugin's that is not here begins with the same.
            if any(f"unexpected tag '{_ENDED.sub('', message)}'" in noted for _, noted in self.mistakes):
                return
            if error.token is not None and error.token.start_index >= 0:
                line = error.token.source.count("\n", 0, error.token.start_index) + 1
                if included := self._included.get(error.token.source):
                    line, message = None, f"{included}:{line}: {message}"
        if (line, message) not in self.mistakes:
            self.mistakes.append((line, message))


def _count_open(text: str) -> int:
    return max(0, text.count("{{") - text.count("}}")) + max(0, text.count("{%") - text.count("%}"))


class _Data(Mapping[str, Any]):
    """`site.data`, which says what a template has looked at."""

    def __init__(self, data: Any, inclusions: Inclusions) -> None:
        self._data = data
        self._inclusions = inclusions

    def __getitem__(self, name: str) -> Any:
        self._inclusions.asked.update(self._data.list_sources(name))
        try:
            value = self._data[name]
        except ConfigError as error:
            raise LiquidError(str(error), token=None) from None
        return _Data(value, self._inclusions) if hasattr(value, "list_sources") else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)
