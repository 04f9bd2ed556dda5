"""One file into one post: a pure function of its bytes and of what is known about the site.

It knows neither the time nor the other posts, so that its result can be kept by content and made in any
process.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from feeds.errors import PostError
from feeds.loader import keys
from feeds.loader.addresses import fill_permalink
from feeds.loader.convention import Convention, Facts, Page, SourceFile
from feeds.loader.fields import FieldReader
from feeds.loader.files import decode_text
from feeds.loader.headers import read_header
from feeds.loader.languages import clean_language
from feeds.loader.people import plain_text
from feeds.loader.titles import take_heading
from feeds.models import Markup, Post, Problem, Severity, Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

BY_EXTENSION = {
    "html": Markup.HTML, "htm": Markup.HTML, "xhtml": Markup.HTML, "mdx": Markup.MDX, "rst": Markup.RST,
    "txt": Markup.RST,
}  # fmt: skip
# What lies there is on no site, so that nobody misses it yet.
_DRAFTS = re.compile(r"(?:^|/)_?drafts?/", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one file says: a post with the status that holds at any time; not shown before `available`."""

    post: Post
    available: datetime | None = None
    problems: tuple[Problem, ...] = ()


def read_post(content: bytes, file: SourceFile, facts: Facts, convention: Convention) -> Reading:
    """The post in a file, INVALID if it cannot be one; what is wrong is among the problems."""
    return begin_post(content, file, facts, convention)()


def begin_post(content: bytes, file: SourceFile, facts: Facts, convention: Convention) -> Callable[[], Reading]:
    """The same as far as the header; what comes back reads the rest.

    The headers of some posts and then the rest of each take a tenth less time than post by post, which finds the code
    of each step gone from the processor's caches.
    """
    try:
        text, problems = decode_text(content, file.source)
        header = read_header(text, convention.choose_handlers(file.source))
    except PostError as error:
        return partial(_refuse, file, error)

    def read_rest() -> Reading:
        try:
            return _PostReader(file, facts, convention, header, problems).read()
        except PostError as error:
            return _refuse(file, error)

    return read_rest


def _refuse(file: SourceFile, error: PostError) -> Reading:
    unseen = _DRAFTS.search(file.source) is not None
    severity = Severity.WARNING if unseen else Severity.ERROR
    problem = Problem(message=error.message, path=error.path or file.source, line=error.line, severity=severity)
    return Reading(
        post=Post(source=file.source, status=Status.INVALID, reason=error.message, extra={}), problems=(problem,)
    )


class _PostReader(FieldReader):
    """Makes the post of a file whose header is known."""

    def read(self) -> Reading:
        name = self.convention.read_name(self.file, self.facts)
        published = self._published(name.day)
        title, written = self._title()
        page = Page(
            file=self.file,
            facts=self.facts,
            name=name,
            fields=self.fields,
            title=title,
            written=written,
            published=published,
            language=self._language() or clean_language(name.language or "") or None,
            tags=self._names(keys.TAGS),
            categories=self._names(keys.CATEGORIES),
        )
        body, body_line = self.header.body, self.header.body_line
        if not page.title:
            page, body, body_line = self._titled(page)
        status, reason = self.convention.judge(page)
        if status is Status.PUBLISHED and published is None:
            status, reason = Status.UNDATED, "neither the header nor the file's name has a date"
        pattern = self.facts.permalink
        path = fill_permalink(pattern, page) if pattern else self.convention.address(page)
        base = None if pattern else self.convention.find_base(page, path)
        if not pattern and (doubt := self.convention.doubt_address(page)):
            self._warn(doubt, key="permalink", severity=Severity.NOTE)
        others = self.read_others()
        post = Post(
            source=self.file.source,
            status=status,
            reason=reason,
            title=page.title,
            body=body,
            body_line=body_line,
            markup=self._markup(),
            published=published,
            url=self._absolute(path),
            base=None if base is None else self._absolute(base),
            authors=self._authors(),
            tags=page.tags,
            categories=page.categories,
            language=page.language,
            **others,
            extra={key: value for key, value in self.fields.items() if key not in self.taken},
        )
        return Reading(post=post, available=self._date(keys.AVAILABLE), problems=tuple(self.problems))

    def _titled(self, page: Page) -> tuple[Page, str, int]:
        """The page by its first heading or its name, its body without that heading, and the line of the body."""
        if wanted := self.convention.title_heading:
            heading, rest = take_heading(self.header.body, leading=wanted == "leading")
            if heading:
                skipped = self.header.body.count("\n", 0, len(self.header.body) - len(rest))
                page = replace(page, title=plain_text(heading), written=heading)
                return page, rest, self.header.body_line + skipped
        return replace(page, title=self.convention.make_title(page)), self.header.body, self.header.body_line

    def _markup(self) -> Markup:
        extension = self.file.source.rpartition(".")[2].lower()
        return BY_EXTENSION.get(extension) or self.facts.markup or self.convention.markup
