"""Posts, entries and problems as text and back, as they are kept and as they pass between processes.

What comes back is equal to what went in, field for field: the same result is published whether it was made a moment
ago or last year.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from feeds.models import Enclosure, Entry, Image, Markup, Person, Post, Problem, Severity, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# What is packed has been copied, so that nothing of it holds itself: to look for that takes a third of the time.
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().decode
_statuses = {status.value: status for status in Status}
_markups = {markup.value: markup for markup in Markup}
# The same names stand in thousands of posts; each is held once.
_names: dict[str, str] = {}
_people: dict[tuple[str | None, ...], Person] = {}


def to_text(value: Any) -> bytes:
    """Lists, texts, numbers, truth values and None as a line of JSON."""
    return _encode(value).encode("utf-8", "surrogatepass")


def from_text(data: bytes) -> Any:
    """What `to_text` was given."""
    return _decode(data.decode("utf-8", "surrogatepass"))


def pack_post(post: Post) -> list[Any]:
    """A post without its body, as what `to_text` takes."""
    image, enclosure = post.image, post.enclosure
    return [
        post.source, post.status.value, post.reason, post.title, post.body_line, post.markup.value,
        pack_moment(post.published), pack_moment(post.updated), pack_moment(post.expires),
        post.url, post.base, post.guid, post.aliases, pack_people(post.authors), post.tags, post.categories,
        post.language, post.summary, image and _pack_image(image),
        enclosure and [enclosure.url, enclosure.type, enclosure.length], post.in_feeds,
        {key: pack_value(value) for key, value in post.extra.items()},
    ]  # fmt: skip


def unpack_post(packed: list[Any], *, body: str = "") -> Post:
    """The post, with another body."""
    (
        source, status, reason, title, body_line, markup, published, updated, expires, url, base, guid, aliases,
        authors, tags, categories, language, summary, image, enclosure, in_feeds, extra,
    ) = packed  # fmt: skip
    return Post(
        source=source,
        status=_statuses[status],
        reason=reason,
        title=title,
        body=body,
        body_line=body_line,
        markup=_markups[markup],
        published=unpack_moment(published),
        updated=unpack_moment(updated),
        expires=unpack_moment(expires),
        url=url,
        base=base,
        guid=guid,
        aliases=tuple(aliases),
        authors=unpack_people(authors),
        tags=_share(tags),
        categories=_share(categories),
        language=language,
        summary=summary,
        image=image and Image(**image),
        enclosure=enclosure and Enclosure(url=enclosure[0], type=enclosure[1], length=enclosure[2]),
        in_feeds=in_feeds,
        extra={key: unpack_value(value) for key, value in extra.items()} if extra else {},
    )


def pack_entry(entry: Entry) -> list[Any]:
    """An entry without its content, as what `to_text` takes."""
    image, enclosure = entry.image, entry.enclosure
    return [
        entry.id, entry.source, entry.url, entry.title, pack_moment(entry.published), pack_moment(entry.updated),
        entry.summary, entry.words, pack_people(entry.authors), entry.tags, entry.categories, entry.language,
        image and _pack_image(image), enclosure and [enclosure.url, enclosure.type, enclosure.length],
        {key: pack_value(value) for key, value in entry.extra.items()},
    ]  # fmt: skip


def unpack_entry(packed: list[Any], *, content: str) -> Entry:
    """The entry, with its content."""
    (
        id_, source, url, title, published, updated, summary, words, authors, tags, categories, language, image,
        enclosure, extra,
    ) = packed  # fmt: skip
    moment, changed = unpack_moment(published), unpack_moment(updated)
    assert moment is not None
    assert changed is not None
    return Entry(
        id=id_,
        source=source,
        url=url,
        title=title,
        published=moment,
        updated=changed,
        summary=summary,
        content=content,
        words=words,
        authors=unpack_people(authors),
        tags=_share(tags),
        categories=_share(categories),
        language=language,
        image=image and Image(**image),
        enclosure=enclosure and Enclosure(url=enclosure[0], type=enclosure[1], length=enclosure[2]),
        extra={key: unpack_value(value) for key, value in extra.items()},
    )


def pack_problems(problems: Iterable[Problem]) -> list[Any]:
    """Problems as what `to_text` takes."""
    return [[problem.message, problem.path, problem.line, problem.severity.value] for problem in problems]


def unpack_problems(packed: list[Any]) -> tuple[Problem, ...]:
    """The problems."""
    return tuple(
        Problem(message=message, path=path, line=line, severity=Severity(severity))
        for message, path, line, severity in packed
    )


def pack_moment(moment: datetime | None) -> str | None:
    """A moment with its zone, by offset or by name: `2024-05-01T10:00:00@Europe/Berlin`, `'` for the later of two."""
    if moment is None:
        return None
    if not isinstance(moment.tzinfo, ZoneInfo):
        return moment.isoformat()
    return f"{moment.replace(tzinfo=None).isoformat()}@{moment.tzinfo.key}" + ("'" if moment.fold else "")


def unpack_moment(text: str | None) -> datetime | None:
    """The moment."""
    if text is None:
        return None
    local, named, zone = text.partition("@")
    if not named:
        return datetime.fromisoformat(text)
    moment = datetime.fromisoformat(local)
    return moment.replace(tzinfo=ZoneInfo(zone.removesuffix("'")), fold=1 if zone.endswith("'") else 0)


def _pack_image(image: Image) -> dict[str, Any]:
    named = ("url", "alt", "type", "width", "height", "length")
    return {name: value for name in named if (value := getattr(image, name)) is not None}


def pack_people(people: Iterable[Person]) -> list[Any]:
    """Persons as what `to_text` takes."""
    return [[person.name, person.email, person.url] for person in people]


def unpack_people(packed: Iterable[list[str | None]]) -> tuple[Person, ...]:
    """The persons."""
    people = []
    for one in packed:
        key = tuple(one)
        if key not in _people:
            _people[key] = Person(name=one[0] or "", email=one[1], url=one[2])
        people.append(_people[key])
    return tuple(people)


def _share(names: list[str]) -> tuple[str, ...]:
    return tuple(map(_names.setdefault, names, names))


def pack_value(value: Any) -> Any:
    """A value of unknown front matter: what JSON does not know goes into a table with one key that no header has."""
    if isinstance(value, str | int | float | bool | None):
        return value
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value) and "\0" not in value:
            return {key: pack_value(inner) for key, inner in value.items()}
        return {"\0": ["table", [[pack_value(key), pack_value(inner)] for key, inner in value.items()]]}
    if isinstance(value, list | tuple):
        items = [pack_value(inner) for inner in value]
        return items if isinstance(value, list) else {"\0": ["tuple", items]}
    if isinstance(value, date | time):
        written = pack_moment(value) if isinstance(value, datetime) else value.isoformat()
        return {"\0": [type(value).__name__, written]}
    return str(value)


def unpack_value(value: Any) -> Any:
    """The value."""
    if isinstance(value, list):
        return [unpack_value(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if "\0" not in value:
        return {key: unpack_value(inner) for key, inner in value.items()}
    kind, written = value["\0"]
    return _UNPACK[kind](written)


_UNPACK: dict[str, Callable[[Any], Any]] = {
    "table": lambda pairs: {unpack_value(key): unpack_value(inner) for key, inner in pairs},
    "tuple": lambda items: tuple(map(unpack_value, items)),
    "datetime": unpack_moment,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}
