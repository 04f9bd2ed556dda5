"""Entries and feeds for tests that need some and do not care which."""

from datetime import UTC, datetime, timedelta

from feeds.models import Entry, Feed, Person

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
SITE = "https://blog.example/"
FILES = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}


def make_entry(name="one", *, day=0, authors=("Ada",), **more):
    published = START + timedelta(days=day)
    values = {
        "id": f"{SITE}{name}/",
        "source": f"posts/{name}.md",
        "url": f"{SITE}{name}/",
        "title": name.title(),
        "published": published,
        "updated": published,
        "summary": f"Words of {name}.",
        "content": f"<p>All the words of {name}.</p>",
        "authors": tuple(Person(name=author) if isinstance(author, str) else author for author in authors),
    }
    return Entry(**(values | more))


def make_feed(*entries, path="", formats=("rss", "atom", "json"), **more):
    files = {name: f"{path}/{FILES[name]}".lstrip("/") for name in formats}
    values = {
        "kind": "tag" if path else "site",
        "name": path.rpartition("/")[2],
        "path": path,
        "title": "Blog",
        "description": "What a blog says",
        "home_page_url": SITE,
        "updated": max((entry.updated for entry in entries), default=START),
        "urls": {name: SITE + file for name, file in files.items()},
        "files": files,
        "site_url": SITE,
        "entries": entries,
        "total": len(entries),
        "authors": (Person(name="Blog"),),
    }
    return Feed(**(values | more))
