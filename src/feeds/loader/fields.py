"""The fields of one header, each under all of its names and in all of its forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from feeds.errors import PostError
from feeds.loader import keys
from feeds.loader.addresses import is_absolute, make_absolute, read_guid
from feeds.loader.attachments import find_enclosure, find_image
from feeds.loader.dates import parse_date
from feeds.loader.languages import clean_language
from feeds.loader.people import parse_names, parse_people, plain_text
from feeds.models import Enclosure, Image, Person, Problem, Severity

if TYPE_CHECKING:
    from feeds.loader.convention import Convention, Facts, SourceFile
    from feeds.loader.headers import Header


class FieldReader:
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
        self.taken = {"title", "draft", "published", "slug", "permalink", "url", "path", ""}
        for key, line in header.repeated:
            self._warn(f"has `{key}` twice; the later one holds", line=line)

    def read_others(self) -> dict[str, Any]:
        """What only some posts say, under the names of `Post`; what this header has no key for is not asked."""
        written = tuple(self.fields)
        # Material for MkDocs: date: {created: …, updated: …}
        asked = (*written, *keys.UPDATED) if isinstance(self.fields.get("date"), Mapping) else written
        return {name: read(self) for name, read in _choose_readers(asked)}

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

    def read_updated(self) -> datetime | None:
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

    def _absolute(self, address: str) -> str:
        return make_absolute(address, site=self.facts.url, prefix=str(self.facts.options.get("prefix", "")))

    def read_image(self) -> Image | None:
        """The lead image."""
        key, image = find_image(self.fields)
        self.taken.add(key)
        return image

    def read_enclosure(self) -> Enclosure | None:
        """The sound or film."""
        key, enclosure = find_enclosure(self.fields)
        self.taken.add(key)
        return enclosure

    def read_expires(self) -> datetime | None:
        """When it is taken down. Raises PostError for what is no date."""
        return self._date(keys.EXPIRES)

    def read_in_feeds(self) -> bool:
        """Whether it wants to be in feeds."""
        return not keys.is_false(self._take(keys.IN_FEEDS))

    def read_guid(self) -> str | None:
        """The id that the header pins, None if it is no URI."""
        for key, value in keys.find_fields(self.fields, keys.GUID):
            if guid := read_guid(key, value):
                self.taken.add(key)
                return guid
            if key == "guid" and isinstance(value, str | int):
                self._warn("guid: is no absolute address and cannot be an id; write https:… or urn:uuid:…", key=key)
        return None

    def read_aliases(self) -> tuple[str, ...]:
        """Its earlier addresses."""
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

    def read_summary(self) -> str | None:
        """The author's own summary."""
        for key, value in keys.find_fields(self.fields, keys.SUMMARY):
            if isinstance(value, str):
                self.taken.add(key)
                return value.strip()
        return None


# In the order in which their messages are shown.
_READERS: tuple[tuple[str, tuple[str, ...], Callable[[FieldReader], Any]], ...] = (
    ("image", keys.IMAGE, FieldReader.read_image),
    ("enclosure", keys.ENCLOSURE, FieldReader.read_enclosure),
    ("updated", keys.UPDATED, FieldReader.read_updated),
    ("expires", keys.EXPIRES, FieldReader.read_expires),
    ("guid", keys.GUID, FieldReader.read_guid),
    ("aliases", keys.ALIASES, FieldReader.read_aliases),
    ("summary", keys.SUMMARY, FieldReader.read_summary),
    ("in_feeds", keys.IN_FEEDS, FieldReader.read_in_feeds),
)


@lru_cache(maxsize=4096)
def _choose_readers(written: tuple[str, ...]) -> tuple[tuple[str, Callable[[FieldReader], Any]], ...]:
    known = keys.know_keys(written)
    return tuple((name, read) for name, names, read in _READERS if known[names])
