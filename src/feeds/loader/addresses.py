"""Addresses of posts: patterns filled in, paths made absolute, one spelling for each."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, unquote, urlsplit

from feeds.errors import ConfigError, PostError
from feeds.slugs import make_slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeds.loader.convention import Page

Subject = TypeVar("Subject")

# English whatever the machine's locale: generators write these into addresses.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TOKEN = re.compile(r":([a-zA-Z_]+)|\{([a-zA-Z_]+)\}")
# RFC 3986 section 3.3: what a path may hold as it is; `%` so that what is encoded already stays.
_SAFE = "/:@!$&'()*+,;=~-._%"


def fill_pattern(pattern: str, makers: Mapping[str, Callable[[Subject], str]], subject: Subject) -> str:
    """`pattern` with each `:name` or `{name}` replaced by what its maker makes of `subject`.

    A trailing `_` that ends no name stays text. Raises PostError for a name that no maker has.
    """

    def fill(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        tail = ""
        while name not in makers and name.endswith("_"):
            name, tail = name[:-1], tail + "_"
        if name not in makers:
            known = ", ".join(f":{key}" for key in sorted(makers))
            raise PostError(f"the permalink `{pattern}` has a `{match[0]}`, which means nothing; there are {known}")
        return makers[name](subject) + tail

    return _TOKEN.sub(fill, pattern)


def find_own_address(page: Page) -> str | None:
    """The whole address that the post's header gives it: a path that starts with a slash, or an absolute URL."""
    values = (page.fields.get(key) for key in ("permalink", "url", "path"))
    written = (value.strip() for value in values if isinstance(value, str))
    return next((text for text in written if text.startswith("/") or is_absolute(text)), None)


def fill_permalink(pattern: str, page: Page) -> str:
    """The address that a person's own `posts.permalink` gives the post: a path below the site.

    A post whose header has a whole address keeps it, as in every generator. Raises ConfigError if the pattern has a
    name that means nothing.
    """
    if own := find_own_address(page):
        return own
    try:
        return join_path(fill_pattern(pattern, _OWN, page))
    except PostError as error:
        raise ConfigError(error.message, key="posts.permalink") from None


def _find_slug(page: Page) -> str:
    slug = page.fields.get("slug")
    return slug.strip("/") if isinstance(slug, str) and slug.strip("/") else page.name.slug


_OWN: Mapping[str, Callable[[Page], str]] = {
    "year": lambda page: f"{page.published:%Y}" if page.published else "",
    "month": lambda page: f"{page.published:%m}" if page.published else "",
    "day": lambda page: f"{page.published:%d}" if page.published else "",
    "title": lambda page: make_slug(page.title),
    "slug": _find_slug,
    "category": lambda page: make_slug(page.categories[0]) if page.categories else "",
    "filename": lambda page: page.file.source.rpartition("/")[2].rpartition(".")[0],
    "dir": lambda page: (page.file.inside.split("/")[-2:-1] or [""])[0],
}


def join_path(path: str) -> str:
    """A path that starts with one slash and has no empty, `.` or `..` part; a slash at the end stays."""
    parts = [part for part in path.split("/") if part not in {"", ".", ".."}]
    return "/" + "/".join(parts) + ("/" if parts and path.endswith("/") else "")


def make_absolute(address: str, *, site: str | None, prefix: str = "") -> str:
    """The address as a URI below `site` (which ends with a slash); without one, a path below `prefix`."""
    if is_absolute(address):
        return encode(address)
    if address.startswith("//"):
        return encode(f"{urlsplit(site or 'https:').scheme}:{address}")
    path = "/" + address.lstrip("/")
    path = path if _PLAIN_PATH.match(path) else encode(path)
    return site + path[1:] if site else prefix.rstrip("/") + path


def is_absolute(address: str) -> bool:
    """Whether it starts with a scheme (RFC 3986 section 3.1)."""
    return _ABSOLUTE.match(address) is not None


def read_guid(key: str, value: object) -> str | None:
    """The id that a header pins under `key`, None if it is no URI; a UUID becomes one, but for that of an `id`."""
    text = str(value).strip() if isinstance(value, str | int) else ""
    if key != "id" and _UUID.match(text):
        import uuid  # which few posts have

        text = f"urn:uuid:{uuid.UUID(text)}"
    return text if is_absolute(text) else None


def encode(address: str) -> str:
    """An IRI as a URI (RFC 3987 section 3.1), in NFC; a `%` that encodes nothing is encoded."""
    head, mark, tail = address.partition("?")
    start, scheme, rest = head.partition("://")
    path = rest if scheme else start
    encoded = quote(_bare_percent.sub("%25", unicodedata.normalize("NFC", path)), safe=_SAFE)
    query = quote(_bare_percent.sub("%25", tail), safe=_SAFE + "?#") if mark else ""
    return (f"{start}{scheme}" if scheme else "") + encoded + mark + query


# What nearly all addresses are, and what needs neither parsing nor decoding.
_PLAIN_ADDRESS = re.compile(r"https?://([A-Za-z0-9.-]+(?::\d+)?)((?:/[A-Za-z0-9._~/-]*)?)\Z")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9._~/-]*\Z")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?=[^\s])")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}\Z")
_bare_percent = re.compile(r"%(?![0-9A-Fa-f]{2})")


def fold_address(url: str) -> str:
    """The form in which two spellings of one page's address are equal, for finding collisions."""
    if (plain := _PLAIN_ADDRESS.match(url)) and not plain[2].endswith((".html", ".htm")):
        return f"{plain[1].lower()}{plain[2].rstrip('/')}?"
    parts = urlsplit(url)
    path = re.sub(r"(?:/index)?\.html?$", "", unquote(parts.path)).rstrip("/")
    return unicodedata.normalize("NFC", f"{parts.netloc.lower()}{path}?{parts.query}")
