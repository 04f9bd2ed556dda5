"""What a shortcode that nobody knows probably shows, told by its arguments: pictures, films, a link or words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.render.callouts import LABELS, quote_block
from feeds.render.known_shortcodes import KNOWN

if TYPE_CHECKING:
    from feeds.render.shortcodes import Call
    from feeds.render.stand_ins import StandIns

_PICTURE = re.compile(r"[^\s,*]+\.(?:png|jpe?g|gif|webp|svg|avif)(?:[?#]\S*)?$", re.IGNORECASE)
_FILM = re.compile(
    r"[^\s,]+\.(?:mp4|webm|mov|m4v|ogv|mp3|m4a|ogg|opus|wav|flac)(?:[?#]\S*)?$"
    r"|(?:https?:)?//(?:[\w-]+\.)*(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|bilibili\.com)/\S+$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:(?:https?:)?/)?/(?:[\w.~-]+/?)+(?:[?#]\S*)?$|(?:https?:)?//\S+$")
_NOTEBOOK = re.compile(r"[^\s]+\.ipynb$")
# One and the same picture for another theme or under the pointer.
_OTHER_STATE = re.compile(r"dark|night|hover|toggled")
_WORDS = (
    "text",
    "content",
    "body",
    "message",
    "msg",
    "original",
    "quote",
    "translated",
    "translation",
    "explanation",
    "description",
)
_HEADS = ("title", "heading", "header", "caption", "label", "summary", "name")
# A name that has one of these in it is a wrapper around it, as `youtubeEmbed` is.
_SERVICES = (
    "asciinema", "bilibili", "codepen", "gist", "instagram", "jsfiddle", "soundcloud", "spotify", "tweet", "vimeo",
    "youtube",
)  # fmt: skip
_CREDITS = ("author", "by", "cite", "attribution")


def guess_shown(kit: StandIns, call: Call) -> str | None:
    """What takes the place of an unpaired shortcode that nobody knows, None if its arguments do not tell."""
    if service := next((name for name in _SERVICES if name in call.name.lower()), ""):
        return KNOWN[service](kit, call) or None
    arguments = [("", value) for value in call.values] + list(call.options.items())
    head = call.get(*_HEADS)
    alts = [value for key, value in call.options.items() if key.endswith("alt") and not _OTHER_STATE.search(key)]
    caption = head or _spoken(call.values)
    if shown := _show_media(kit, arguments, caption, next(iter(alts), caption)):
        return shown
    words = [call.get(name) for name in _WORDS if call.get(name)]
    if address := next((value for _, value in arguments if _ADDRESS.match(value)), ""):
        label = next((value for value in call.values if value != address), "")
        return kit.link(address, " ".join(words) or head or _spoken(call.values) or label)
    if book := next((value for _, value in arguments if _NOTEBOOK.match(value)), ""):
        return kit.embed("#", book.rpartition("/")[2])
    if words:
        return _show_words(call, words, head)
    spoken = _spoken(call.values)
    return spoken or call.get("title", "heading", "header", "label", "summary") or None


def _show_media(kit: StandIns, arguments: list[tuple[str, str]], caption: str, alt: str) -> str:
    pictures = [(key, value) for key, value in arguments if _PICTURE.match(value)]
    shown = [value for key, value in pictures if not _OTHER_STATE.search(key)] or [value for _, value in pictures[:1]]
    if shown:
        *first, last = shown
        figures = [kit.figure(value, alt=alt) for value in first] + [kit.figure(last, alt=alt, caption=caption)]
        return " ".join(figures)
    films = [value for _, value in arguments if _FILM.match(value)]
    return kit.embed(films[0], caption) if films else ""


def _show_words(call: Call, words: list[str], head: str) -> str:
    said = [call.name, call.get("type", "kind", "style"), *call.values]
    kind = next((word.lower() for word in said if word.lower() in LABELS), "")
    inner = "\n\n".join(words)
    if credit := call.get(*_CREDITS):
        return quote_block(f"{inner}\n\n— {credit}")
    if kind or re.search(r"quote|admonition|call-?_?out|aside|alert|note", call.name, re.IGNORECASE):
        return quote_block(inner, title=head, name=kind)
    return f"**{head}** {inner}" if head and head not in inner else inner


def _spoken(values: tuple[str, ...]) -> str:
    """Arguments that are words for a reader: with a space in one of them, or in a script that is not Latin."""
    return " ".join(value for value in values if re.search(r"\S\s+\S|[^\x00-\u024f]", value))
