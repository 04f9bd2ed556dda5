"""What a shortcode stands for in a feed, whoever made it."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from feeds.render.guesses import find_spoken, guess_shown, show_picture
from feeds.render.known_shortcodes import FURNITURE, KNOWN, PROGRAMS, find_enclosing
from feeds.render.markdown import render_commonmark
from feeds.render.media import link_media
from feeds.render.own_shortcodes import is_include, show_own, show_own_code
from feeds.render.shown_files import show_file

if TYPE_CHECKING:
    from feeds.models import Post
    from feeds.render.pieces import Pieces
    from feeds.render.shortcodes import Call
    from feeds.render.surroundings import Surroundings


MAX_PICTURES = 100  # that one pattern may mean
_PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
# What Python's glob takes, too: two stars only as a folder, no way up.
_PATTERN = re.compile(r"/?(?:(?:\*\*|(?!\.\.)[\w.-]*(?:\*[\w.-]*)?)/)*[\w.-]*\*[\w.-]*$")
# How Hexo's themes title the parts of what a tag encloses: `<!-- tab Words@icon -->`.
_PART = re.compile(r"<!--\s*(?:tab|node|timeline|folder|section)\s+([^\n@<>]*[^\s@<>])(?:@[^\n<>]*)?\s*-->")


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIns:
    """Makes stand-ins for one post's shortcodes. `unknown` collects name and source of those it does not know."""

    pieces: Pieces
    site: Surroundings
    post: Post
    unknown: list[tuple[str, str]] = field(default_factory=list)

    def make(self, call: Call, source: str) -> str:
        """What takes the place of the shortcode in the post's source."""
        if call.inner and "<!--" in call.inner:
            call = replace(call, inner=_PART.sub(r"\n\n**\1**\n\n", call.inner))
        if self.site.generator == "eleventy" and call.values:
            call = replace(call, values=tuple(map(self._look_up, call.values)))
        name = call.name.lower().rpartition("/")[2].replace("-", "_")
        maker = KNOWN.get(name) or (find_enclosing(name) if call.inner is not None else None)
        if maker is not None:
            made = maker(self, call)
            if made or call.inner is not None:
                return made
            return show_own(self, call, source) or self._miss(call, source)
        inner = "" if name in PROGRAMS else (call.inner or "").strip()
        if inner:
            return show_own_code(self, call) or self._show_inside(call)
        if name in PROGRAMS | FURNITURE:
            return ""
        shown = show_own(self, call, source)
        if not shown and not is_include(self.site.generator, call):
            shown = show_file(self, call) or guess_shown(self, call, source)
        return shown or self._miss(call, source)

    def _miss(self, call: Call, source: str) -> str:
        """Notes a shortcode of which nothing is shown."""
        self.unknown.append((call.name, source))
        return ""

    def _show_inside(self, call: Call) -> str:
        """What a frame that nobody knows is around, with the picture and the words that the frame's arguments add."""
        inner = call.inner or ""
        if "\n" not in inner:
            return inner
        title = call.get("title", "heading", "header", "summary", "kicker") or find_spoken(call.values)
        caption = call.get("caption", "footer")
        parts = [f"**{title}**" if title else "", show_picture(self, call), inner.strip("\n"), caption]
        return "\n\n".join(["", *filter(None, parts), ""]) if len(list(filter(None, parts))) > 1 else inner

    def link(self, address: str, label: str) -> str:
        """A link to `address`."""
        return self.pieces.place(f'<a href="{html.escape(address)}">{html.escape(label or address)}</a>')

    def embed(self, address: str, title: str = "", poster: str = "") -> str:
        """A link to what is embedded from `address`."""
        return self.pieces.place(link_media(address, title=title, poster=poster))

    def figure(self, address: str, *, alt: str = "", caption: str = "", link: str = "") -> str:
        """A picture with what is written below it."""
        address = self.find_resource(address)
        picture = f'<img src="{html.escape(address)}" alt="{html.escape(alt)}">'
        if link:
            picture = f'<a href="{html.escape(link)}">{picture}</a>'
        if not caption:
            return self.pieces.place(picture)
        return self.pieces.place(f"<figure>{picture}<figcaption>{_inline(caption)}</figcaption></figure>")

    def list_pictures(self, pattern: str) -> list[str]:
        """The pictures in the post's own folder that a pattern of Hugo's means, relative to it, in their order."""
        folder = self.site.inclusions.root / posixpath.dirname(self.post.source)
        if not _PATTERN.match(pattern):
            return []
        found = (path for path in folder.glob(pattern.lstrip("/")) if path.suffix.lower() in _PICTURES)
        return sorted(path.relative_to(folder).as_posix() for path in found)[:MAX_PICTURES]

    def _look_up(self, value: str) -> str:
        """What the post's header says if `value` is a name in it, as arguments in Eleventy may be; else `value`."""
        said: Any = self.post.extra
        for name in value.rstrip(",").split("."):
            said = said.get(name) if isinstance(said, Mapping) else None
        return said if isinstance(said, str) else value

    def find_resource(self, address: str) -> str:
        """The file that Hugo's header calls by the name `address`, `address` itself if it is none of those."""
        resources = self.post.extra.get("resources")
        for one in resources if isinstance(resources, list) else ():
            if isinstance(one, Mapping) and one.get("name") == address and isinstance(one.get("src"), str):
                return str(one["src"])
        return address


def _inline(text: str) -> str:
    """A caption's HTML, which is Markdown to Hugo and HTML to others."""
    shown = render_commonmark(text).strip()
    return shown.removeprefix("<p>").removesuffix("</p>") if shown.count("<p>") == 1 else shown
