"""Every address in a post made absolute, by the rules of the generator that the post was written for."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

from feeds.slugs import make_latin_slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.render.siblings import Siblings

SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp", "irc", "ircs", "xmpp", "matrix"})
MAX_DATA_URL = 4096  # an icon; a photograph would be copied into every feed that shows the post

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"https?://[^/?#]", re.IGNORECASE)
# Browsers drop these wherever they stand in an address (WHATWG URL, section 4.4), so `java\nscript:` runs.
_IGNORED = re.compile(r"[\x00-\x1f\x7f]")
# What may not stand in an address (RFC 3986 appendix A), beyond ASCII included: mail readers choke on it.
_UNSAFE = re.compile(r"""[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})""")
# What most addresses are, told from the rest at little cost: whole, from the host's root, a file or folder above the
# page, a file below it.
_SIGNS = r"A-Za-z0-9\-._~:/?@!$&'()*+,;="
_NAME = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*"
_PLAIN = re.compile(
    rf"(?P<whole>https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][{_SIGNS}#]*)?)\Z"
    rf"|(?P<rooted>/(?!/)(?:[A-Za-z0-9\-_~@!$&'()*+,;=/]|\.(?![./]))*)(?P<rest>(?:[?#][{_SIGNS}]*)?)\Z"
    rf"|(?P<up>(?:\.\./)+)(?P<path>(?:{_NAME}/)*{_NAME}/?)(?P<fragment>(?:#[{_SIGNS}]*)?)\Z"
    rf"|(?P<below>(?:{_NAME}/)*[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+)\Z"
)
_DATA_IMAGE = re.compile(r"data:image/(?:png|gif|jpeg|webp|avif);base64,[A-Za-z0-9+/=\s]+$", re.IGNORECASE)
# Pelican's, as Markdown renderers leave the braces, or escape them.
_PELICAN = re.compile(
    r"(?:\{|%7B|\|)(filename|static|attach|index|tag|category|author)(?:\}|%7D|\|)(.*)", re.IGNORECASE
)
_SOURCE_SUFFIXES = (".md", ".mdx", ".markdown", ".rst", ".txt", ".html", ".htm", ".mdown", ".mkd")
# cmark: fn-1, fnref-1-2; Python-Markdown: fn:1, fnref2:1; docutils: footnote-1, footnote-reference-1.
_FOOTNOTE = re.compile(r"(#?)(fn(?:ref\d*)?|footnote(?:-reference)?)[-:]([\w.:%-]+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where a post's addresses lead.

    `page` is the post's absolute URL, `base` what relative addresses resolve against, `site` the site's URL, `source`
    the post's path below the site. `footnotes` is the mark that keeps this post's footnotes apart from another's.
    `lists` has the address of a tag's, a category's and an author's list, with `{slug}`, where posts may ask for it.
    """

    page: str
    base: str
    site: str
    source: str
    siblings: Siblings
    footnotes: str
    lists: Mapping[str, str] = field(default_factory=dict)
    root: str = field(init=False)
    _folder: str = field(init=False)

    def __post_init__(self) -> None:
        # The site's scheme and host, and the folder of the base, each without the slash behind it.
        object.__setattr__(self, "root", self.site[: self.site.index("/", self.site.index("//") + 2)])
        object.__setattr__(self, "_folder", self.base[: self.base.rindex("/")])

    def resolve(self, url: str, *, image: bool = False) -> str | None:
        """`url` as an absolute address, or None if it is none that a feed may carry."""
        if (found := _PLAIN.match(url)) and (plain := self._resolve_plain(url, found)):
            return plain
        url = _IGNORED.sub("", url).strip()
        if url.startswith("#"):  # and nothing else: the top of the page
            fragment = mark_footnote(_quote(url), self.footnotes) if url != "#" else ""
            return self.page.partition("#")[0] + fragment
        if scheme := _SCHEME.match(url):
            return _check_absolute(url, scheme[1].lower(), image=image)
        return self._resolve_relative(url)

    def _resolve_plain(self, url: str, found: re.Match[str]) -> str | None:
        """What most addresses lead to; None for one that has to be looked at more closely."""
        whole, rooted, rest, up, path, fragment, below = found.groups("")
        if whole:
            return url
        if (rooted or path or below).endswith(_SOURCE_SUFFIXES) and (
            page := self._find_post(rooted or up + path or below)
        ):
            return _join(page, rest or fragment)
        if rooted:
            return self.root + url
        if below:
            return f"{self._folder}/{below}"
        if not self.base.startswith(self.site):
            return None
        folders = self._folder[len(self.root) :].rsplit("/", len(up) // len("../"))
        return f"{self.root}{folders[0]}/{path}{fragment}"

    def _resolve_relative(self, url: str) -> str | None:
        end = next((at for at, character in enumerate(url) if character in "?#"), len(url))
        path, rest = url[:end], url[end:]
        prefix, _, below = path.partition("/")
        if found := _PELICAN.match(path):
            return self._resolve_pelican(found[1].lower(), unquote(found[2]), rest)
        if prefix == "@site":
            # Docusaurus: the root of the project; what is in static/ is served from the root of the site.
            return _join(self.siblings.get(below) or self.site + below.removeprefix("static/"), rest)
        if prefix == "@":
            # Zola: a file below content/, which stands for the page that it becomes.
            return _join(self.siblings.get(f"content/{below}") or self.site + below, rest)
        if prefix == "~":
            # Astro, Nuxt and Vite: an alias of the root of what is served.
            return _join(self.site + below, rest)
        if path.endswith(_SOURCE_SUFFIXES) and not path.startswith("//") and (page := self._find_post(path)):
            return _join(page, rest)
        return _join(_resolve_against(self.base, path), rest)

    def _find_post(self, path: str) -> str | None:
        """The address of the post whose file is at `path` from this one's, or from the root of the site."""
        folder = "" if path.startswith("/") else self.source.rpartition("/")[0]
        name = path.lstrip("/")
        return self.siblings.get(posixpath.normpath(f"{folder}/{name}" if folder else name))

    def _resolve_pelican(self, kind: str, path: str, rest: str) -> str | None:
        """Pelican's `{filename}` and `{static}`: a file below the content folder, or beside the post; or a `{tag}`.

        https://docs.getpelican.com/en/latest/content.html#linking-to-internal-content and the section below it.
        """
        if kind in {"tag", "category", "author"}:
            below = self.lists.get(kind, f"{kind}/{{slug}}.html").replace("{slug}", make_latin_slug(path))
            return _join(self.site + below.lstrip("/"), rest)
        content = self.source.partition("/")[0]
        folder = content if path.startswith("/") else posixpath.dirname(self.source)
        file = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
        page = self.siblings.get(file) if kind == "filename" else None
        return _join(page or self.site + ("" if kind == "index" else file.removeprefix(f"{content}/")), rest)


def mark_footnote(fragment: str, mark: str) -> str:
    """`fragment` (with or without its `#`) with `mark` in it if it is one that a Markdown renderer gave a footnote."""
    found = _FOOTNOTE.match(fragment)
    return f"{found[1]}{found[2]}-{mark}-{found[3]}" if found else fragment


def is_footnote(identifier: str) -> bool:
    """Whether an id is one that a Markdown renderer gave a footnote or the reference to it."""
    return _FOOTNOTE.match(identifier) is not None


def _check_absolute(url: str, scheme: str, *, image: bool) -> str | None:
    if scheme == "data":
        return url if image and len(url) <= MAX_DATA_URL and _DATA_IMAGE.match(url) else None
    # `http:///x` and `https:x` name no host.
    if scheme not in SCHEMES or (scheme in {"http", "https"} and not _HOST.match(url)):
        return None
    return _quote(url)


def _resolve_against(base: str, path: str) -> str | None:
    try:
        return urljoin(base, path)
    except ValueError:  # an IPv6 bracket left open, for one
        return None


def _join(page: str | None, rest: str) -> str | None:
    return None if page is None else _quote(page + rest)


def _quote(url: str) -> str:
    if not _UNSAFE.search(url):
        return url
    try:
        host = urlsplit(url).hostname or ""
        if not host.isascii():
            url = url.replace(host, host.encode("idna").decode("ascii"), 1)
    except (ValueError, UnicodeError):
        pass
    return _UNSAFE.sub(lambda found: quote(found[0], safe=""), url)
