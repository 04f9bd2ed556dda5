"""Digests for tests: entries with every kind of content, and the configuration of a newsletter."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from lxml import html

from feeds.config import Findings, Settings, resolve_config
from feeds.digest import compose_digest
from feeds.models import Entry, Image, Person

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KEY = "0123456789abcdef" * 4
RICH = """
<p>First words, with <a href="https://example.org/a?b=1&amp;c=2">a link</a> and <code>code</code>.</p>
<h2>A section</h2>
<ul><li>One</li><li><p>Two</p></li></ul>
<blockquote><p>Quoted</p></blockquote>
<h3>Below it</h3>
<pre><code><span class="k">def</span> <span class="nf">f</span>(<span class="n">x</span>):
    <span class="k">return</span> <span class="s2">"text"</span>  <span class="c1"># why</span>
</code></pre>
<figure><img src="https://example.org/wide.png" alt="A hill" width="1200"><figcaption>By Ada</figcaption></figure>
<table><thead><tr><th>Name</th><th>Year</th></tr></thead><tbody><tr><td>Atom</td><td>2005</td></tr></tbody></table>
<p>A note.<sup><a href="#fn1">1</a></sup></p>
<ol><li id="fn1"><p>Small print. <a href="#fnref1">↩</a></p></li></ol>
"""
COVER = Image(url="https://example.org/cover.png", alt="Hills at dusk", width=1200, height=630)


def make_config(root, newsletter=None, **site):
    settings = Settings.model_validate(
        {
            "site": {"title": "Example", "url": "https://example.org", "language": "en-GB"} | site,
            "newsletters": {"weekly": {"from": "Example <news@example.org>"} | (newsletter or {})},
        }
    )
    return resolve_config(root=root, settings=settings, origins={}, findings=Findings())


def make_entry(number=0, **changes):
    """The post of that number; a higher one is older."""
    day = datetime(2026, 11, 22, 8, tzinfo=UTC) - timedelta(days=number)
    url = f"https://example.org/post-{number}/"
    values = {
        "id": url,
        "source": f"posts/{number}.md",
        "url": url,
        "title": f"Post number {number}",
        "published": day,
        "updated": day,
        "summary": f"What post {number} is about. Then another sentence. And a third one that is not needed.",
        "content": RICH,
        "words": 660,
        "authors": (Person(name="Ada"), Person(name="Grace")),
    }
    return Entry(**(values | changes))


def make_entries(count, *, image=None, **changes):
    """So many posts, the newest first, each with a picture of its own if they are to have one."""
    pictures = [
        image and replace(image, url=image.url.replace(".png", f"-{n}.png" if n else ".png")) for n in range(count)
    ]
    return [make_entry(number, image=picture, **changes) for number, picture in enumerate(pictures)]


def make_digest(root, entries, newsletter=None, site=None, *, name="weekly", **more):
    """The issue number 12 of `weekly`, whose settings are `newsletter`."""
    config = make_config(root, newsletter, **(site or {}))
    return compose_digest(config, newsletter=name, number=12, key=KEY, entries=entries, now=NOW, **more)


def parse(digest):
    return html.document_fromstring(digest.html)
