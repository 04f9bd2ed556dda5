"""What hangs on a post beside its text: a lead image and a sound or film, out of the forms that front matter has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from feeds.loader.keys import ENCLOSURE, IMAGE, fold_key, is_empty
from feeds.models import Enclosure, Image

PLACES = (
    "url",
    "src",
    "path",
    "image",
    "file",
    "filename",
    "href",
    "img",
    "feature",
    "ogimage",
    "teaser",
    "thumbnail",
    "name",
)
MEDIA_TYPES = {
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac", "ogg": "audio/ogg", "oga": "audio/ogg",
    "opus": "audio/opus", "wav": "audio/wav", "flac": "audio/flac", "mp4": "video/mp4", "m4v": "video/mp4",
    "webm": "video/webm", "mov": "video/quicktime", "ogv": "video/ogg",
}  # fmt: skip
_IMAGE_PATH = re.compile(r"(?:https?:)?/|[^\s]*\.(?:png|jpe?g|gif|svg|webp|avif|bmp|ico)(?:[?#]|$)", re.IGNORECASE)


def find_image(fields: Mapping[str, Any]) -> tuple[str, Image | None]:
    """The lead image under any of its names, with its URL as written, and the key that had it."""
    folded = {fold_key(key): key for key in reversed(fields)}
    for name in IMAGE:
        if (key := folded.get(name)) is not None and (image := _read_image(fields[key])) is not None:
            if not image.alt and isinstance(alt := _find(fields, (f"{name}alt", "imagealt", "alttext")), str):
                image = Image(url=image.url, alt=alt.strip())
            return key, image
    return "", None


def _read_image(value: Any) -> Image | None:
    if isinstance(value, list):
        return next((image for item in value if (image := _read_image(item)) is not None), None)
    if isinstance(value, Mapping):
        alt = _find(value, ("alt", "imagealt", "title", "caption", "imagedescription"))
        for place in PLACES:
            image = _read_image(_find(value, (place,)))
            if image is not None:
                return Image(url=image.url, alt=image.alt or (alt.strip() if isinstance(alt, str) else ""))
        return None
    if isinstance(value, str) and _IMAGE_PATH.match(value.strip()):
        return Image(url=value.strip())
    return None


def find_enclosure(fields: Mapping[str, Any]) -> tuple[str, Enclosure | None]:
    """The sound or film under any of its names, URL as written, and the key that had it; `length` 0 if not said."""
    folded = {fold_key(key): key for key in reversed(fields)}
    for name in ENCLOSURE:
        key = folded.get(name)
        value = fields[key] if key is not None else None
        if isinstance(value, list):
            value = value[0] if value else None
        table: Mapping[str, Any] = value if isinstance(value, Mapping) else {"url": value, **_beside(fields, name)}
        url = _find(table, ("url", "src", "path", "file", "href", "mp3"))
        if key is None or not isinstance(url, str) or is_empty(url):
            continue
        said = _find(table, ("type", "mime", "mimetype"))
        media_type = said if isinstance(said, str) else _guess_type(url)
        if media_type is not None:
            return key, Enclosure(
                url=url.strip(), type=media_type, length=_as_length(_find(table, ("length", "size", "bytes")))
            )
    return "", None


def _beside(fields: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {part: _find(fields, (f"{name}{part}",)) for part in ("type", "length", "size")}


def _guess_type(url: str) -> str | None:
    return MEDIA_TYPES.get(re.split(r"[?#]", url.strip())[0].rpartition(".")[2].lower())


def _as_length(value: Any) -> int:
    text = str(value or "").strip().replace(",", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _find(table: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    for name in names:
        for key, value in table.items():
            if fold_key(str(key)) == name and not is_empty(value):
                return value
    return None
