"""Front matter keys under their many names, and the plain values behind them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

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

    __slots__ = ("folded",)

    def __init__(self, fields: Mapping[str, Any]) -> None:
        super().__init__(fields)
        self.folded = fold_keys(tuple(fields))


@lru_cache(maxsize=4096)
def fold_keys(keys: tuple[str, ...]) -> Mapping[str, str]:
    """Each key under its folded form, of two with one form the first; most headers of a site have the same keys."""
    return {fold_key(key): key for key in reversed(keys)}


def find_fields(fields: Mapping[str, Any], names: Collection[str]) -> Iterator[tuple[str, Any]]:
    """Those of `names` (folded) that say something, in the order of `names`: the key in `fields` and its value."""
    folded = fields.folded if isinstance(fields, Fields) else fold_keys(tuple(fields))
    # Most posts have none of most fields, which is found out without a look at each name.
    return iter(()) if folded.keys().isdisjoint(names) else _find_each(fields, folded, names)


def _find_each(
    fields: Mapping[str, Any], folded: Mapping[str, str], names: Collection[str]
) -> Iterator[tuple[str, Any]]:
    for name in names:
        if (key := folded.get(name)) is not None and not is_empty(fields[key]):
            yield key, fields[key]


def find_field(fields: Mapping[str, Any], names: Collection[str]) -> tuple[str, Any]:
    """The first of `names` (folded) that says something, or ("", None)."""
    return next(find_fields(fields, names), ("", None))


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
