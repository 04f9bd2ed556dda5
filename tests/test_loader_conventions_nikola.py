"""Nikola, by https://getnikola.com/handbook.html."""

from __future__ import annotations

import pytest

from blogs import configure, load, load_by_source, load_one, path_of, published, write
from feeds.models import Markup, Status

CONF = """BLOG_TITLE = "Demo"
SITE_URL = "https://example.org/"
BLOG_AUTHOR = "Ada"
TIMEZONE = "Europe/Madrid"
DEFAULT_LANG = "en"
TRANSLATIONS = {DEFAULT_LANG: "", "es": "./es"}
"""
LINES = (
    ".. title: Hello World\n"
    ".. slug: hello\n"
    ".. date: 2012-09-15 19:52:05 UTC\n"
    ".. tags: nikola, python\n"
    ".. link:\n"
    ".. author: Grace\n"
)
RST = f"{LINES}\nThe body.\n"
MARKDOWN = f"<!--\n{LINES}-->\n\nThe body.\n"


def site(tmp_path, conf="", **files):
    return write(tmp_path, {"conf.py": CONF + conf} | {f"posts/{name}": text for name, text in files.items()})


@pytest.mark.parametrize(
    ("files", "markup"),
    [
        ({"a.rst": RST}, Markup.RST),
        ({"a.txt": RST}, Markup.RST),
        ({"a.md": MARKDOWN}, Markup.MARKDOWN),
        ({"a.html": MARKDOWN}, Markup.HTML),
        (
            {
                "a.md": (
                    "---\n"
                    "title: Hello World\n"
                    "slug: hello\n"
                    "date: 2012-09-15 19:52:05 UTC\n"
                    "tags: nikola, python\n"
                    "author: Grace\n"
                    "---\n"
                    "\n"
                    "The body.\n"
                )
            },
            Markup.MARKDOWN,
        ),
        (
            {
                "a.md": (
                    "+++\n"
                    "title = 'Hello World'\n"
                    "slug = 'hello'\n"
                    "date = '2012-09-15 19:52:05 UTC'\n"
                    "tags = 'nikola, python'\n"
                    "author = 'Grace'\n"
                    "+++\n"
                    "\n"
                    "The body.\n"
                )
            },
            Markup.MARKDOWN,
        ),
        ({"a.rst": "The body.\n", "a.meta": LINES}, Markup.RST),
        (
            {
                "a.rst": "The body.\n",
                "a.meta": (
                    "---\n"
                    "title: Hello World\n"
                    "slug: hello\n"
                    "date: 2012-09-15 19:52:05 UTC\n"
                    "tags: nikola, python\n"
                    "author: Grace\n"
                    "---\n"
                ),
            },
            Markup.RST,
        ),
    ],
)
def test_metadata_is_read_wherever_nikola_lets_it_stand(tmp_path, files, markup):
    post = load_one(site(tmp_path, **files))
    assert (post.title, post.tags, post.markup) == ("Hello World", ("nikola", "python"), markup)
    assert post.published.isoformat() == "2012-09-15T19:52:05+00:00"
    assert post.url == "https://example.org/posts/hello/"
    assert [person.name for person in post.authors] == ["Grace"]
    assert post.body.strip() == "The body."


def test_the_older_side_car_has_values_in_their_order(tmp_path):
    post = load_one(
        site(
            tmp_path,
            **{
                "a.txt": ".. note:: Look\n\n   here\n",
                "a.meta": "Hello World\nhello\n2012/09/15 19:52\nnikola, python\n",
            },
        )
    )
    assert (post.title, post.tags) == ("Hello World", ("nikola", "python"))
    assert post.published.isoformat() == "2012-09-15T19:52:00+02:00"
    assert post.body.startswith(".. note::")


def test_a_text_that_starts_with_a_directive_has_no_header(tmp_path):
    post = load_one(site(tmp_path, **{"a.rst": ".. image:: a.png\n\nText.\n", "a.meta": LINES}))
    assert (post.title, post.body) == ("Hello World", ".. image:: a.png\n\nText.\n")


@pytest.mark.parametrize(
    ("conf", "name", "extra", "address"),
    [
        ("", "a.rst", "", "/posts/hello/"),
        ("", "2012/a.rst", "", "/posts/2012/hello/"),
        ("PRETTY_URLS = False\n", "a.rst", "", "/posts/hello.html"),
        ("PRETTY_URLS = False\n", "a.rst", ".. pretty_url: True\n", "/posts/hello/"),
        ("STRIP_INDEXES = False\n", "a.rst", "", "/posts/hello/index.html"),
        ("POSTS = (('posts/*.rst', 'blog', 'post.tmpl'),)\n", "a.rst", "", "/blog/hello/"),
        ("POSTS = (('posts/*.rst', {'en': 'news'}, 'post.tmpl'),)\n", "a.rst", "", "/news/hello/"),
        ("", "a.es.rst", "", "/es/posts/hello/"),
    ],
)
def test_the_address_is_destination_folder_and_slug(tmp_path, conf, name, extra, address):
    post = load_one(site(tmp_path, conf, **{name: f"{LINES}{extra}\nBody\n"}))
    assert path_of(post) == address


def test_a_translation_is_its_own_post_in_its_own_language(tmp_path):
    posts = load_by_source(site(tmp_path, **{"a.rst": RST, "a.es.rst": RST}))
    assert [(post.language, post.in_feeds) for post in posts.values()] == [("es", True), (None, True)]


def test_a_post_without_a_slug_is_called_as_its_file(tmp_path):
    text = ".. title: Año\n.. date: 2024-01-02\n\nBody\n"
    assert path_of(load_one(site(tmp_path, **{"Mi Año_nuevo.rst": text}))) == "/posts/mi-ano_nuevo/"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (".. status: draft", Status.DRAFT),
        (".. status: private", Status.HIDDEN),
        (".. status: featured", Status.PUBLISHED),
        (".. tags: a, draft", Status.DRAFT),
        (".. tags: private", Status.HIDDEN),
        (".. date: 2030-01-02", Status.SCHEDULED),
    ],
)
def test_the_status_is_what_nikola_would_do(tmp_path, line, status):
    text = f".. title: T\n.. date: 2024-01-02\n{line}\n\nBody\n".replace(".. date: 2024-01-02\n.. date", ".. date")
    assert load_one(site(tmp_path, **{"a.rst": text})).status is status


def test_titles_by_language_and_settings_are_read_without_running_them(tmp_path):
    root = site(
        tmp_path,
        "BLOG_TITLE = {DEFAULT_LANG: 'English', 'es': 'Español'}\nopen('ran', 'w')\n",
        **{"a.rst": RST},
    )
    config = configure(root)
    assert (config.site.title, config.site.url, config.site.timezone) == (
        "English",
        "https://example.org/",
        "Europe/Madrid",
    )
    assert not (root / "ran").exists()


def test_a_broken_side_car_is_named_and_the_others_go_on(tmp_path):
    loaded = load(site(tmp_path, **{"a.rst": RST, "b.rst": "Body\n", "b.meta": "---\ntitle: [\n---\n"}))
    assert published(loaded) == ["posts/a.rst"]
    assert [problem.path for problem in loaded.problems] == ["posts/b.meta"]


def test_a_site_without_conf_py_is_known_by_its_headers(tmp_path):
    root = write(tmp_path, {"posts/a.rst": RST, "posts/b.txt": "Body\n", "posts/b.meta": LINES.replace("hello", "b")})
    assert configure(root).site.convention == "nikola"
    assert len(published(load(root))) == 2
