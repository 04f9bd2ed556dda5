"""Posts and settings for tests that need some and do not care which."""

from datetime import UTC, datetime, timedelta

from feeds.config import Findings, read_settings, resolve_config
from feeds.models import Person, Post, Status

START = datetime(2026, 1, 1, 9, tzinfo=UTC)


def make_post(name="one", *, day=0, status=Status.PUBLISHED, authors=("Ada",), **more):
    values = {
        "source": f"posts/{name}.md",
        "title": name.title(),
        "body": f"Words of {name}.",
        "url": f"https://blog.example/{name}/",
        "published": START + timedelta(days=day),
        "authors": tuple(Person(name=author) for author in authors),
    }
    return Post(status=status, **(values | more))


def make_config(root, text="", **more):
    settings, origins = read_settings(root, environment={}, options=())
    if text:
        (root / "feeds.toml").write_text(text, "utf-8")
        settings, origins = read_settings(root, environment={}, options=())
    findings = more.pop("findings", Findings(site={"url": "https://blog.example/", "title": "Blog"}))
    return resolve_config(root=root, settings=settings, origins=origins, findings=findings, **more)
