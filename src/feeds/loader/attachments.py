"""What hangs on a post beside its text, in all of front matter's forms: a lead image, a sound or a film."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from feeds.loader.keys import ENCLOSURE, IMAGE, find_field, find_fields, fold_key
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
    for key, value in find_fields(fields, IMAGE):
        if (image := _read_image(value)) is not None:
            alt = image.alt or _text(find_field(fields, (f"{fold_key(key)}alt", "imagealt", "alttext"))[1])
            return key, Image(url=image.url, alt=alt)
    return "", None


def _read_image(value: Any) -> Image | None:
    if isinstance(value, list):
        return next((image for item in value if (image := _read_image(item)) is not None), None)
    if isinstance(value, Mapping):
        alt = _find(value, ("alt", "imagealt", "title", "caption", "imagedescription"))
        for place in PLACES:
            image = _read_image(_find(value, (place,)))
            if image is not None:
                return Image(url=image.url, alt=image.alt or _text(alt))
        return None
    if isinstance(value, str) and _IMAGE_PATH.match(value.strip()):
        return Image(url=value.strip())
    return None


def find_enclosure(fields: Mapping[str, Any]) -> tuple[str, Enclosure | None]:
    """The sound or film under any of its names and the key that had it; `length` is 0 if not said."""
    for key, written in find_fields(fields, ENCLOSURE):
        value = written[0] if isinstance(written, list) else written
        if not isinstance(value, str | Mapping):
            continue
        table = value if isinstance(value, Mapping) else {"url": value, **_beside(fields, fold_key(key))}
        url = _text(_find(table, ("url", "src", "path", "file", "href", "mp3")))
        media_type = _text(_find(table, ("type", "mime", "mimetype"))) or _guess_type(url)
        if url and media_type:
            return key, Enclosure(
                url=url, type=media_type, length=_as_length(_find(table, ("length", "size", "bytes")))
            )
    return "", None


def _beside(fields: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {part: find_field(fields, (f"{name}{part}",))[1] for part in ("type", "length", "size")}


def _guess_type(url: str) -> str | None:
    return MEDIA_TYPES.get(re.split(r"[?#]", url.strip())[0].rpartition(".")[2].lower())


def _as_length(value: Any) -> int:
    text = str(value or "").strip().replace(",", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _find(table: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return find_field({str(key): value for key, value in table.items()}, names)[1]


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
