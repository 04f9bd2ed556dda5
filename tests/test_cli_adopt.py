"""A blog changes to us: its subscribers' reader, which is feedparser here, must notice nothing."""

import json

import feedparser
import pytest

from cli_sites import feeds, mailed

NAMES = [f"post-{n:02}" for n in range(1, 13)]
JEKYLL = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>https://blog.example/feed.xml</id>
<title type="html">Blog</title><updated>2026-02-20T00:00:00+00:00</updated>{}</feed>"""
JEKYLL_ENTRY = """<entry><title type="html">{title}</title><id>https://blog.example/2026/01/{day}/{name}</id>
<link href="https://blog.example/2026/01/{day}/{name}.html" rel="alternate" type="text/html" title="{title}" />
<published>2026-01-{day}T09:00:00+00:00</published><updated>2026-01-{day}T09:00:00+00:00</updated>
<content type="html" xml:base="https://blog.example/2026/01/{day}/{name}.html"><![CDATA[<p>Words.</p>]]></content>
<author><name></name></author></entry>"""
RSS = """<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Blog</title>
<link>https://blog.example/</link><description>Recent content on Blog</description>{}</channel></rss>"""
HUGO_ENTRY = """<item><title>{title}</title><link>https://blog.example/posts/{name}/</link>
<pubDate>Mon, {day} Jan 2026 09:00:00 +0000</pubDate><guid>https://blog.example/posts/{name}/</guid>
<description>&lt;p&gt;Words.&lt;/p&gt;</description></item>"""
PELICAN_ENTRY = """<item><title>{title}</title><link>https://blog.example/{name}.html</link><description>Words.</description>
<pubDate>Mon, {day} Jan 2026 09:00:00 +0000</pubDate><guid>tag:blog.example,2026-01-{day}:/{name}.html</guid></item>"""
PELICAN = (
    "SITENAME = 'Blog'\nSITEURL = 'https://blog.example'\nTIMEZONE = 'UTC'\nPATH = 'content'\nDEFAULT_LANG = 'en'\n"
)
HEADER = "---\ntitle: {title}\ndate: 2026-01-{day} 09:00:00 +0000\n---\n\nWords.\n"
# By generator: its settings, a post's file and text, its feed, that feed's file in the generator's layout.
GENERATORS = {
    "jekyll": (
        {"_config.yml": "title: Blog\nurl: https://blog.example\n"},
        ("_posts/2026-01-{day}-{name}.md", HEADER),
        (JEKYLL, JEKYLL_ENTRY),
        "feed.xml",
    ),
    "hugo": (
        {"hugo.toml": 'baseURL = "https://blog.example/"\ntitle = "Blog"\n'},
        ("content/posts/{name}.md", HEADER),
        (RSS, HUGO_ENTRY),
        "index.xml",
    ),
    "pelican": (
        {"pelicanconf.py": PELICAN},
        ("content/{name}.md", "Title: {title}\nDate: 2026-01-{day} 09:00\nSlug: {name}\n\nWords.\n"),
        (RSS, PELICAN_ENTRY),
        "feeds/all.rss.xml",
    ),
}


def facts(name):
    return {"name": name, "day": name[-2:], "title": name.replace("-", " ").title()}


def make_blog(root, generator, shown=10):
    """A blog of twelve posts, and the feed of the newest `shown` as its generator writes it."""
    settings, (path, text), (feed, entry), _ = GENERATORS[generator]
    for file, words in settings.items():
        root.mkdir(exist_ok=True)
        (root / file).write_text(words, "utf-8")
    for name in NAMES:
        post = root / path.format(**facts(name))
        post.parent.mkdir(parents=True, exist_ok=True)
        post.write_text(text.format(**facts(name)), "utf-8")
    entries = [entry.format(**facts(name)) for name in reversed(NAMES[-shown:])]
    (root.parent / "old.xml").write_text(feed.format("".join(entries)), "utf-8")
    return root


def read(path):
    return {entry.title: entry.id for entry in feedparser.parse(path.read_bytes()).entries}


@pytest.mark.parametrize("generator", GENERATORS)
@pytest.mark.parametrize("tried_before", [False, True])
def test_a_reader_sees_the_same_entries_before_and_after(tmp_path, generator, tried_before):
    blog = make_blog(tmp_path / "blog", generator)
    (blog / "feeds.toml").write_text(f'[feeds]\nlayout = "{generator}"\nlimit = 10\n')
    if tried_before:
        feeds(blog, "build")
    adopted = feeds(blog, "adopt", tmp_path / "old.xml")
    assert (adopted.status, adopted.err) == (0, "")
    built = feeds(blog, "build")
    assert (built.status, built.err) == (0, "")
    before = read(tmp_path / "old.xml")
    assert len(before) == 10
    assert read(blog / "public" / GENERATORS[generator][3]) == before


@pytest.mark.parametrize("generator", GENERATORS)
def test_posts_that_left_the_old_feed_long_ago_come_back_under_the_ids_they_had(tmp_path, generator):
    blog = make_blog(tmp_path / "blog", generator, shown=12)
    everything = read(tmp_path / "old.xml")
    make_blog(blog, generator, shown=10)
    said = feeds(blog, "adopt", tmp_path / "old.xml")
    assert said.err == "note: 2 older posts would be shown again; `limit = 10` under [feeds] prevents it\n"
    assert said.out.count("older  ") == 2
    assert said.out.endswith("12 ids taken over, 0 doubtful, 0 without a post\n")
    feeds(blog, "build")
    assert read(blog / "public/rss.xml") == everything


def test_what_was_mailed_under_the_id_of_a_first_try_is_not_mailed_again(tmp_path):
    blog = make_blog(tmp_path / "blog", "jekyll")
    (blog / "feeds.toml").write_text('[newsletters.weekly]\nfrom = "Blog <news@blog.example>"\n')
    assert feeds(blog, "send", "weekly", "--first-run", "last=1").status == 0
    assert len(mailed(blog)) == 1
    feeds(blog, "adopt", tmp_path / "old.xml")
    assert "weekly: marked as seen" in feeds(blog, "why", "_posts/2026-01-12-post-12.md").out
    assert feeds(blog, "run").status == 0
    assert len(mailed(blog)) == 1


def test_a_program_can_read_what_was_adopted(tmp_path):
    blog = make_blog(tmp_path / "blog", "pelican")
    found = feeds(blog, "adopt", tmp_path / "old.xml", "--dry-run", "--json").object
    assert len(found["matched"]) == 10
    assert found["older"][0] == {
        "id": "tag:blog.example,2026-01-01:/post-01.html",
        "title": "Post 01",
        "source": "content/post-01.md",
    }
    assert json.dumps(found["unmatched"]) == "[]"


def test_a_difference_from_the_feed_of_the_generator_is_seen_before_and_gone_after(tmp_path):
    blog = make_blog(tmp_path / "blog", "jekyll")
    (blog / "feeds.toml").write_text('[feeds]\nlayout = "jekyll"\nlimit = 10\n')
    (blog / "public").mkdir()
    (blog / "public/feed.xml").write_bytes((tmp_path / "old.xml").read_bytes())
    before = feeds(blog, "diff", "--fail-on", "reidentified")
    assert (before.status, before.out.splitlines()[-1]) == (1, "0 new, 0 edited, 10 re-identified, 0 gone")
    feeds(blog, "adopt", tmp_path / "old.xml")
    after = feeds(blog, "diff", "--fail-on", "reidentified")
    assert after.status == 0
    assert ", 0 re-identified, 0 gone" in after.out
