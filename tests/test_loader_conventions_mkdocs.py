"""Material for MkDocs, by https://squidfunk.github.io/mkdocs-material/plugins/blog/."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from blogs import configure, load, load_by_source, load_one, path_of, published, write
from feeds.models import Markup, Person, Status

CONFIG = """site_name: My Docs
site_url: https://example.org/
theme:
  name: material
  language: de
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
plugins:
  - search
"""
POST = "---\ndate: 2024-01-31\n---\n\n# Hello world!\n\nBody\n"


def site(tmp_path, blog="  - blog\n", **files):
    return write(tmp_path, {"mkdocs.yml": CONFIG + blog} | {f"docs/blog/{name}": text for name, text in files.items()})


@pytest.mark.parametrize(
    ("blog", "header", "address"),
    [
        ("  - blog\n", "", "/blog/2024/01/31/hello-world/"),
        ("  - blog\n", "slug: hi\n", "/blog/2024/01/31/hi/"),
        ("  - blog:\n      post_url_format: '{slug}'\n", "", "/blog/hello-world/"),
        (
            "  - blog:\n      post_url_format: '{categories}/{file}'\n",
            "categories: [Big News, Other]\n",
            "/blog/big-news/a/",
        ),
        (
            "  - blog:\n      post_url_max_categories: 2\n      post_url_format: '{categories}/{slug}'\n",
            "categories: [A, B]\n",
            "/blog/a/b/hello-world/",
        ),
        ("  - blog:\n      post_url_date_format: yyyy-MM\n", "", "/blog/2024-01/hello-world/"),
        ("  - blog:\n      post_url_date_format: y/MMM/d\n", "", "/blog/2024/Jan/31/hello-world/"),
        ("  - blog:\n      blog_dir: .\n      post_dir: blog/posts\n", "", "/2024/01/31/hello-world/"),
        ("  - material/blog:\n      post_slugify_separator: _\n", "", "/blog/2024/01/31/hello_world/"),
    ],
)
def test_the_address_follows_post_url_format(tmp_path, blog, header, address):
    text = POST.replace("---\n\n", f"{header}---\n\n", 1)
    assert path_of(load_one(site(tmp_path, blog, **{"posts/a.md": text}))) == address


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Größe & Maß", "größe--maß"), ("What's new in 1.2?", "whats-new-in-12"), ("中文 搜索", "中文-搜索")],
)
def test_slugs_are_those_of_pymdownx(tmp_path, title, slug):
    post = load_one(
        site(
            tmp_path,
            "  - blog:\n      post_url_format: '{slug}'\n",
            **{"posts/a.md": POST.replace("Hello world!", title)},
        )
    )
    assert (post.title, configure(tmp_path).site.convention) == (title, "mkdocs")
    assert load_by_source(tmp_path)["docs/blog/posts/a.md"].url.endswith("/" + quote(slug) + "/")


def test_the_date_may_be_a_table(tmp_path):
    post = load_one(
        site(
            tmp_path,
            **{"posts/a.md": "---\ntitle: T\ndate:\n  created: 2024-01-31\n  updated: 2024-02-02\n---\n\nx\n"},
        )
    )
    assert (post.published.date().isoformat(), post.updated.date().isoformat()) == (
        "2024-01-31",
        "2024-02-02",
    )
    assert post.markup is Markup.MARKDOWN


def test_authors_come_from_the_authors_file(tmp_path):
    authors = (
        "authors:\n  squidfunk:\n    name: Martin Donath\n    description: Creator\n    url: https://example.com\n"
    )
    post = load_one(
        site(
            tmp_path,
            **{
                ".authors.yml": authors,
                "posts/a.md": POST.replace("---\n\n", "authors: [squidfunk]\n---\n\n", 1),
            },
        )
    )
    assert post.authors == (Person(name="Martin Donath", url="https://example.com"),)


@pytest.mark.parametrize(
    ("blog", "header", "status"),
    [
        ("  - blog\n", "draft: true", Status.DRAFT),
        ("  - blog:\n      draft: true\n", "draft: true", Status.PUBLISHED),
        ("  - blog\n", "date: 2030-01-01", Status.PUBLISHED),
        ("  - blog:\n      draft_if_future_date: true\n", "date: 2030-01-01", Status.SCHEDULED),
    ],
)
def test_drafts_and_future_posts_are_as_the_plugin_has_them(tmp_path, blog, header, status):
    text = f"---\ntitle: T\n{'' if 'date' in header else 'date: 2024-01-01' + chr(10)}{header}\n---\n\nx\n"
    assert load_one(site(tmp_path, blog, **{"posts/a.md": text})).status is status


def test_only_what_lies_in_the_folder_of_posts_is_a_post(tmp_path):
    root = site(tmp_path, **{"posts/2024/a.md": POST, "index.md": "# Blog\n", "../guide.md": POST})
    assert published(load(root)) == ["docs/blog/posts/2024/a.md"]


def test_a_title_falls_back_to_the_files_name_as_in_mkdocs(tmp_path):
    assert (
        load_one(site(tmp_path, **{"posts/my_first-post.md": "---\ndate: 2024-01-31\n---\n\nJust text.\n"})).title
        == "My first post"
    )


def test_settings_are_inherited_and_tags_are_not_run(tmp_path):
    root = site(tmp_path, **{"posts/a.md": POST})
    write(
        root,
        {
            "base.yml": CONFIG + "  - blog:\n      post_url_format: '{slug}'\n",
            "mkdocs.yml": "INHERIT: base.yml\nsite_url: !ENV [SITE, 'https://other.example/']\n",
        },
    )
    config = configure(root)
    assert (config.site.title, config.site.url, config.site.language) == (
        "My Docs",
        "https://other.example/",
        "de",
    )
    assert load_one(root).url == "https://other.example/blog/hello-world/"


def test_the_headers_title_is_in_the_slug_word_for_word(tmp_path):
    text = '---\ndate: 2024-01-31\ntitle: "_One_  two\\u00a0three <b>four</b>"\n---\nx\n'
    post = load_one(site(tmp_path, "  - blog:\n      post_url_format: '{slug}'\n", **{"posts/a.md": text}))
    assert (post.title, path_of(post)) == ("One two three four", "/blog/_one_--twothree-four/")


@pytest.mark.parametrize("text", ["# A &mdash; B & *C*\n", "---\ntitle: A &mdash; B & C\n---\n"])
def test_an_entity_of_the_title_is_in_the_slug_as_it_is_written(tmp_path, text):
    text = (
        text.replace("---\n", "---\ndate: 2024-01-31\n", 1)
        if "title" in text
        else f"---\ndate: 2024-01-31\n---\n{text}"
    )
    post = load_one(site(tmp_path, "  - blog:\n      post_url_format: '{slug}'\n", **{"posts/a.md": text}))
    assert (post.title, path_of(post)) == ("A — B & C", "/blog/a-mdash-b--c/")


def test_the_settings_may_be_another_file_that_mkdocs_is_told(tmp_path):
    """user-guide/cli/#mkdocs-build: -f, --config-file."""
    files = {
        "mkdocs-common.yml": "site_name: Common\n",
        "mkdocs-online.yml": "INHERIT: mkdocs-common.yml\nsite_url: https://example.org/\nplugins: [blog]\n",
        "docs/blog/posts/a.md": POST,
    }
    config = configure(write(tmp_path, files))
    assert (config.findings.origins["posts.convention"], config.site.title) == ("mkdocs-online.yml", "Common")
    assert config.posts == ("docs/blog/posts",)


def test_documentation_without_a_blog_is_no_blog(tmp_path):
    assert configure(site(tmp_path, "", **{"posts/a.md": POST})).site.convention == "plain"


def test_only_a_heading_that_begins_the_text_is_a_title(tmp_path):
    # https://www.mkdocs.org/user-guide/writing-your-docs/#meta-data: the first level-1 header of the text, which
    # has to be its first block; else the file's name.
    header = "---\ndate: 2024-01-02\n---\n\n"
    files = {"a-b.md": "## Below\n", "c.md": "# On top\n", "d-e.md": "Text\n\n# Later\n"}
    posts = load(site(tmp_path, **{f"posts/{name}": header + text for name, text in files.items()})).posts
    assert [(post.title, post.url.rpartition("/2024/01/02/")[2]) for post in posts] == [
        ("A b", "a-b/"),
        ("On top", "on-top/"),
        ("D e", "d-e/"),
    ]


SLUGIFY = "!!python/object/apply:pymdownx.slugs.slugify\n        kwds:\n          case: "


@pytest.mark.parametrize(
    ("options", "text", "address"),
    [
        ("post_url_format: '{slug}'", "# A [link](x.md) & `code`", "/blog/a-linkxmd--code/"),
        (
            "post_url_format: '{date}-{slug}'\n      post_url_date_format: EEEE-d-MMM-yy",
            "# T",
            "/blog/Wednesday-31-Jan-24-t/",
        ),
        (f"post_url_format: '{{slug}}'\n      post_slugify: {SLUGIFY}none", "# Hello ÄB", "/blog/Hello-ÄB/"),
        (f"post_url_format: '{{slug}}'\n      post_slugify: {SLUGIFY}lower-ascii", "# Hello ÄB", "/blog/hello-Äb/"),
        (f"post_url_format: '{{slug}}'\n      post_slugify: {SLUGIFY}fold", "# Straße", "/blog/strasse/"),
        ("post_url_format: '{categories}/{slug}'\n      categories_slugify_separator: _", "# T", "/blog/big_news/t/"),
        (
            f"post_url_format: '{{categories}}/{{slug}}'\n      categories_slugify: {SLUGIFY}none",
            "# T",
            "/blog/Big-News/t/",
        ),
    ],
)
def test_slugs_and_dates_are_as_the_plugins_options_say(tmp_path, options, text, address):
    header = "---\ndate: 2024-01-31\ncategories: [Big News, Other]\n---\n\n"
    root = site(tmp_path, f"  - blog:\n      {options}\n", **{"posts/a.md": f"{header}{text}\n"})
    assert path_of(load_one(root)) == quote(address)


def test_an_index_file_is_its_folder_where_the_address_has_the_files_name(tmp_path):
    blog = "  - blog:\n      post_url_format: '{date}/{file}'\n"
    root = site(tmp_path, blog, **{"posts/a/index.md": POST})
    assert path_of(load_one(root)).rpartition("/blog/")[2].count("/") == 3
