"""What a shortcode that nobody knows probably shows, told by its arguments: pictures, films, a link or words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.render.callouts import LABELS, quote_block
from feeds.render.code import unshift
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
_ADDRESS = re.compile(r"(?:(?:https?:)?/)?/[\w.~-]+(?:/[\w.~-]+)*/?(?:[?#]\S*)?$|(?:https?:)?//\S+$")
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
# Four words in a row, or two characters of a script that is not Latin.
_PROSE = re.compile(r"(?:[^\W\d_]+[,.;:!?]?\s+){3}[^\W\d_]|[^\x00-\u02ff\u2000-\u206f]{2}")
_CAPTION = re.compile(r"[A-ZÀ-Þ][^\W\d_]+[.!?]?$|(?:[^\W\d_][\w'’-]*[,.;:!?]*\s+)+[^\W\d_]")
_SILENT = ("alt", "class", "id", "keywords", "style", "tags")
_PICTURE_FIRST = re.compile(r"\S+\.(?:png|jpe?g|gif|webp|svg|avif)(?=\s|$)", re.IGNORECASE)
_HEADS = ("title", "heading", "header", "caption", "label", "summary", "name")
# A name that has one of these in it is a wrapper around it, as `youtubeEmbed` is.
_SERVICES = (
    "asciinema", "bilibili", "codepen", "gist", "instagram", "jsfiddle", "soundcloud", "spotify", "tweet", "vimeo",
    "youtube",
)  # fmt: skip
_CREDITS = ("author", "by", "cite", "attribution")


def guess_shown(kit: StandIns, call: Call, source: str) -> str | None:
    """What takes the place of the unpaired shortcode `source` that nobody knows, None if its arguments do not tell."""
    if service := next((name for name in _SERVICES if name in call.name.lower()), ""):
        return KNOWN[service](kit, call) or None
    arguments = [("", value) for value in call.values] + list(call.options.items())
    arguments += [("", name) for _, value in arguments if "*" in value for name in kit.list_pictures(value)]
    head = call.get(*_HEADS)
    words = _find_words(call, head)
    address = next((value for _, value in arguments if _ADDRESS.match(value) and not _PICTURE.match(value)), "")
    if "\n" in source and (shown := _show_gallery(kit, source)):
        return shown
    if shown := _show_media(kit, call, arguments, link=address):
        return shown + "".join(f"\n\n{word}\n\n" for word in words if word not in head)
    if address:
        label = next((value for value in call.values if value != address), "")
        return kit.link(address, " ".join(words) or head or find_spoken(call.values) or label)
    if book := next((value for _, value in arguments if _NOTEBOOK.match(value)), ""):
        return kit.embed("#", book.rpartition("/")[2])
    spoken = _show_words(call, words, head) if words else find_spoken(call.values)
    return spoken or call.get("title", "heading", "header", "label", "summary", "caption", "alt") or None


def show_picture(kit: StandIns, call: Call) -> str:
    """The picture that the arguments of a frame name, "" if they name none."""
    pictures = [(key, value) for key, value in call.options.items() if _PICTURE.match(value)]
    shown = next((value for key, value in pictures if not _OTHER_STATE.search(key)), "")
    return kit.figure(shown, alt=call.get("alt")) if shown else ""


def _find_words(call: Call, head: str) -> list[str]:
    """The arguments that say something: by their names, or since they are several words."""
    named = [call.options[name] for name in _WORDS if call.options.get(name)]
    credits_ = {call.options.get(name) for name in _CREDITS}
    more = (value for key, value in call.options.items() if not key.endswith(_SILENT) and _PROSE.search(value))
    return named + [value for value in more if value not in (*named, head) and value not in credits_]


def _show_media(kit: StandIns, call: Call, arguments: list[tuple[str, str]], *, link: str) -> str:
    caption = call.get(*_HEADS) or find_spoken(call.values) or _find_caption(call.values)
    alts = [value for key, value in call.options.items() if key.endswith("alt") and not _OTHER_STATE.search(key)]
    alt = next(iter(alts), caption)
    pictures = [(key, value) for key, value in arguments if _PICTURE.match(value)]
    shown = [value for key, value in pictures if not _OTHER_STATE.search(key)] or [value for _, value in pictures[:1]]
    if shown:
        *first, last = shown
        figures = [kit.figure(value, alt=alt) for value in first]
        return " ".join([*figures, kit.figure(last, alt=alt, caption=caption, link=link)])
    films = [value for _, value in arguments if _FILM.match(value)]
    return kit.embed(films[0], caption) if films else ""


def _find_caption(values: tuple[str, ...]) -> str:
    """The words behind a picture that stand there without quotes, "" if they look like classes and sizes."""
    place = next((place for place, value in enumerate(values) if _PICTURE.match(value)), len(values))
    words = " ".join(values[place + 1 :])
    return words if _CAPTION.match(words) else ""


def _show_gallery(kit: StandIns, source: str) -> str:
    """Pictures that stand a line each, with words behind them: a caption, and behind a bar what the picture shows."""
    first, *lines = unshift(source).strip().split("\n")
    found = [(line, match[0]) for line in lines if (match := _PICTURE_FIRST.match(line.strip()))]
    if not found:
        return ""
    folder = next((word for word in first.split()[1:] if "/" in word and not _PICTURE.match(word)), "")
    figures = []
    for line, picture in found:
        caption, _, alt = line.strip().removeprefix(picture).partition("|")
        address = picture if "/" in picture or not folder else f"{folder.rstrip('/')}/{picture}"
        figures.append(kit.figure(address, alt=alt.strip() or caption.strip(), caption=caption.strip()))
    return "\n\n" + "\n\n".join(figures) + "\n\n"


def _show_words(call: Call, words: list[str], head: str) -> str:
    said = [call.name, call.get("type", "kind", "style"), *call.values]
    kind = next((word.lower() for word in said if word.lower() in LABELS), "")
    inner = "\n\n".join(words)
    if credit := call.get(*_CREDITS):
        return quote_block(f"{inner}\n\n— {credit}")
    if kind or re.search(r"quote|admonition|call-?_?out|aside|alert|note", call.name, re.IGNORECASE):
        return quote_block(inner, title=head, name=kind)
    return f"**{head}** {inner}" if head and head not in inner else inner


def find_spoken(values: tuple[str, ...]) -> str:
    """Arguments that are words for a reader: from the first with a space in it, or in a script that is not Latin."""
    spoken = [place for place, value in enumerate(values) if re.search(r"\S\s+\S|[^\x00-\u024f]", value)]
    return " ".join(values[spoken[0] : spoken[-1] + 1]) if spoken else ""
