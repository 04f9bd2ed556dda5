"""Pelican, by https://docs.getpelican.com/en/latest/content.html and /settings.html."""

from __future__ import annotations

import pytest

from blogs import configure, load, load_by_source, load_one, path_of, published, write
from feeds.errors import ConfigError
from feeds.models import Markup, Status

CONF = "SITENAME = 'Ada'\nSITEURL = 'https://example.org'\nPATH = 'content'\nTIMEZONE = 'Europe/Paris'\n"
POST = (
    "Title: My super title\n"
    "Date: 2010-12-03 10:20\n"
    "Modified: 2010-12-05 19:30\n"
    "Category: Python\n"
    "Tags: pelican, publishing\n"
    "Slug: my-super-post\n"
    "Authors: Alexis Metaireau, Conan Doyle\n"
    "Summary: Short version for index and feeds\n"
    "\n"
    "This is the content.\n"
)
RST = """My super title
##############

:date: 2010-10-03 10:20
:modified: 2010-10-04 18:40
:tags: thats, awesome
:category: yeah
:slug: my-super-post
:authors: Alexis Metaireau, Conan Doyle
:summary: Short version for
  index and feeds

The *body*.
"""
HTML = """<html>
    <head>
        <title>My super title</title>
        <meta name="tags" content="thats, awesome" />
        <meta name="date" content="2012-07-09 22:28" />
        <meta name="category" content="yeah" />
        <meta name="authors" content="Alexis Metaireau, Conan Doyle" />
    </head>
    <body>
        This is the content of my super blog post.
    </body>
</html>"""


def site(tmp_path, conf="", **files):
    return write(tmp_path, {"pelicanconf.py": CONF + conf} | {f"content/{name}": text for name, text in files.items()})


def test_metadata_needs_no_fence_and_ends_at_the_first_blank_line(tmp_path):
    post = load_one(site(tmp_path, **{"a.md": POST}))
    assert (post.title, post.url) == ("My super title", "https://example.org/my-super-post.html")
    assert post.published.isoformat() == "2010-12-03T10:20:00+01:00"
    assert post.updated.isoformat() == "2010-12-05T19:30:00+01:00"
    assert (post.categories, post.tags) == (("Python",), ("pelican", "publishing"))
    assert [person.name for person in post.authors] == ["Alexis Metaireau", "Conan Doyle"]
    assert post.summary == "Short version for index and feeds"
    assert post.body.strip() == "This is the content."
    assert post.markup is Markup.MARKDOWN


def test_restructured_text_has_its_fields_below_the_title(tmp_path):
    post = load_one(site(tmp_path, **{"a.rst": RST}))
    assert (post.title, post.url, post.markup) == (
        "My super title",
        "https://example.org/my-super-post.html",
        Markup.RST,
    )
    assert post.published.isoformat() == "2010-10-03T10:20:00+02:00"
    assert (post.categories, post.tags, post.summary) == (
        ("yeah",),
        ("thats", "awesome"),
        "Short version for index and feeds",
    )
    assert post.body == "The *body*.\n"


def test_a_title_with_a_colon_is_a_title_in_restructured_text(tmp_path):
    text = "Plone: First class citizen\n==========================\n\n:date: 2011-10-24 09:09\n\nText.\n"
    post = load_one(site(tmp_path, **{"a.rst": text}))
    assert (post.status, post.title) == (Status.PUBLISHED, "Plone: First class citizen")
    # content.html, File metadata: the date may come from the name of the file alone.
    named = load_one(site(tmp_path / "b", **{"2011-10-24-b.rst": "Re: this\n========\n\nText.\n"}))
    assert (named.title, f"{named.published:%F}", named.body) == ("Re: this", "2011-10-24", "Text.\n")


def test_the_category_is_what_category_says(tmp_path):
    # content.html, File metadata: the field, else the folder; an empty field is none.
    header = "Title: A\nDate: 2024-01-02\n{}\n"
    files = {
        "linux/a.md": header.format("Slug: a\nCategory:"),
        "linux/b.md": header.format("Slug: b\nCategories: Not Pelican's"),
        "linux/c.md": header.format("Slug: c\nCategory: Kernel"),
    }
    posts = load(site(tmp_path, "ARTICLE_URL = '{category}/{slug}/'", **files)).posts
    assert [(path_of(post), post.categories) for post in posts] == [
        ("/linux/a/", ("linux",)),
        ("/linux/b/", ("linux",)),
        ("/kernel/c/", ("Kernel",)),
    ]


def test_a_date_with_the_year_last_is_read_as_dateutil_reads_it(tmp_path):
    post = load_one(site(tmp_path, **{"a.md": "Title: A\nDate: 10.11.2017\n\n"}))
    assert f"{post.published:%F}" == "2017-10-11"


def test_html_has_its_metadata_in_the_head(tmp_path):
    post = load_one(site(tmp_path, **{"a.html": HTML}))
    assert (post.title, post.tags, post.markup) == ("My super title", ("thats", "awesome"), Markup.HTML)
    assert post.body.strip() == "This is the content of my super blog post."


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("Title: Foo: a bar", "Foo: a bar"),
        ("---\nTitle: Foo: a bar\n---", "Foo: a bar"),
        ('Title: "Quoted"', "Quoted"),
        ("title: 'It''s' and more", "'It''s' and more"),
        ("---\ntitle: YAML\ntags:\n  - a\n  - b\n---", "YAML"),
        ("Title: A long\n    title", "A long title"),
        ("Title: R&amp;D", "R&D"),
        ("\ufeffTitle: Marked", "Marked"),
    ],
)
def test_the_header_is_no_yaml_unless_only_yaml_can_be_meant(tmp_path, header, title):
    text = (
        header.replace("\n---", "\ndate: 2024-01-02\n---")
        if header.count("---") > 1
        else f"{header}\nDate: 2024-01-02\n"
    )
    post = load_one(site(tmp_path, **{"a.md": f"{text}\n\nBody\n"}))
    assert (post.title, post.status) == (title, Status.PUBLISHED)


@pytest.mark.parametrize(
    ("conf", "name", "header", "address"),
    [
        ("", "a.md", "", "/hello-world.html"),
        (
            "ARTICLE_URL = 'posts/{date:%Y}/{date:%b}/{date:%d}/{slug}/'\n",
            "a.md",
            "",
            "/posts/2024/Jan/02/hello-world/",
        ),
        ("ARTICLE_URL = '{category}/{slug}/index.html'\n", "News/a.md", "", "/news/hello-world/"),
        ("ARTICLE_SAVE_AS = 'x/{slug}.html'\n", "a.md", "", "/x/hello-world.html"),
        (
            "ARTICLE_URL = '{author}/{lang}/{slug}'\n",
            "a.md",
            "Author: Ada Lovelace\n",
            "/ada-lovelace/en/hello-world",
        ),
        ("SLUGIFY_SOURCE = 'basename'\n", "My File.md", "", "/my-file.html"),
        ("", "a.md", "Slug: other\n", "/other.html"),
        ("", "a.md", "Url: /some/place/\nSave_as: some/place/index.html\n", "/some/place/"),
        ("", "a.md", "Lang: fr\n", "/hello-world-fr.html"),
        ("ARTICLE_LANG_URL = '{lang}/{slug}'\n", "a.md", "Lang: fr\n", "/fr/hello-world"),
        ("I18N_SUBSITES = {'fr': {}}\n", "a.md", "Lang: fr\n", "/fr/hello-world.html"),
        (
            "FILENAME_METADATA = r'(?P<date>\\d{4}-\\d{2}-\\d{2})_(?P<slug>.*)'\n",
            "2024-01-02_by-name.md",
            "",
            "/by-name.html",
        ),
    ],
)
def test_the_address_follows_article_url(tmp_path, conf, name, header, address):
    text = f"Title: Hello, World!\nDate: 2024-01-02\n{header}\nBody\n"
    assert path_of(load_one(site(tmp_path, conf, **{name: text}))) == address


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Größe & Maß", "grosse-mass"),
        ("C++ vs. C#", "c-vs-c"),
        ("Привет мир", "privet-mir"),
        ("サーバーのログ", "sa-ba-norogu"),
        ("R&amp;D", "rd"),
    ],
)
def test_slugs_are_pelicans(tmp_path, title, slug):
    assert path_of(load_one(site(tmp_path, **{"a.md": f"Title: {title}\nDate: 2024-01-02\n\nx\n"}))) == f"/{slug}.html"


def test_entities_of_a_title_in_restructured_text_are_words(tmp_path):
    post = load_one(site(tmp_path, **{"a.rst": "R&amp;D\n#######\n\n:date: 2024-01-02\n\nx\n"}))
    assert path_of(post) == "/rampd.html"


def test_the_folder_is_the_category_and_pages_are_no_articles(tmp_path):
    text = "Title: {}\nDate: 2024-01-02\n\nBody\n"
    root = site(
        tmp_path,
        **{"Python/a.md": text.format("A"), "b.md": text.format("B"), "pages/about.md": text.format("About")},
    )
    posts = load_by_source(root)
    assert {source: post.categories for source, post in posts.items()} == {
        "content/Python/a.md": ("Python",),
        "content/b.md": ("misc",),
    }


def test_the_day_may_stand_in_the_name(tmp_path):
    post = load_one(site(tmp_path, **{"2024-01-02-hello.md": "Title: Hello\n\nBody\n"}))
    assert post.published.isoformat() == "2024-01-02T00:00:00+01:00"


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("Title: T\nDate: 2024-01-02\nStatus: draft\n", Status.DRAFT),
        ("Title: T\nDate: 2024-01-02\nStatus: hidden\n", Status.HIDDEN),
        ("Title: T\nDate: 2024-01-02\nStatus: Published\n", Status.PUBLISHED),
        ("Title: T\n", Status.UNDATED),
        ("Date: 2024-01-02\n", Status.HIDDEN),
        ("\ufeffTitle: T\nDate: 2024-01-02\n", Status.PUBLISHED),
        ("\nTitle: Behind a blank line\nDate: 2024-01-02\n", Status.HIDDEN),
        ("\n---\ntitle: T\ndate: 2024-01-02\ntags: [a]\n---\n", Status.PUBLISHED),
        ("Title: T\nDate: 2030-01-02\n", Status.PUBLISHED),
    ],
)
def test_the_status_is_what_pelican_would_do(tmp_path, header, status):
    assert load_one(site(tmp_path, **{"a.md": f"{header}\nBody\n"})).status is status


def test_future_posts_wait_where_the_site_says_so(tmp_path):
    root = site(tmp_path, "WITH_FUTURE_DATES = False\n", **{"a.md": "Title: T\nDate: 2030-01-02\n\nBody\n"})
    assert load_one(root).status is Status.SCHEDULED


def test_publishconf_has_the_last_word_and_nothing_is_run(tmp_path):
    root = site(tmp_path, "SITEURL = ''\nAUTHOR = 'Ada'\n", **{"a.md": POST})
    write(
        root,
        {"publishconf.py": "import os\nfrom pelicanconf import *\nSITEURL = 'https://real.example'\nos.mkdir('ran')\n"},
    )
    config = configure(root)
    assert (config.site.url, config.site.title, config.site.authors[0].name) == (
        "https://real.example/",
        "Ada",
        "Ada",
    )
    assert config.origins["site.url"] == "publishconf.py"
    assert not (root / "ran").exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("{}.md", POST),
        ("{}.rst", RST),
        # content.html, File metadata: the date may come from the name, by FILENAME_METADATA.
        ("2024-01-02-{}.md", "Title: A\nTags: b\n\nText\n"),
    ],
)
def test_a_site_without_its_settings_is_known_by_its_headers(tmp_path, name, text):
    files = {name.format(n): text.replace("my-super-post", f"p{n}").replace(": A", f": A{n}") for n in range(3)}
    root = write(tmp_path, {f"content/posts/{file}": content for file, content in files.items()})
    config = configure(root)
    assert config.site.convention == "pelican"
    assert len(published(load(root))) == 3


def test_a_pattern_that_is_none_is_named(tmp_path):
    with pytest.raises(ConfigError, match="FILENAME_METADATA"):
        configure(site(tmp_path, "FILENAME_METADATA = '(?P<x'\n", **{"a.md": POST}))
