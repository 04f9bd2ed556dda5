"""Films, sounds and other embeds as what every reader shows: a linked picture, or a link."""

from __future__ import annotations

import html
import posixpath
import re
from urllib.parse import parse_qs, unquote, urlsplit

MAX_NAME = 80  # characters; a longer one is a hash
_YOUTUBE = re.compile(
    r"(?:youtube(?:-nocookie)?\.com/(?:embed/|watch\?(?:.*&)?v=|shorts/|live/|v/)|youtu\.be/)([\w-]{6,})"
)
_VIMEO = re.compile(r"(?:player\.)?vimeo\.com/(?:video/)?(\d+)")
_SERVICES = (
    # embed address -> the page that a person may visit
    (re.compile(r"^(https?:)?//(?:www\.)?codepen\.io/([^/]+)/embed/(?:preview/)?"), r"https://codepen.io/\2/pen/"),
    (re.compile(r"^(https?:)?//open\.spotify\.com/embed/"), "https://open.spotify.com/"),
    (re.compile(r"^(https?:)?//embed\.ted\.com/"), "https://www.ted.com/"),
    (
        re.compile(r"^(https?:)?//(?:www\.)?slideshare\.net/slideshow/embed_code/(?:key/)?"),
        "https://www.slideshare.net/slideshow/embed_code/",
    ),
    (re.compile(r"^(https?:)?//(?:www\.)?dailymotion\.com/embed/"), "https://www.dailymotion.com/"),
    (re.compile(r"^(https?:)?//(?:www\.)?loom\.com/embed/"), "https://www.loom.com/share/"),
    (re.compile(r"^(https?:)?//codesandbox\.io/embed/"), "https://codesandbox.io/s/"),
)


def link_media(address: str, *, title: str = "", poster: str = "") -> str:
    """HTML for what is embedded from `address`: a linked picture where there is one, else a link with a name."""
    address = address.strip()
    if found := _YOUTUBE.search(address):
        start = _start_of(address)
        poster = poster or f"https://i.ytimg.com/vi/{found[1]}/hqdefault.jpg"
        return _link(f"https://www.youtube.com/watch?v={found[1]}{start}", title or "YouTube", poster)
    if found := _VIMEO.search(address):
        return _link(f"https://vimeo.com/{found[1]}", title or "Vimeo", poster)
    for pattern, page in _SERVICES:
        address = pattern.sub(page, address)
    return _link(address, title or name_of(address), poster)


def name_of(address: str) -> str:
    """A name for what is at an address: the file's, else the host's."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    file = unquote(posixpath.basename(parts.path))
    return file if "." in file and len(file) < MAX_NAME else (parts.hostname or address).removeprefix("www.")


def _start_of(address: str) -> str:
    query = parse_qs(urlsplit(address).query)
    seconds = (query.get("start") or query.get("t") or [""])[0]
    return f"&t={seconds}" if re.fullmatch(r"\w{1,9}", seconds) else ""


def _link(address: str, title: str, poster: str) -> str:
    href = html.escape(address)
    if poster:
        return f'<a href="{href}"><img src="{html.escape(poster)}" alt="{html.escape(title)}"></a>'
    return f'<a href="{href}">▶ {html.escape(title)}</a>'
