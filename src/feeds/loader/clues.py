"""What a site's own files say about it, gathered with the place of each find."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feeds.config import Findings
from feeds.config.resolve import is_loopback
from feeds.loader.files import read_loosely
from feeds.loader.languages import clean_language
from feeds.loader.people import plain_text
from feeds.models import Person

if TYPE_CHECKING:
    from pathlib import Path


class Clues:
    """Collects findings; the first that says something about a key wins."""

    def __init__(self, convention: str, *, evidence: str) -> None:
        self.convention = convention
        self.site: dict[str, str] = {}
        self.authors: dict[str, Person] = {}
        self.origins: dict[str, str] = {"posts.convention": evidence}
        self.domain: str | None = None

    def note(self, key: str, value: Any, origin: str) -> None:
        """Takes `value` as the site's `key` (`title`, `url` …) if it is text that can be that."""
        if key in self.site or not isinstance(value, str | int | float) or isinstance(value, bool):
            return
        text = str(value).strip()
        if key == "url":
            text = clean_url(text) or ""
        elif key == "language":
            text = clean_language(text)
        elif key in {"title", "description", "author", "rights"}:
            text = plain_text(text)
        if text:
            self.site[key] = text
            self.origins[f"site.{key}"] = origin

    def note_author(self, value: Any, origin: str) -> None:
        """Takes the site's own author: a name, a key, or a table with name, email and url."""
        if isinstance(value, Mapping):
            name = value.get("name")
            if isinstance(name, str) and name.strip():
                name = plain_text(name)
                email, url = (value.get(part) for part in ("email", "url"))
                person = Person(
                    name=name,
                    email=email if isinstance(email, str) and "@" in email else None,
                    url=url if isinstance(url, str) and "://" in url else None,
                )
                self.authors.setdefault(name, person)
                self.note("author", name, origin)
        else:
            self.note("author", value, origin)

    def note_domain(self, root: Path, *folders: str, path: str = "") -> None:
        """Takes the site's address from a CNAME file, as GitHub Pages does, with `path` below the domain."""
        for folder in ("", *folders):
            file = root / folder / "CNAME"
            if self.domain is None and file.is_file():
                words = read_loosely(file).split()
                if words and re.fullmatch(r"[\w.-]+\.[\w-]+", words[0]):
                    self.domain = words[0].lower()
                    self.note("url", f"https://{words[0]}/{path.strip('/')}", file.relative_to(root).as_posix())

    def conclude(self, *, posts: tuple[str, ...], found_by: str, options: Mapping[str, Any] | None = None) -> Findings:
        """Everything gathered; `posts` are the folders of posts, which `found_by` says the origin of."""
        return Findings(
            convention=self.convention,
            site=dict(self.site),
            posts=posts,
            domain=self.domain,
            authors=dict(self.authors),
            options=dict(options or {}),
            origins=self.origins | {"posts.path": found_by},
        )


def clean_url(text: str) -> str | None:
    """An address that readers can open, or None: not a path, not this machine, no placeholder."""
    text = text.strip()
    if text.startswith("//"):
        text = f"https:{text}"
    parts = urlsplit(text) if re.match(r"https?://[^\s/{}<>$]+(?:/[^\s{}<>$]*)?$", text) else None
    if parts is None or not parts.hostname or is_loopback(text):
        return None
    return parts._replace(query="", fragment="").geturl()
