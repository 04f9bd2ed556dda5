"""Zola's rules, each case with the page of https://www.getzola.org/documentation/ that it follows."""

from __future__ import annotations

import pytest

from blogs import load_by_source, load_one, path_of, write
from feeds.loader import detect_site
from feeds.models import Status

DATED = '+++\ntitle = "A"\ndate = 2024-01-02\n{}\n+++\nBody\n'


def site(root, config="", **files):
    return write(root, {"config.toml": f'base_url = "https://example.org"\n{config}', **files})


@pytest.mark.parametrize(
    ("config", "source", "header", "path"),
    [
        # content/page/ and content/overview/
        ("", "blog/My Pöst.md", "", "/blog/my-post/"),
        ("", "blog/bundle/index.md", "", "/blog/bundle/"),
        ("", "a.md", "", "/a/"),
        ("", "a.b -- C_d+.md", "", "/a-b-c-d/"),
        ("", "don’t & it's.md", "", "/don-t-it-s/"),
        ("", "为什么旅行.md", "", "/wei-shen-me-lv-xing/"),
        # a folder is written as it is, the page's own name is not (seen with Zola 0.22)
        ("", "My Dir_x/in/A b.md", "", "/My%20Dir_x/in/a-b/"),
        ("", "blog/a.md", 'slug = "Other One"', "/blog/other-one/"),
        ("", "blog/a.md", 'path = "own/Path"', "/own/Path/"),
        ("", "blog/a.md", 'path = "/own"', "/own/"),
        # content/page/#output-paths: a date in front of the name is no part of it
        ("", "blog/2023-05-06-a.md", "", "/blog/a/"),
        ("", "blog/2023-05-06_a/index.md", "", "/blog/a/"),
        # getting-started/configuration/#slugification-strategies
        ('[slugify]\npaths = "safe"', "blog/Mein: Pöst?.md", "", "/blog/Mein_P%C3%B6st/"),
        ('[slugify]\npaths = "off"', "blog/Pöst A.md", "", "/blog/P%C3%B6st%20A/"),
        # content/multilingual/
        ('default_language = "en"\n[languages.fr]\n', "blog/a.fr.md", "", "/fr/blog/a/"),
        ('default_language = "en"\n[languages.fr]\n', "blog/a/index.fr.md", "", "/fr/blog/a/"),
        ("", "blog/a.fr.md", "", "/blog/a-fr/"),
    ],
)
def test_addresses(tmp_path, config, source, header, path):
    assert path_of(load_one(site(tmp_path, config, **{f"content/{source}": DATED.format(header)}))) == path


@pytest.mark.parametrize(
    ("source", "header", "day"),
    [
        ("a.md", "date = 2024-01-02", "2024-01-02"),
        ("2023-05-06-a.md", "", "2023-05-06"),
        ("2023-05-06-a.md", "date = 2024-01-02", "2024-01-02"),
        ("a.md", 'path = "inside/2022/03/04/a"', "2022-03-04"),
    ],
)
def test_the_date_is_in_the_header_or_the_name_or_the_path(tmp_path, source, header, day):
    post = load_one(site(tmp_path, **{f"content/{source}": f'+++\ntitle = "A"\n{header}\n+++\n'}))
    assert post.published is not None
    assert post.published.date().isoformat() == day


def test_what_zola_does_not_publish(tmp_path):
    files = {
        "content/_index.md": "+++\ntitle = 'Blog'\n+++\n",
        "content/_index.fr.md": "+++\n+++\n",
        "content/draft.md": DATED.format("draft = true"),
        "content/unrendered.md": DATED.format("render = false"),
        "content/about.md": "+++\ntitle = 'About'\n+++\n",
        "content/bundle/index.md": DATED.format(""),
        "content/bundle/asset.md": DATED.format(""),
    }
    posts = load_by_source(site(tmp_path, **files))
    assert {source: post.status for source, post in posts.items()} == {
        "content/draft.md": Status.DRAFT,
        "content/unrendered.md": Status.HIDDEN,
        "content/about.md": Status.UNDATED,
        "content/bundle/index.md": Status.PUBLISHED,
    }
    assert detect_site(tmp_path).site["title"] == "Blog"


def test_taxonomies_and_extra_are_fields_like_others(tmp_path):
    """content/page/#front-matter and content/taxonomies/."""
    text = DATED.format(
        'updated = 2024-02-03\nauthors = ["Ada"]\n[taxonomies]\ntags = ["x", "y"]\n'
        'categories = ["c"]\n[extra]\nimage = "a.png"'
    )
    post = load_one(site(tmp_path, **{"content/a.md": text}))
    assert (post.tags, post.categories, post.authors[0].name) == (("x", "y"), ("c",), "Ada")
    assert post.image is not None
    assert post.image.url == "a.png"
    assert post.updated is not None


def test_a_translation_has_its_language_and_no_collision(tmp_path):
    files = {"content/a.md": DATED.format(""), "content/a.fr.md": DATED.format("")}
    posts = load_by_source(site(tmp_path, 'title = "T"\nauthor = "Ada"\n[languages.fr]\n', **files))
    assert [(post.language, post.in_feeds) for post in posts.values()] == [("fr", True), (None, True)]
    assert detect_site(tmp_path).site == {
        "url": "https://example.org",
        "title": "T",
        "language": "en",
        "author": "Ada",
    }
