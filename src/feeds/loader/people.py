"""Authors, however a site names them: keys of a data file, tables, lists, addresses, or prose with links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from feeds.loader.names import SEPARATORS, clean_text, parse_names, plain_text
from feeds.models import Person
from feeds.slugs import fold_name, make_slug

__all__ = ["Directory", "parse_names", "parse_people", "plain_text", "read_people"]

KEYS = ("key", "id", "slug", "username", "login", "handle", "nickname", "nick", "github", "twitter", "x")
NAMES = ("name", "display_name", "displayname", "display", "full_name", "fullname", "author", "title")
EMAILS = ("email", "mail", "e-mail", "author_email")
URLS = ("url", "uri", "website", "homepage", "home_page", "web", "site", "link", "href", "permalink", "blog")
NETWORKS = {
    "github": "https://github.com/{}",
    "mastodon": "{}",
    "bluesky": "https://bsky.app/profile/{}",
    "twitter": "https://twitter.com/{}",
    "x": "https://x.com/{}",
    "linkedin": "https://www.linkedin.com/in/{}",
}

_SUFFIX = r"(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D|M\.?Sc|B\.?Sc|MBA|Esq|Inc|Ltd|LLC|GmbH|Co)\b\.?"
_LINK = r"\[(?P<text>[^\[\]]+)\]\((?P<url>[^()\s]*(?:\([^()]*\)[^()\s]*)?)(?:\s[^()]*)?\)"
_PERSON_LINK = re.compile(_LINK)
_ACCOUNT = re.compile(r"\(\s*\[[^\[\]]+\]\([^()\s]*\)\s*\)$|\s\[@[^\[\]]+\]\([^()\s]*\)$")
_EMAIL = r"[^\s<>(),;:\"]+@[^\s<>(),;:\"]+"
_FORMS = (
    re.compile(rf"(?P<name>[^<>()]*?)\s*<(?:mailto:)?(?P<email>{_EMAIL})>(?:\s*\((?P<url>[^()]*)\))?$"),
    re.compile(rf"(?P<email>{_EMAIL})\s*\((?P<name>[^()]*)\)$"),
    re.compile(r"(?P<name>[^<>()\[\]]+?)\s*[<(](?P<url>(?:https?:)?//[^\s<>()]+)[>)]$"),
    re.compile(rf"(?P<email>{_EMAIL})$"),
)
# A comma inside brackets, or before "Jr.", does not end a name.
_PIECES = re.compile(
    rf"\s*,\s*(?={_SUFFIX}(?:\s*[,;]|\s+and\b|\s*$))|\[[^\]]*\]|\([^()]*\)|<[^<>]*>|[^\[(<,;]+|.", re.DOTALL
)
_AND = re.compile(r"\s+(?:and|&)\s+")
# "the V8 team", "on behalf of the Compiler Team": words that belong to one name.
_GROUP = re.compile(
    r"\b(?:teams?|groups?|project|foundation|company|committee|council|department|wg|inc|ltd)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\s+(?:[—–]|--+|on behalf of|in (?:partnership|collaboration) with)\s+.*$", re.DOTALL)
_ROLE = re.compile(
    r"^[^\w\[@\"'“‘«]|^the\s|\sof\s|\s\S*\d|^\S*\d\S*\s|\b(?:engineer|developer|designer|director|manager|editor|expert"
    r"|architect|consultant|founder|co-founder|ceo|cto|lead|professor|historian)\b",
    re.IGNORECASE,
)
# Words of a name that are not capitalised: Ludwig van Beethoven, Ibn al-Haytham.
_PARTICLE = re.compile(
    r"(?:van|von|vom|zu|zum|zur|de|da|di|du|del|della|der|den|des|dos|das|do|e|y|el|al|la|le|ter|ten|bin|ibn|af|av)\b"
)


class Directory(Mapping[str, Person]):
    """The people that a site knows, by key; `find` also knows them by name and by the slug of either."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._people = dict(people)
        self._by_name: dict[str, Person] = {}
        self._prose: dict[str, tuple[Person, ...]] = {}
        for key, person in self._people.items():
            for name in (key, person.name, make_slug(key), make_slug(person.name)):
                self._by_name.setdefault(fold_name(name), person)

    def __getitem__(self, key: str) -> Person:
        return self._people[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._people)

    def __len__(self) -> int:
        return len(self._people)

    def find(self, name: str) -> Person | None:
        """The person with this key, name, or slug of the name, in any case; None if there is none."""
        if not name or not self._by_name:
            return None
        return self._people.get(name) or self._by_name.get(fold_name(name)) or self._by_name.get(make_slug(name))

    def read_prose(self, text: str) -> tuple[Person, ...]:
        """The persons that a string names, each once; it is read once, as the same few people write most posts."""
        if text not in self._prose:
            self._prose[text] = _keep_each_once(_read_prose(text, self))
        return self._prose[text]


def parse_people(value: object, *, directory: Mapping[str, Person]) -> tuple[Person, ...]:
    """The persons that an author field names, in its order, each once.

    `value` is a name or key, several in a string or list, a table (`name`, `email`, `url`, `github` …), or
    prose with Markdown links, of which only the names count. Whoever is in `directory` comes out as it knows
    them.
    """
    people = directory if isinstance(directory, Directory) else Directory(directory)
    # Prose has been read before, mostly.
    return people.read_prose(value) if isinstance(value, str) else _keep_each_once(_read(value, people))


def read_people(data: object) -> dict[str, Person]:
    """The directory that a site's author data describe: tables by key, or a list of tables with id or name.

    A table that holds the people under `authors` or `people` is looked into. What is no person is left out.
    """
    if isinstance(data, Mapping):
        for key in ("authors", "people", "members"):
            if isinstance(data.get(key), Mapping | list):
                return read_people(data[key])
        pairs = [(str(key), value) for key, value in data.items()]
    elif isinstance(data, list):
        pairs = [(_first_text(item, (*KEYS, *NAMES)), item) for item in data if isinstance(item, Mapping)]
    else:
        return {}
    read = {
        key: _read_table(value, key) if isinstance(value, Mapping) else _read_text(value, key) for key, value in pairs
    }
    return {key: person for key, person in read.items() if key and person is not None and person.name}


def _keep_each_once(people: Iterable[Person]) -> tuple[Person, ...]:
    found: dict[str, Person] = {}
    for person in people:
        found.setdefault(fold_name(person.name), person)
    found.pop("", None)
    return tuple(found.values())


def _read(value: object, people: Directory) -> Iterable[Person]:
    if isinstance(value, str):
        return people.read_prose(value)
    if isinstance(value, Mapping):
        return _read_mapping(value, people)
    if isinstance(value, list | tuple):
        return [person for item in value for person in _read(item, people)]
    return [Person(name=str(value))] if isinstance(value, int | float) and not isinstance(value, bool) else []


def _read_mapping(table: Mapping[str, Any], people: Directory) -> Iterable[Person]:
    lowered = {str(key).lower(): value for key, value in table.items()}
    key = _first_text(lowered, KEYS)
    known = people.find(key) or people.find(_first_text(lowered, NAMES))
    own = _read_table(lowered, key)
    if known is None:
        return [own] if own else []
    if own is None:
        return [known]
    named = any(lowered.get(name) for name in NAMES[:-1])
    return [Person(name=own.name if named else known.name, email=own.email or known.email, url=own.url or known.url)]


def _read_table(table: Mapping[str, Any], key: str) -> Person | None:
    lowered = {str(name).lower(): value for name, value in table.items()}
    # `title` is a person's job beside a name or a key (Docusaurus), else the name.
    name = _first_text(lowered, NAMES[:-1]) or " ".join(
        text for text in (_first_text(lowered, (half,)) for half in ("first_name", "last_name")) if text
    )
    email = _first_text(lowered, EMAILS).removeprefix("mailto:") or None
    name = name or key or _first_text(lowered, ("title",)) or (email or "").partition("@")[0]
    socials = lowered.get("socials") or lowered.get("social") or {}
    url = (
        _first_text(lowered, URLS) or _network(lowered) or (_network(socials) if isinstance(socials, Mapping) else None)
    )
    return Person(name=plain_text(name), email=email, url=url) if name else None


def _read_text(value: object, key: str) -> Person | None:
    if not isinstance(value, str) or not value.strip():
        return Person(name=clean_text(key)) if value is None else None
    return _read_person(value)


def _network(table: Mapping[str, Any]) -> str | None:
    for network, pattern in NETWORKS.items():
        account = _first_text(table, (network,)).strip().lstrip("@")
        if account.startswith(("http://", "https://")):
            return account
        if account and network != "mastodon":
            return pattern.format(account)
    return None


def _first_text(table: Mapping[str, Any], keys: Iterable[str]) -> str:
    return next((clean_text(table[key]) for key in keys if isinstance(table.get(key), str) and table[key].strip()), "")


def _read_prose(text: str, people: Directory) -> list[Person]:
    text = text.strip()
    if known := people.find(text):
        return [known]
    text = re.sub(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>@]*)?/?>", "", _REMARK.sub("", text))
    parts = _split_list(re.sub(r"^[a-z][^:,\[(]*:\s+", "", text))
    found: list[Person] = []
    told = False  # whether the last name came with its account in brackets, so that its role may follow
    for number, part in enumerate(parts):
        name = re.sub(r"^(?:and|&)\s+", "", part)
        if number and name == part and people.find(part) is None and _is_role(part, told=told, first=found[:1]):
            continue
        for one in _split_and(name, people, alone=len(parts) == 1):
            person = people.find(plain_text(one)) or _read_person(one)
            found += [person] if person else []
        told = bool(_ACCOUNT.search(name))
    return found


def _split_list(text: str) -> list[str]:
    text = text.translate(SEPARATORS)
    mark = ";" if ";" in re.sub(r"&#?\w+;", "", text) else ","
    parts = [""]
    for piece in _PIECES.findall(text):
        if piece == mark:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts if part.strip()]


def _split_and(part: str, people: Directory, *, alone: bool) -> list[str]:
    """The names that an "and" joins; "the Blink and V8 teams" stays one."""
    names = [name.strip() for name in _AND.split(part) if name.strip()]
    if all(people.find(name) or _PERSON_LINK.search(name) for name in names):
        return names
    starts = all(
        name[:1].isupper() or name[:1] in "[@" or not name[:1].isascii() or name[:4] == "the " for name in names
    )
    one = alone and _GROUP.search(part) and " " not in names[0]
    return names if starts and not one and part[:4].lower() != "the " else [part]


def _is_role(part: str, *, told: bool, first: list[Person]) -> bool:
    """Whether a part of a list says what the person before it is, instead of naming another."""
    words = part.split()
    if len(words) == 1:
        return told and part[:1].islower()
    if _ACCOUNT.search(part) or "@" in part:
        return False
    if part.startswith("["):
        return not _PERSON_LINK.match(part)
    if told or _ROLE.search(part) or _PERSON_LINK.search(part):
        return True
    capitalised = bool(first) and not first[0].name[:1].islower()
    return capitalised and any(word[:1].islower() and not _PARTICLE.match(word) and word != "and" for word in words)


def _read_person(text: str) -> Person | None:
    """One person from `Name`, `Name <a@b>`, `a@b (Name)`, `[Name](url)` or `Name ([@handle](url))`."""
    for form in _FORMS:
        if match := form.match(text.strip()):
            parts = match.groupdict()
            email = parts.get("email")
            name = plain_text((parts.get("name") or "").strip().strip("\"'")) or (email or "").partition("@")[0]
            return Person(name=name, email=email, url=parts.get("url") or None)
    url = None
    if link := _PERSON_LINK.search(text):
        before = text[: link.start()].rstrip(" (")
        url = link["url"] or None
        if url and url.startswith("mailto:"):
            return Person(name=plain_text(before or link["text"]), email=url.removeprefix("mailto:"))
        text = before or link["text"]
    name = plain_text(text).strip(" ,")
    return Person(name=name, url=url) if name else None
