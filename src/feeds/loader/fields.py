"""The fields of one header, each under all of its names and in all of its forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from feeds.errors import PostError
from feeds.loader import keys
from feeds.loader.addresses import is_absolute, make_absolute, read_guid
from feeds.loader.dates import parse_date
from feeds.loader.languages import clean_language
from feeds.loader.people import parse_names, parse_people, plain_text
from feeds.models import Person, Problem, Severity

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
        self.taken = {"title", "draft", "published", "slug", "permalink", "url", "path"}
        for key, line in header.repeated:
            self._warn(f"has `{key}` twice; the later one holds", line=line)

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
