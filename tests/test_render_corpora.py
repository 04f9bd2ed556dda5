"""Real blogs, where they are at hand: no generator's syntax is left, and nothing that the author wrote is lost."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.config import read_settings, resolve_config
from feeds.loader import detect_site, load_posts
from feeds.models import Severity, Status
from feeds.render import Renderer
from rendered_faults import find_faults

SAMPLE = 30  # posts of each blog; all of them take a minute
NOW = datetime(2026, 11, 24, tzinfo=UTC)
PLACES = [parent / "shared" / "corpora" for parent in Path(__file__).resolve().parents]
CORPORA = next((place for place in PLACES if place.is_dir()), None)
BLOGS = sorted(place.name for place in CORPORA.iterdir() if place.is_dir()) if CORPORA else []

# What the checker takes for a fault and a reader would not; each with its reason.
EXCEPTIONS = {
    "haufe": {
        "_posts/2016-03-21-Reisekosten-App-Frontend.md": (
            "template syntax",
            "lost word: raw",
            "lost word: endraw",
        ),  # raw text
        "_posts/2017-11-28-spring-cloud-config-and-vault.md": (
            "lost word: table",
            "lost word: contents",
        ),  # {:toc}'s label
        "_posts/2018-03-26-traefik.md": ("lost word: table", "lost word: contents"),  # the same
    },
    "babel": {
        "website/blog/2020-05-25-7.10.0.md": ("lost word: x200b",),  # a character reference in code
    },
    "jxnl": {
        # A fence that is never closed, in an admonition whose title has no quotes: both are text on the site, too.
        "docs/writing/posts/context-engineering-slash-commands-subagents.md": ("template syntax", "lost word"),
        "docs/writing/posts/hiring.md": ("template syntax",),  # `!!! note` before a typographic quote
        "docs/writing/posts/rag-lgtmk.md": ("lost word: note",),  # the kind of an admonition with a title
        "docs/writing/posts/talks/glean-manav.md": ("template syntax",),  # a mark of snippets in a heading
    },
    "nikola-site": {"posts/6333-commits-to-nikola-visualized.txt": ("lost word: raw",)},  # `.. raw:: html` in a list
    "overreacted": {
        "public/the-bug-o-notation/index.md": ("lost word: span", "lost word: style"),  # a tag with `style={{}}`
        "public/where-its-at/index.md": ("lost word: span", "lost word: style"),  # the same
    },
    "spf13": {
        "content/post/hugo-summer2014-update.md": ("template syntax",),  # prose about `# header {#myid}`
        "content/post/the-15-best-vim-plugins.md": ("template syntax",),  # prose about Vim's {{{
    },
    "v8": {
        "src/blog/csa.md": ("lost word: urbof", "lost word: codes"),  # words parted by an entity
        "src/blog/v8-release-80.md": ("lost word",),  # the words of a drawing in SVG, which becomes a link
    },
}


@pytest.mark.skipif(CORPORA is None, reason="the twelve blogs are not beside this checkout")
@pytest.mark.parametrize("blog", BLOGS)
def test_a_real_blogs_entries_are_complete_and_clean(blog):
    root = CORPORA / blog
    options = ["site.url=https://example.org"]
    settings, origins = read_settings(root, environment={}, options=options)
    config = resolve_config(root=root, settings=settings, origins=origins, findings=detect_site(root))
    posts = load_posts(config, now=NOW).posts
    published = [post for post in posts if post.status is Status.PUBLISHED]
    renderer = Renderer(config, posts)
    faults = []
    for post in published[:: len(published) // SAMPLE or 1]:
        result = renderer.render(post, id=post.url)
        known = EXCEPTIONS.get(blog, {}).get(post.source, ())
        faults += [
            f"{post.source}: {fault}"
            for fault in find_faults(post, result.entry)
            if not fault.startswith(known or ("\0",))
        ]
        faults += [str(problem) for problem in result.problems if problem.severity is Severity.ERROR]
    assert len(published) > 30
    assert not faults
