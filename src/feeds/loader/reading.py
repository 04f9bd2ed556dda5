"""One file into one post: a pure function of its bytes and of what is known about the site.

It knows neither the time nor the other posts, so that its result can be kept by content and made in any
process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from feeds.errors import PostError
from feeds.loader import keys
from feeds.loader.addresses import fill_permalink, is_absolute, make_absolute, read_guid
from feeds.loader.attachments import find_enclosure, find_image
from feeds.loader.convention import Convention, Facts, Page, SourceFile
from feeds.loader.dates import parse_date
from feeds.loader.files import decode_text
from feeds.loader.headers import Header, read_header
from feeds.loader.languages import clean_language
from feeds.loader.people import parse_names, parse_people, plain_text
from feeds.loader.titles import take_heading
from feeds.models import Markup, Person, Post, Problem, Severity, Status

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


class _PostReader:
    """Takes the fields of one header one after the other, and remembers which keys were taken."""

    def __init__(
        self,
        file: SourceFile,
        facts: Facts,
        convention: Convention,
        header: Header,
        problems: Iterable[Problem],
    ) -> None:
        self.file = file
        self.facts = facts
        self.convention = convention
        self.header = header
        self.fields = keys.Fields(convention.complete_fields(file, header.fields, facts))
        self.problems = list(problems)
        self.taken = {"title", "draft", "published", "slug", "permalink", "url", "path"}
        for key, line in header.repeated:
            self._warn(f"has `{key}` twice; the later one holds", line=line)

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
        image_key, image = find_image(self.fields)
        enclosure_key, enclosure = find_enclosure(self.fields)
        self.taken |= {image_key, enclosure_key}
        post = Post(
            source=self.file.source,
            status=status,
            reason=reason,
            title=page.title,
            body=body,
            body_line=body_line,
            markup=self._markup(),
            published=published,
            updated=self._updated(),
            expires=self._date(keys.EXPIRES),
            url=self._absolute(path),
            base=None if base is None else self._absolute(base),
            guid=self._guid(),
            aliases=self._aliases(),
            authors=self._authors(),
            tags=page.tags,
            categories=page.categories,
            language=page.language,
            summary=self._summary(),
            image=image,
            enclosure=enclosure,
            in_feeds=not keys.is_false(self._take(("feed",))),
            extra={key: value for key, value in self.fields.items() if key not in self.taken},
        )
        return Reading(post=post, available=self._date(keys.AVAILABLE), problems=tuple(self.problems))

    def _warn(
        self, message: str, *, key: str = "", line: int | None = None, severity: Severity = Severity.WARNING
    ) -> None:
        line = line or (self.header.line_of(key) if key else None)
        self.problems.append(Problem(message=message, path=self.file.source, line=line, severity=severity))

    def _take(self, names: tuple[str, ...]) -> Any:
        key, value = keys.find_field(self.fields, names)
        self.taken.add(key)
        return value

    def _published(self, day: date | None) -> datetime | None:
        """The header's date; the name's where the header has none, or one that nobody can read."""
        try:
            written = self._date(keys.PUBLISHED)
        except PostError as error:
            if day is None:
                raise
            self._warn(f"{error.message}; its file name's date is taken", line=error.line)
            written = None
        return self._moment(day) if written is None and day is not None else written

    def _updated(self) -> datetime | None:
        """When it was last changed; one that nobody can read takes no post from its readers."""
        try:
            return self._date(keys.UPDATED)
        except PostError as error:
            self._warn(f"{error.message}; it is ignored", line=error.line)
            return None

    def _moment(self, value: object) -> datetime:
        parsed = parse_date(
            value, zone=ZoneInfo(self.facts.zone), default_time=time.fromisoformat(self.facts.default_time)
        )
        return self.convention.show_date(parsed.when, self.facts) if parsed.has_time else parsed.when

    def _date(self, names: tuple[str, ...]) -> datetime | None:
        for key, written in keys.find_fields(self.fields, names):
            # Material for MkDocs: date: {created: …, updated: …}
            value = keys.find_field(written, names)[1] if isinstance(written, dict) else written
            # `published: true` says that it is, not when.
            if value is None or keys.is_true(value) or keys.is_false(value):
                continue
            self.taken.add(key)
            return self._parse_date(key, value)
        table = self.fields.get("date")
        if names is keys.UPDATED and isinstance(table, Mapping) and (value := keys.find_field(table, names)[1]):
            return self._parse_date("date", value)
        return None

    def _parse_date(self, key: str, value: object) -> datetime:
        try:
            parsed = parse_date(
                value,
                zone=ZoneInfo(self.facts.zone),
                default_time=time.fromisoformat(self.facts.default_time),
                rolls_over=self.convention.overflowing_dates,
                day_first=self.convention.day_first,
            )
        except PostError as error:
            raise PostError(f"{key}: {error.message}", line=self.header.line_of(key)) from None
        if parsed.note:
            self._warn(f"{key}: {parsed.note}", key=key)
        return self.convention.show_date(parsed.when, self.facts) if parsed.has_time else parsed.when

    def _language(self) -> str | None:
        value = self._take(keys.LANGUAGE)
        return clean_language(value) or None if isinstance(value, str) else None

    def _names(self, names: tuple[str, ...]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for key, value in keys.find_fields(self.fields, names):
            self.taken.add(key)
            # A single `category: News and views` is one name, whatever separates many.
            spaces = self.convention.space_separated and key.endswith("s")
            found |= dict.fromkeys(parse_names(value, split_spaces=spaces))
        return tuple(found)

    def _title(self) -> tuple[str, str]:
        """The header's title as plain text, and as it is written; "" where it has none."""
        title = self.fields.get("title")
        if isinstance(title, list | Mapping):
            self._warn("title: is a list or a table; write it as text in quotes", key="title")
            title = ", ".join(str(part) for part in title)
        written = "" if title is None else str(title)
        return plain_text(written), written

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

    def _absolute(self, address: str) -> str:
        return make_absolute(address, site=self.facts.url, prefix=str(self.facts.options.get("prefix", "")))

    def _guid(self) -> str | None:
        for key, value in keys.find_fields(self.fields, keys.GUID):
            if guid := read_guid(key, value):
                self.taken.add(key)
                return guid
            if key == "guid" and isinstance(value, str | int):
                self._warn("guid: is no absolute address and cannot be an id; write https:… or urn:uuid:…", key=key)
        return None

    def _aliases(self) -> tuple[str, ...]:
        value = self._take(keys.ALIASES)
        found = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return tuple(
            dict.fromkeys(self._absolute(one.strip()) for one in found if isinstance(one, str) and one.strip())
        )

    def _authors(self) -> tuple[Person, ...]:
        value = self._take(keys.AUTHORS)
        people = parse_people(value, directory=self.facts.authors) if value is not None else ()
        if len(people) != 1:
            return people or self.facts.default_authors
        email, url = self._take(("authoremail",)), self._take(("authorurl", "authorlink", "authorwebsite"))
        person = people[0]
        if email is None and url is None:
            return people
        said_email = email.strip() if isinstance(email, str) and "@" in email else None
        said_url = url.strip() if isinstance(url, str) and is_absolute(url.strip()) else None
        return (Person(name=person.name, email=person.email or said_email, url=person.url or said_url),)

    def _summary(self) -> str | None:
        for key, value in keys.find_fields(self.fields, keys.SUMMARY):
            if isinstance(value, str):
                self.taken.add(key)
                return value.strip()
        return None
