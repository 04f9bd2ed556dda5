"""What a shortcode stands for in a feed, whoever made it."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feeds.render.guesses import guess_shown
from feeds.render.known_shortcodes import FURNITURE, KNOWN, PROGRAMS, find_enclosing
from feeds.render.markdown import render_commonmark
from feeds.render.media import link_media
from feeds.render.shown_files import show_file

if TYPE_CHECKING:
    from feeds.models import Post
    from feeds.render.inclusions import Inclusions
    from feeds.render.pieces import Pieces
    from feeds.render.shortcodes import Call
    from feeds.render.siblings import Siblings


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIns:
    """Makes stand-ins for one post's shortcodes. `unknown` collects name and source of those it does not know."""

    pieces: Pieces
    siblings: Siblings
    inclusions: Inclusions
    params: Mapping[str, Any]
    post: Post
    unknown: list[tuple[str, str]] = field(default_factory=list)

    def make(self, call: Call, source: str) -> str:
        """What takes the place of the shortcode in the post's source."""
        name = call.name.lower().rpartition("/")[2].replace("-", "_")
        maker = KNOWN.get(name) or (find_enclosing(name) if call.inner is not None else None)
        if maker is not None:
            made = maker(self, call)
            if not made and call.inner is None:
                self.unknown.append((call.name, source))
            return made
        inner = "" if name in PROGRAMS else (call.inner or "").strip()
        if not inner and name in PROGRAMS | FURNITURE:
            return ""
        shown = _show_inside(call) if inner else show_file(self, call) or guess_shown(self, call)
        if shown is None:
            self.unknown.append((call.name, source))
        return shown or ""

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


def _show_inside(call: Call) -> str:
    """What a frame that nobody knows is around, below the frame's title if it has one and stands by itself."""
    inner, title = call.inner or "", call.get("title", "heading", "header", "summary")
    return f"\n\n**{title}**\n\n{inner}" if title and "\n" in inner else inner
