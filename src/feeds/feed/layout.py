"""Where the files of a feed lie below the output, so that the addresses subscribers already have stay good.

A pattern is an address below the site's. In it stands for the tag, author or category: `{slug}`, our own; `{name}`, as
it is written, where that can be a file's name; `{urlized}`, `{latin}`, `{wordpress}` and `{ghost}`, as Hugo, Pelican,
WordPress and Ghost spell it. A pattern that ends with a slash is what a generator's server answers with a feed: the
file is the `index.xml` in that folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.errors import ConfigError
from feeds.slugs import make_ghost_slug, make_latin_slug, make_slug, make_wordpress_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE_NAMES = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
INDEX = "index.xml"
PLACEHOLDERS = ("slug", "name", "urlized", "latin", "wordpress", "ghost")
PLACEHOLDER = re.compile(rf"\{{({'|'.join(PLACEHOLDERS)})\}}")
FILE_NAME = re.compile(r"\w([\w +&'-]*[\w+'-])?")

SPELLINGS = {"latin": make_latin_slug, "wordpress": make_wordpress_slug, "ghost": make_ghost_slug}

# By layout, kind of feed and format; what a generator has no feed for lies where it does in the layout `feeds`.
LAYOUTS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "feeds": {},
    # jekyll-feed's README (`feed.path`, `feed.categories`, `feed.tags`); names go into the addresses as they are
    "jekyll": {
        "site": {"atom": "feed.xml"},
        "tag": {"atom": "feed/by_tag/{name}.xml"},
        "category": {"atom": "feed/{name}.xml"},
    },
    # gohugo.io, "RSS templates": the home page's and each taxonomy term's index.xml
    "hugo": {
        "site": {"rss": "index.xml"},
        "tag": {"rss": "tags/{urlized}/index.xml"},
        "author": {"rss": "authors/{urlized}/index.xml"},
        "category": {"rss": "categories/{urlized}/index.xml"},
    },
    # docs.getpelican.com, "Feed settings": the defaults, in RSS too; an author and a category of one name clash there
    # as they do here
    "pelican": {
        "site": {"atom": "feeds/all.atom.xml", "rss": "feeds/all.rss.xml"},
        "author": {"atom": "feeds/{latin}.atom.xml", "rss": "feeds/{latin}.rss.xml"},
        "category": {"atom": "feeds/{latin}.atom.xml", "rss": "feeds/{latin}.rss.xml"},
        "language": {"atom": "feeds/all-{latin}.atom.xml", "rss": "feeds/all-{latin}.rss.xml"},
    },
    # WP_Rewrite in WordPress, with the default bases `tag` and `category`
    "wordpress": {
        "site": {"rss": "feed/", "atom": "feed/atom/"},
        "tag": {"rss": "tag/{wordpress}/feed/", "atom": "tag/{wordpress}/feed/atom/"},
        "author": {"rss": "author/{wordpress}/feed/", "atom": "author/{wordpress}/feed/atom/"},
        "category": {"rss": "category/{wordpress}/feed/", "atom": "category/{wordpress}/feed/atom/"},
    },
    # Ghost's RSSRouter and its default routes.yaml: each collection's and taxonomy's rss/
    "ghost": {
        "site": {"rss": "rss/"},
        "tag": {"rss": "tag/{ghost}/rss/"},
        "author": {"rss": "author/{ghost}/rss/"},
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPlace:
    """Where one format of a feed is: its file below the output and its address below the site's, both with slashes."""

    file: str
    address: str


def place_feed(
    *,
    layout: str,
    kind: str,
    name: str,
    folder: str,
    formats: Iterable[str],
    patterns: Mapping[str, Mapping[str, str]],
) -> dict[str, FeedPlace]:
    """The place of each of the feed's formats. `folder` is the feed's own ("tags/c"); its last part is the slug.

    `patterns` are the site's own, by kind and format, and win over the layout. Raises ConfigError for an unknown
    layout.
    """
    if layout not in LAYOUTS:
        import difflib

        near = difflib.get_close_matches(layout, LAYOUTS, n=1)
        known = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(LAYOUTS)}"
        raise ConfigError(f"is no layout: {layout!r}; {known}", key="feeds.layout")
    places = {}
    for format_ in formats:
        pattern = patterns.get(kind, {}).get(format_) or LAYOUTS[layout].get(kind, {}).get(format_)
        if pattern:
            address = PLACEHOLDER.sub(lambda found: _spell(found[1], name, folder.rpartition("/")[2]), pattern)
        else:
            address = f"{folder}/{FILE_NAMES[format_]}".lstrip("/")
        places[format_] = FeedPlace(file=address + (INDEX if address.endswith("/") else ""), address=address)
    return places


def _spell(how: str, name: str, slug: str) -> str:
    if how == "slug":
        return slug
    if how == "name":
        return name if FILE_NAME.fullmatch(name) else slug
    if how == "urlized":
        return _urlize(name) or slug
    # A slug that is not the name's plain one was chosen, or parts two names that would be one.
    return (SPELLINGS[how](name) if slug == make_slug(name) else "") or slug


def _urlize(name: str) -> str:
    """Hugo's `urlize`: lower case, hyphens for white space, and of the signs only those that it lets into a path.

    A slash parts folders there too.
    """
    plain = re.sub(r"[^\w.#+~@/-]", "", re.sub(r"\s+", "-", name.strip().lower()))
    return "/".join(filter(None, (part.strip(".") for part in plain.split("/"))))
