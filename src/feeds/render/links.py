"""Every address in a post made absolute, by the rules of the generator that the post was written for."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp", "irc", "ircs", "xmpp", "matrix"})
MAX_DATA_URL = 4096  # an icon; a photograph would be copied into every feed that shows the post

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Browsers drop these wherever they stand in an address (WHATWG URL, section 4.4), so `java\nscript:` runs.
_IGNORED = re.compile(r"[\t\n\r\x00-\x1f\x7f]")
# What may not stand in an address (RFC 3986 appendix A), beyond ASCII included: mail readers choke on it.
_UNSAFE = re.compile(r"""[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})""")
_DATA_IMAGE = re.compile(r"data:image/(?:png|gif|jpeg|webp|avif);base64,[A-Za-z0-9+/=\s]+$", re.IGNORECASE)
_SOURCE_SUFFIXES = (".md", ".mdx", ".markdown", ".rst", ".txt", ".html", ".htm", ".mdown", ".mkd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where a post's addresses lead.

    `page` is the post's absolute URL, `base` what relative addresses resolve against, `site` the site's URL, `source`
    the post's path below the site, `pages` the URL of each post by its source. `footnotes` is the mark that keeps
    this post's footnotes apart from another's. `seen` collects the sources that a link named.
    """

    page: str
    base: str
    site: str
    source: str
    pages: Mapping[str, str]
    footnotes: str
    seen: set[str] = field(default_factory=set)

    def resolve(self, url: str, *, image: bool = False) -> str | None:
        """`url` as an absolute address, or None if it is none that a feed may carry."""
        url = _IGNORED.sub("", url).strip()
        if url.startswith("#"):
            return self.page.partition("#")[0] + mark_footnote(_quote(url), self.footnotes)
        if scheme := _SCHEME.match(url):
            name = scheme[1].lower()
            if name == "data":
                return url if image and len(url) <= MAX_DATA_URL and _DATA_IMAGE.match(url) else None
            # `http:///x` and `https:x` name no host.
            if name in {"http", "https"} and not re.match(r"https?://[^/?#]", url, re.IGNORECASE):
                return None
            return _quote(url) if name in SCHEMES else None
        return self._resolve_relative(url)

    def _resolve_relative(self, url: str) -> str | None:
        path, mark, rest = _split_path(url)
        if path.startswith("@site/"):
            # Docusaurus: the root of the project; what is in static/ is served from the root of the site.
            path = path.removeprefix("@site")
            if (target := self._find_page(path.lstrip("/"))) is not None:
                return target + mark + rest
            return _join(self.site, path.removeprefix("/static").lstrip("/") + mark + rest)
        if path.startswith("@/"):
            # Zola: a file below content/, which links to the page that it becomes.
            target = self._find_page("content/" + path.removeprefix("@/"))
            return _join(target or self.site, ("" if target else path.removeprefix("@/")) + mark + rest)
        if path.startswith("~/"):
            # Astro, Nuxt and Vite sites: an alias of the root of what is served.
            return _join(self.site, path.removeprefix("~/") + mark + rest)
        if path.endswith(_SOURCE_SUFFIXES) and not path.startswith("//"):
            folder = "" if path.startswith("/") else posixpath.dirname(self.source)
            found = self._find_page(posixpath.normpath(posixpath.join(folder, path.lstrip("/"))))
            if found is not None:
                return found + mark + rest
        return _join(self.base, url)

    def _find_page(self, source: str) -> str | None:
        self.seen.add(source)
        return self.pages.get(source)


def mark_footnote(fragment: str, mark: str) -> str:
    """`fragment` (with or without its `#`) with `mark` in it if it is one that a Markdown renderer gave a footnote."""
    found = _FOOTNOTE.match(fragment)
    return f"{found[1]}{found[2]}-{mark}-{found[3]}" if found else fragment


# cmark: fn-1, fnref-1-2; Python-Markdown: fn:1, fnref2:1; docutils: footnote-1, footnote-reference-1.
_FOOTNOTE = re.compile(r"(#?)(fn(?:ref\d*)?|footnote(?:-reference)?)[-:]([\w.:%-]+)$")


def is_footnote(identifier: str) -> bool:
    """Whether an id is one that a Markdown renderer gave a footnote or the reference to it."""
    return _FOOTNOTE.match(identifier) is not None


def _split_path(url: str) -> tuple[str, str, str]:
    found = re.search(r"[?#]", url)
    if found is None:
        return url, "", ""
    return url[: found.start()], found[0], url[found.end() :]


def _join(base: str, url: str) -> str | None:
    try:
        joined = urljoin(base, url)
    except ValueError:  # an IPv6 bracket left open, for one
        return None
    return _quote(joined)


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


def find_page(pages: Mapping[str, str], name: str) -> str | None:
    """The URL of the post that `name` means: its source, the end of it with or without suffix, or its slug."""
    name = name.strip().strip("/")
    if not name:
        return None
    if name in pages:
        return pages[name]
    wanted = _SUFFIX.sub("", name).removesuffix("/index").removesuffix("/_index").casefold()
    for source in sorted(pages):
        plain = _SUFFIX.sub("", source).removesuffix("/index").casefold()
        if plain == wanted or plain.endswith("/" + wanted) or _DATE.sub("", plain.rpartition("/")[2]) == wanted:
            return pages[source]
    return None


_SUFFIX = re.compile(r"\.(?:md|mdx|markdown|rst|txt|html?|mdown|mkd)$", re.IGNORECASE)
_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-")
