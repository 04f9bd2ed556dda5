"""What one would write in an afternoon: posts in, a feed for the site and for each tag, author and category out."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from zoneinfo import ZoneInfo

import markdown
import yaml
from feedgen.feed import FeedGenerator

SITE, ZONE, LIMIT = "https://bench.example", ZoneInfo("Europe/Lisbon"), 20


def read_post(path: Path) -> dict:
    """The header of a post, with its body as `text`."""
    _, header, body = path.read_text("utf-8").split("---\n", 2)
    post = yaml.safe_load(header)
    return post | {"text": body, "when": post["date"].replace(tzinfo=ZONE), "url": f"{SITE}/{path.stem}/"}


def write_feed(folder: Path, title: str, posts: list[dict]) -> None:
    """The RSS and the Atom of some posts."""
    generator = FeedGenerator()
    generator.id(f"{SITE}/{folder.name}")
    generator.title(title)
    generator.description(title)
    generator.link(href=SITE)
    for post in posts[:LIMIT]:
        if "html" not in post:
            post["html"] = markdown.markdown(post["text"], extensions=["extra", "sane_lists"])
        entry = generator.add_entry(order="append")
        entry.id(post["url"])
        entry.title(post["title"])
        entry.link(href=post["url"])
        entry.published(post["when"])
        entry.updated(post["when"])
        entry.author([{"name": name} for name in post["authors"]])
        entry.category([{"term": tag} for tag in post["tags"]])
        entry.content(post["html"], type="html")
    folder.mkdir(parents=True, exist_ok=True)
    generator.rss_file(folder / "rss.xml", pretty=True)
    generator.atom_file(folder / "atom.xml", pretty=True)


def main(source: Path, output: Path) -> None:
    """Read all posts and write all feeds."""
    posts = [post for path in source.glob("*.md") if not (post := read_post(path))["draft"]]
    posts.sort(key=lambda post: post["when"], reverse=True)
    groups = defaultdict(list)
    for post in posts:
        for kind in ("tags", "authors", "categories"):
            for name in post[kind]:
                groups[kind, name].append(post)
    write_feed(output, "Made up", posts)
    for (kind, name), members in groups.items():
        write_feed(output / kind / name.lower().replace(" ", "-"), f"Made up: {name}", members)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
