"""What an author should look at in a post before it is mailed, each with its line in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import lxml.html

from feeds.config.resolve import is_loopback
from feeds.config.secure import prefer_https
from feeds.models import Problem, Severity
from feeds.render.pictures import find_file
from feeds.render.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from feeds.config import Config
    from feeds.models import Entry, Post
    from feeds.render.links import Links
    from feeds.render.renderer import Renderer

HEAVY = 1_000_000  # bytes; mail programs load a picture over the reader's connection, with every issue
# An address as it is written: inline, as a definition, in HTML or a shortcode, in reStructuredText.
_WRITTEN = re.compile(
    r"\]\(\s*<?(?P<inline>[^\s)>]+)|^ {0,3}\[[^\]]+\]:\s*<?(?P<defined>[^\s>]+)"
    r"""|\b(?:src|href|poster)\s*=\s*["']?(?P<html>[^"'\s>]+)"""
    r"|^\s*\.\. (?:image|figure):: (?P<rst>\S+)|`[^`<]*<(?P<named>[^>`]+)>`_",
    re.MULTILINE | re.IGNORECASE,
)
_RELATIVE = re.compile(r"(?![a-z][a-z0-9+.-]*:|[/#{|@~]).", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{.+?\}\}|\{%.+?%\}|<%.+?%>|^:::\s*\w*|\{:?\s*[.#][\w-][^{}]*\}", re.MULTILINE)
_CODE = frozenset({"code", "pre", "kbd", "samp"})
_NO_WORDS = re.compile(r"""\balt\s*=\s*(?:""|'')""", re.IGNORECASE)


class Reviewer:
    """Looks posts over. `renderer` is what made their entries; `posts` are all posts of the site."""

    def __init__(self, config: Config, posts: Sequence[Post], renderer: Renderer) -> None:
        self._root = config.root
        self._folders = renderer.folders
        self._site = config.require_url()
        self._renderer = renderer
        self._targets = Targets(posts, root=config.root, site=self._site)

    def review(self, post: Post, entry: Entry) -> tuple[Problem, ...]:
        """Pictures that are missing, heavy or without words, links that lead nowhere, what is left of a template."""
        sheet = _Sheet(post, entry, self._renderer.make_links(post, id=entry.id), self._root)
        root = lxml.html.fragment_fromstring(entry.content or "<p></p>", create_parent="div")
        found = [
            *self._review_pictures(sheet, root),
            *self._review_links(sheet, root),
            *_review_words(sheet, root),
        ]
        return tuple(dict.fromkeys(found))

    def find_pictures(self, post: Post, entry: Entry) -> dict[str, Path]:
        """The files in the site's folder of those pictures of the post that it has, by their addresses."""
        links = self._renderer.make_links(post, id=entry.id)
        root = lxml.html.fragment_fromstring(entry.content or "<p></p>", create_parent="div")
        shown = [*([entry.image.url] if entry.image else []), *(image.get("src", "") for image in root.iter("img"))]
        ours = {url: find_file(url, links=links, folders=self._folders)[0] for url in shown if self._is_ours(url)}
        return {url: file for url, file in ours.items() if file is not None}

    def _review_pictures(self, sheet: _Sheet, root: lxml.html.HtmlElement) -> Iterator[Problem]:
        shown = {image.get("src", ""): image.get("alt", "") for image in root.iter("img")}
        front = sheet.entry.image
        if front is not None and front.url not in shown:
            yield from self._review_file(sheet, front.url)
        for url, alt in shown.items():
            yield from self._review_file(sheet, url)
            if not alt.strip() and not sheet.says_nothing_on_purpose(url):
                yield sheet.find(
                    f"the picture {url} has no alternative text: say what it shows, for readers who do not see it", url
                )

    def _review_file(self, sheet: _Sheet, url: str) -> Iterator[Problem]:
        if not self._is_ours(url):
            return
        file, _ = find_file(url, links=sheet.links, folders=self._folders)
        if file is None and not self._targets.has(url):
            yield sheet.find(f"the picture {url} is not in the site's folder", url, severity=Severity.ERROR)
        elif file is not None and (size := file.stat().st_size) > HEAVY:
            yield sheet.find(f"the picture {url} weighs {size / 1e6:.1f} MB: make it smaller than 1 MB", url)

    def _review_links(self, sheet: _Sheet, root: lxml.html.HtmlElement) -> Iterator[Problem]:
        shown = {image.get("src", "") for image in root.iter("img")}
        carried = set(shown)
        for url in dict.fromkeys(link.get("href", "") for link in root.iter("a")):
            carried.add(url)
            if not self._is_ours(url):
                yield from _review_foreign(sheet, url)
                continue
            if url.partition("#")[0] == sheet.links.page or url in shown:  # a picture of its own page was looked at
                continue
            if hidden := self._targets.find_unpublished(url):
                message = f"the link {url} leads to {hidden.source}, which is {hidden.status}"
                yield sheet.find(message, url, severity=Severity.ERROR)
            elif not self._targets.has(url) and find_file(url, links=sheet.links, folders=self._folders)[0] is None:
                message = f"the link {url} leads nowhere: nothing in the site's folder has this address"
                relative = _RELATIVE.match(sheet.written.get(url, ""))
                yield sheet.find(message, url, severity=Severity.ERROR if relative else Severity.WARNING)
        for url, written in sheet.written.items():
            if url in carried and _RELATIVE.match(written):
                message = f"the relative link {written} goes out as {url}"
                yield sheet.find(message, url, severity=Severity.NOTE)

    def _is_ours(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and parts.netloc.lower() == urlsplit(self._site).netloc.lower()


def _review_foreign(sheet: _Sheet, url: str) -> Iterator[Problem]:
    if not url.startswith("http"):
        return
    if is_loopback(url):
        yield sheet.find(f"the link {url} leads to your own machine, and nowhere for a reader", url)
    elif prefer_https(url).startswith("http:"):
        message = (
            f"the link {url} is http:, which mail filters count against an issue; write https: if it answers there"
        )
        yield sheet.find(message, url, severity=Severity.NOTE)


class _Sheet:
    """One post under review: what it has written for each address, and where."""

    def __init__(self, post: Post, entry: Entry, links: Links, root: Path) -> None:
        self.post = post
        self.entry = entry
        self.links = links
        try:
            self.text = (root / post.source).read_text("utf-8", "replace")
        except OSError:
            self.text = post.body
        self.written: dict[str, str] = {}
        for match in _WRITTEN.finditer(self.text):
            written = next(filter(None, match.groups()))
            if (url := links.resolve(written, image=True)) is not None:
                self.written.setdefault(url, written)

    def find(self, message: str, url: str, *, severity: Severity = Severity.WARNING) -> Problem:
        """The finding, on the first line that has the address as it was written, or the last part of it."""
        sought = (self.written.get(url), url, unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2]))
        line = next((line for text in sought if text and (line := self.line_of(text))), None)
        return Problem(path=self.post.source, line=line, message=message, severity=severity)

    def line_of(self, text: str) -> int | None:
        """The first line of the file that has `text`."""
        place = self.text.find(text)
        return None if place < 0 else self.text.count("\n", 0, place) + 1

    def says_nothing_on_purpose(self, url: str) -> bool:
        """Whether the picture is written in HTML with an empty alternative text, which means: only for show."""
        written = self.written.get(url, url)
        return any(
            written in tag and _NO_WORDS.search(tag) for tag in re.findall(r"<img\b[^>]*>", self.text, re.IGNORECASE)
        )


def _review_words(sheet: _Sheet, root: lxml.html.HtmlElement) -> Iterator[Problem]:
    for element in root.iter():
        inside = element.tag in _CODE or any(parent.tag in _CODE for parent in element.iterancestors())
        outside = any(parent.tag in _CODE for parent in element.iterancestors())
        for text in (None if inside else element.text, None if outside else element.tail):
            for match in _TEMPLATE.finditer(text or ""):
                left = " ".join(match[0].split())
                yield Problem(
                    path=sheet.post.source,
                    line=sheet.line_of(match[0]),
                    message=f"readers will see `{left}`: template syntax that nothing has replaced",
                    severity=Severity.WARNING,
                )
