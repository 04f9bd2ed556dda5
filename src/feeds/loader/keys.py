"""Front matter keys under their many names, and the plain values behind them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# Each field's names, best first, as `fold_key` writes them. `published` may be a date or a yes/no.
PUBLISHED = (
    "date", "pubdate", "publishdate", "publisheddate", "publishedat", "publishedon",
    "datepublished", "publicationdate", "pubdatetime", "publishtime", "publishedtime", "published", "releasedate",
    "posted", "postdate", "dated", "created", "createdat", "createdon", "datecreated", "creationdate", "createddate",
    "createdate", "createdtime", "createtime", "added", "dateadded",
)  # fmt: skip
UPDATED = (
    "updated", "lastmod", "modified", "lastmodifiedat", "updateddate", "updatedat", "updatedon",
    "dateupdated", "lastupdated", "lastupdate", "lastmodified", "lastedited", "datemodified",
    "modifieddate", "modifiedat", "moddate", "moddatetime", "updatedtime", "updatetime", "updatedate", "update",
)  # fmt: skip
EXPIRES = ("expirydate", "expiredate", "expires", "expirationdate", "unpublishdate")
AVAILABLE = ("publishdate",)
AUTHORS = ("authors", "author", "authorname", "authornames", "by", "byline", "writer", "writers")
TAGS = ("tags", "tag", "keywords", "topics")
CATEGORIES = ("categories", "category")
SUMMARY = ("description", "summary", "excerpt", "spoiler", "abstract", "lead", "dek", "subtitle")
LANGUAGE = ("lang", "language", "locale")
IN_FEEDS = ("feed",)
GUID = ("guid", "uuid", "id")
ALIASES = ("redirectfrom", "aliases", "alias", "redirects")
ENCLOSURE = ("enclosure", "audio", "video", "podcast", "enclosures", "attachments")
IMAGE = (
    "image", "cover", "coverimage", "hero", "heroimage", "headerimg", "headerimage",
    "featuredimage", "featureimage", "featured", "thumbnail", "thumb", "thumbnailimage", "banner",
    "bannerimage", "ogimage", "socialimage", "teaser", "preview", "previewimage", "images", "img",
    "header", "resources", "opengraph",
)  # fmt: skip

_FOLDED = str.maketrans("", "", "-_ .:")


@lru_cache(maxsize=4096)
def fold_key(key: str) -> str:
    """The form in which `lastModifiedAt`, `last_modified_at` and `Last-Modified-At` are one key."""
    return key.lower().translate(_FOLDED)


class Fields(dict[str, Any]):
    """A table that is asked for many names: its keys are folded once."""

    __slots__ = ("known",)

    def __init__(self, fields: Mapping[str, Any]) -> None:
        super().__init__(fields)
        self.known = know_keys(tuple(fields))


class KnownKeys(dict[tuple[str, ...], tuple[str, ...]]):
    """Of the keys of a table those that are among some names, in the order of the names."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__()
        # Of two keys with one form the first. A table in a header may have numbers for keys.
        self._folded = {fold_key(str(key)): key for key in reversed(keys)}

    def __missing__(self, names: tuple[str, ...]) -> tuple[str, ...]:
        found = self[names] = tuple(self._folded[name] for name in names if name in self._folded)
        return found


@lru_cache(maxsize=4096)
def know_keys(keys: tuple[str, ...]) -> KnownKeys:
    """What is known of a table with these keys; most headers of a site have the same."""
    return KnownKeys(keys)


def _find_keys(fields: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, ...]:
    return (fields.known if isinstance(fields, Fields) else know_keys(tuple(fields)))[names]


def find_fields(fields: Mapping[str, Any], names: tuple[str, ...]) -> list[tuple[str, Any]]:
    """Those of `names` (folded) that say something, in the order of `names`: the key in `fields` and its value."""
    return [(key, fields[key]) for key in _find_keys(fields, names) if not is_empty(fields[key])]


def find_field(fields: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, Any]:
    """The first of `names` (folded) that says something, or ("", None)."""
    for key in _find_keys(fields, names):
        if not is_empty(value := fields[key]):
            return key, value
    return "", None


def is_empty(value: Any) -> bool:
    """Whether a value says nothing: null, white space, an empty list or table."""
    return value is None or (not value.strip() if isinstance(value, str) else value in ([], {}))


def is_true(value: Any) -> bool:
    """Whether a value says yes, as YAML 1.1, TOML or a person in quotes does."""
    return (
        value is True
        or (isinstance(value, str) and value.strip().lower() in {"true", "yes", "on", "y", "1"})
        or (isinstance(value, int) and not isinstance(value, bool) and value == 1)
    )


def is_false(value: Any) -> bool:
    """Whether a value says no; nothing said is neither yes nor no."""
    return (
        value is False
        or (isinstance(value, str) and value.strip().lower() in {"false", "no", "off", "n", "0"})
        or (isinstance(value, int) and not isinstance(value, bool) and value == 0)
    )
