"""Hugo's addresses: https://gohugo.io/content-management/urls/ and https://gohugo.io/configuration/permalinks/."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from feeds.loader.addresses import DAYS, MONTHS, join_path
from feeds.loader.conventions.hugo_contents import find_content

if TYPE_CHECKING:
    from feeds.loader.convention import Page

_TOKEN = re.compile(r":([a-z]+)(\[[^\]]*\])?")
_HEX = re.compile(r"%[0-9A-Fa-f]{2}")
_KEPT = frozenset("./\\_#+~-@")


def make_address(page: Page) -> str:
    """The path of the page below its language's, or an absolute URL where the language has a host."""
    options = page.facts.options
    written = page.fields.get("url")
    prefix, host = _find_language(page)
    if isinstance(written, str) and written.strip():
        path = _fill(written.strip(), page) if ":" in written.replace("://", "") else written.strip()
        return host + (path if path.startswith("/") or "://" in path else f"{prefix}/{path}")
    folders = page.name.folders
    section = folders[0] if folders else ""
    pattern = options.get("permalinks", {}).get(section.lower()) or options.get("permalinks", {}).get(
        "/".join(folders).lower()
    )
    cased = bool(options.get("cased"))
    if pattern:
        # What a pattern gives is read once more as the text of a form, where a plus sign is a space, and as an
        # address, where a number sign at the end begins an empty fragment.
        path = sanitize(unquote_plus(join_path(_fill(pattern, page)).rstrip("/").removesuffix("#")), cased=cased)
    else:
        # In the path of a file each space is a hyphen; in a slug a row of them is one.
        slug = sanitize(_slug(page), cased=cased)
        parts = (part.strip() for part in (*folders, "" if slug else page.name.slug))
        above = sanitize("/" + "/".join(parts).replace(" ", "-"), cased=cased)
        path = f"{above.rstrip('/')}/{slug}"
    path = join_path(path)
    ugly = options.get("ugly")
    if ugly is True or (isinstance(ugly, Mapping) and ugly.get(section.lower()) is True):
        path = f"{path.rstrip('/')}.html"
    else:
        path = f"{path.rstrip('/')}/"
    return host + prefix + path


def _find_language(page: Page) -> tuple[str, str]:
    options = page.facts.options
    default = options.get("default_language")
    key = page.name.language or default
    if len(options.get("languages", {})) == 0:
        return (f"/{default}", "") if options.get("in_subfolder") else ("", "")
    if host := options["languages"].get(key):
        return "", str(host).rstrip("/") if key != default else ""
    return (f"/{key}", "") if key != default or options.get("in_subfolder") else ("", "")


def _slug(page: Page) -> str:
    slug = page.fields.get("slug")
    return str(slug).strip("-").strip("/") if slug is not None else ""


def _fill(pattern: str, page: Page) -> str:
    cased = bool(page.facts.options.get("cased"))
    folders = page.name.folders
    when = page.published

    def fill(match: re.Match[str]) -> str:
        name, part = match.groups()
        if name in {"section", "sectionslug"}:
            return folders[0] if folders else ""
        if name in {"sections", "sectionslugs"}:
            return "/".join(_slice(_find_sections(page), part))
        tail = part or ""
        texts = {
            "title": lambda: page.written or page.title,
            "slug": lambda: _slug(page) or page.written or page.title,
            "slugorfilename": lambda: _slug(page) or page.name.slug,
            "slugorcontentbasename": lambda: _slug(page) or page.name.slug,
            "filename": lambda: page.name.slug,
            "contentbasename": lambda: page.name.slug,
        }
        if name in texts:
            text = texts[name]()
            # A slash is no folder in a title, but one in a slug.
            return sanitize(text if text == _slug(page) else text.replace("/", "-"), cased=cased) + tail
        if when is None:
            return match[0]
        dates: Mapping[str, Any] = {
            "year": f"{when.year:04}",
            "month": f"{when:%m}",
            "monthname": MONTHS[when.month - 1],
            "day": f"{when:%d}",
            "weekday": str(when.isoweekday() % 7),
            "weekdayname": DAYS[when.weekday()],
            "yearday": str(when.timetuple().tm_yday),
        }
        return str(dates[name]) + tail if name in dates else match[0]

    filled = _TOKEN.sub(fill, pattern)
    return filled if cased else filled.lower()


def _find_sections(page: Page) -> tuple[str, ...]:
    """The folders that are sections: the first one, and those below it with an `_index.md`."""
    folders = page.name.folders
    known = page.facts.options.get("sections", ())
    content = find_content(page.file.source, page.facts.options)[0]
    paths = ["/".join(filter(None, (content, *folders[:count]))) for count in range(1, len(folders) + 1)]
    return tuple(folder for index, folder in enumerate(folders) if not index or paths[index] in known)


def _slice(folders: tuple[str, ...], part: str | None) -> tuple[str, ...]:
    """`[1:]`, `[:last]`, `[0]`, `[last]` of `:sections`."""
    if not part:
        return folders
    start, colon, end = part[1:-1].partition(":")
    last = len(folders) - 1
    numbers = [last if text == "last" else int(text) if text.isdigit() else None for text in (start, end)]
    if not colon:
        index = numbers[0]
        return folders[index : index + 1] if index is not None else folders
    return folders[numbers[0] : numbers[1]]


def sanitize(text: str, *, cased: bool = False) -> str:
    """Hugo's paths.Sanitize: letters, digits, marks and a few signs stay, white space is a hyphen."""
    result: list[str] = []
    pending = False
    hyphen = False
    for index, character in enumerate(unicodedata.normalize("NFC", text)):
        kept = (
            character in _KEPT or unicodedata.category(character)[0] in "LM" or unicodedata.category(character) == "Nd"
        )
        if kept or (character == "%" and _HEX.match(text, index)):
            hyphen = character == "-"
            if pending and not hyphen:
                result.append("-")
            pending = False
            result.append(character)
        elif result and not hyphen and character.isspace():
            pending = True
    joined = "".join(result)
    return joined if cased else joined.lower()
