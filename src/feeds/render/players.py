"""Players of films that a site makes of elements of its own, such as `<lite-youtube>`: links, as other embeds are."""

from __future__ import annotations

import html
import re

from feeds.render.media import link_media

_PLAYER = re.compile(
    r"<(?P<name>(?=[a-z-]*(?P<service>youtube|vimeo))[a-z]+(?:-[a-z]+)+)\b(?P<attributes>[^<>]*?)"
    r"(?:/>|>(?P<inner>(?:(?!</?(?P=name)\b).)*)</(?P=name)>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""@?([\w-]+)\s*=\s*["']([^"']*)["']""")
_CODES = ("videoid", "video-id", "video", "slug", "code", "id", "src", "href", "url")
_TITLES = ("title", "videotitle", "label", "playlabel", "aria-label")
_ADDRESSES = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}


def link_players(text: str) -> str:
    """HTML with each element that is named after a service, and says which film of it, as a link to the film."""
    return _PLAYER.sub(_link, text) if "youtube" in text or "vimeo" in text else text


def _link(found: re.Match[str]) -> str:
    said = {key.lower(): html.unescape(value) for key, value in _ATTRIBUTE.findall(found["attributes"])}
    code = next((said[key] for key in _CODES if said.get(key)), "")
    if not code:
        return found[0]
    title = next((said[key] for key in _TITLES if said.get(key)), "")
    return link_media(code if "//" in code else _ADDRESSES[found["service"]] + code, title=title)
