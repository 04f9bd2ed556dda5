"""The picture that stands for a post and the sound or film that hangs on it, measured where their files are at hand."""

from __future__ import annotations

import html
import posixpath
import re
import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feeds.models import Image

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from feeds.models import Enclosure
    from feeds.render.folders import Folders
    from feeds.render.links import Links

# Where generators keep the files that they copy to the root of the site.
STATIC_FOLDERS = ("", "static", "public", "source", "src", "content", "docs", "assets", "files")
MIN_SIZE = 64  # pixels; what is smaller is an icon
# Not `mimetypes`: its tables differ from machine to machine.
TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}

_IMG = re.compile(r"<img\b[^>]*>")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_NO_PICTURE = re.compile(
    r"badge|shields\.io|travis-ci\.|/emoji|gravatar\.com|/avatars?/|feedburner|pixel\.(?:gif|png)|spacer\.gif|statcounter"
    r"|doubleclick|google-analytics|blank\.gif",
    re.IGNORECASE,
)


# Of names without a dot at their beginning, and as `urlsplit` and `normpath` leave it.
_PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9_~%+@=,-][A-Za-z0-9_~%+@=,.-]*)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A picture, and the files (relative to the site) that were looked at to measure it."""

    image: Image | None
    files: tuple[str, ...] = ()


def find_image(said: Image | None, clean: str, *, links: Links, folders: Folders) -> Found:
    """The post's picture, measured if at hand: the one that front matter names, else the first real one in the body."""
    url, looked = _resolve_said(said.url, links=links, folders=folders) if said is not None else (None, ())
    if said is not None and url:
        image: Image | None = replace(said, url=url, alt=" ".join(said.alt.split()))
    else:
        image = next((found for tag in _IMG.finditer(clean) if (found := _read_tag(tag[0]))), None) if clean else None
    if image is None:
        return Found(image=None, files=looked)
    measured = _measure(image, links=links, folders=folders)
    return replace(measured, files=(*looked, *measured.files)) if looked else measured


def find_enclosure(
    said: Enclosure | None, *, links: Links, folders: Folders
) -> tuple[Enclosure | None, tuple[str, ...]]:
    """The post's sound or film at its absolute address, and the files below the site that were looked at.

    A file that is at hand says its true length, whatever front matter says; another one keeps what was said, 0 for
    unknown.
    """
    if said is None:
        return None, ()
    url, looked = _resolve_said(said.url, links=links, folders=folders)
    if not url:
        return None, looked
    file, candidates = find_file(url, links=links, folders=folders)
    length = file.stat().st_size if file else said.length
    return replace(said, url=url, length=length), (*looked, *candidates)


def _resolve_said(url: str, *, links: Links, folders: Folders) -> tuple[str | None, tuple[str, ...]]:
    """The address that a theme makes of a path in front matter, and the files below the site that were looked for.

    It is beside the post if it is there, else below the site.
    """
    looked: tuple[str, ...] = ()
    if not re.match(r"[a-z][a-z0-9+.-]*:|/|\.|[@~]/", url, re.IGNORECASE):
        bundled = links.base != links.page or posixpath.basename(links.source).startswith("index.")
        beside, *below = looked = tuple(
            posixpath.join(folder, url) for folder in (posixpath.dirname(links.source), *STATIC_FOLDERS)
        )
        if not folders.hold(beside) and (any(map(folders.hold, below)) or not bundled):
            url = links.site + url
    resolved = links.resolve(url)
    return resolved if resolved and resolved.startswith("http") else None, looked


def _read_tag(tag: str) -> Image | None:
    attributes = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(tag)}
    url = attributes.get("src", "")
    width, height = (int(attributes[name]) if name in attributes else None for name in ("width", "height"))
    if not url.startswith(("http://", "https://")) or _NO_PICTURE.search(url):
        return None
    if any(size is not None and size < MIN_SIZE for size in (width, height)):
        return None
    # Written sizes say how large the picture is shown, not how large it is.
    return Image(url=url, alt=" ".join(attributes.get("alt", "").split()))


def _measure(image: Image, *, links: Links, folders: Folders) -> Found:
    path = _find_path(image.url, links.root) or urlsplit(image.url).path
    kind = image.type or TYPES.get(posixpath.splitext(path.lower())[1])
    file, candidates = find_file(image.url, links=links, folders=folders)
    width, height, length = image.width, image.height, image.length
    if file:
        found = _read_size(file)
        width, height = found if min(found) > 0 else (width, height)
        length = file.stat().st_size
    image = replace(image, type=kind, width=width, height=height, length=length)
    return Found(image=image, files=candidates)


def find_file(url: str, *, links: Links, folders: Folders) -> tuple[Path | None, tuple[str, ...]]:
    """The file in the site's folder that an address of the site leads to, and all places looked at for it."""
    path = _find_path(url, links.root)
    if path is None:
        return None, ()
    page, site = (_find_path(whole, links.root) or urlsplit(whole).path for whole in (links.base, links.site))
    candidates = _candidates(unquote(path), page=page, site=site, source=links.source)
    for candidate in filter(folders.hold, candidates):
        file = folders.root / candidate
        if file.resolve().is_relative_to(folders.root.resolve()):
            return file, tuple(candidates)
    return None, tuple(candidates)


def _find_path(url: str, root: str) -> str | None:
    """The path of an address on the host that `root` names; None for one on another host."""
    if url.startswith(root) and _PLAIN_PATH.fullmatch(url.removesuffix("/"), len(root)):
        return url[len(root) :]
    parts = urlsplit(url)
    return parts.path if parts.netloc.lower() == urlsplit(root).netloc.lower() else None


def _read_size(file: Path) -> tuple[int, int]:
    """Width and height in pixels; -1 for each if the file is no picture that can be read."""
    import imagesize  # with an HTTP client, for pictures that are not at hand

    try:
        width, height = imagesize.get(file)
    except (OSError, ValueError, struct.error, KeyError, IndexError):
        return -1, -1
    return int(width), int(height)


def _candidates(path: str, *, page: str, site: str, source: str) -> list[str]:
    """The files below the site that an address of the site may be: beside the post, or in a folder of static files."""
    folder = page if page.endswith("/") else posixpath.dirname(page) + "/"
    below = path.removeprefix(site) if path.startswith(site) else path.lstrip("/")
    beside = [posixpath.join(posixpath.dirname(source), path.removeprefix(folder))] if path.startswith(folder) else []
    if _PLAIN_PATH.fullmatch(f"/{below}") and below:  # in its normal form, and so is what stands in a folder
        return [*_normalize(beside), below, *[f"{static}/{below}" for static in STATIC_FOLDERS[1:]]]
    return _normalize([*beside, *[posixpath.join(static, below) for static in STATIC_FOLDERS]])


def _normalize(candidates: Iterable[str]) -> list[str]:
    """Those that are below the site."""
    names = map(posixpath.normpath, candidates)
    return [name for name in names if not name.startswith(("..", "/")) and "\0" not in name]
