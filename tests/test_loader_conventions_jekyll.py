"""Jekyll's rules, each case with the page of https://jekyllrb.com/docs/ that it follows."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from blogs import load, load_by_source, load_one, path_of, write
from feeds.errors import ConfigError
from feeds.loader import detect_site
from feeds.loader.conventions.jekyll_permalinks import slugify
from feeds.models import Markup, Status

POST = "_posts/2024-01-02-my-Post_one.md"


def site(root, config="", **posts):
    return write(root, {"_config.yml": f"url: https://example.org\n{config}", **posts})


@pytest.mark.parametrize(
    ("permalink", "path"),
    [
        # permalinks/#built-in-formats
        ("", "/news/2024/01/02/my-Post_one.html"),
        ("date", "/news/2024/01/02/my-Post_one.html"),
        ("pretty", "/news/2024/01/02/my-Post_one/"),
        ("ordinal", "/news/2024/002/my-Post_one.html"),
        ("weekdate", "/news/2024/W01/Tue/my-Post_one.html"),
        ("none", "/news/my-Post_one.html"),
        # permalinks/#placeholders
        ("/:title/", "/my-Post_one/"),
        ("/:slug", "/my-post-one"),
        ("/blog/:short_year/:i_month/:i_day/:name:output_ext", "/blog/24/1/2/2024-01-02-my-post-one.html"),
        (
            "/:collection/:short_month/:long_month/:long_day/:title/",
            "/posts/Jan/January/Tuesday/my-Post_one/",
        ),
        ("/:slugified_categories/:hour-:minute-:second/", "/news/00-00-00/"),
        ("/:w_year/:week/:w_day/:title", "/2024/01/2/my-Post_one"),
        (":title.html", "/my-Post_one.html"),
    ],
)
def test_permalink_styles_and_placeholders(tmp_path, permalink, path):
    line = f'permalink: "{permalink}"' if permalink else ""
    post = load_one(site(tmp_path, line, **{POST: "---\ncategories: News\n---\n"}))
    assert path_of(post) == path


def test_a_placeholder_that_does_not_exist_is_an_error_that_names_the_others(tmp_path):
    post = load_one(site(tmp_path, "permalink: /:nope/", **{POST: "---\n---\n"}))
    assert post.status is Status.INVALID
    assert ":nope" in post.reason


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("permalink: /own/", "/own/"),
        ("permalink: /own/:year/:title/", "/own/2024/my-Post_one/"),
        ("slug: Other Slug", "/2024/01/02/Other-Slug.html"),
        ("date: 2023-12-31 23:00:00", "/2023/12/31/my-Post_one.html"),
        ("category: A b", "/a%20b/2024/01/02/my-Post_one.html"),
        ("categories: a b", "/a/b/2024/01/02/my-Post_one.html"),
        ("categories: [a b, C]", "/a%20b/c/2024/01/02/my-Post_one.html"),
    ],
)
def test_the_header_moves_a_post(tmp_path, header, path):
    """front-matter/ and posts/#categories-and-tags."""
    assert path_of(load_one(site(tmp_path, **{POST: f"---\n{header}\n---\n"}))) == path


@pytest.mark.parametrize(
    ("text", "pretty", "default"),
    [
        ("The _config.yml file", "The-_config.yml-file", "the-config-yml-file"),
        ("automated tests", "automated-tests", "automated-tests"),
        ("C++ & C#", "C++-&-C", "c-c"),
        ("größe", "größe", "größe"),
        ("日本語 テスト！", "日本語-テスト", "日本語-テスト"),
        ("-a-", "a", "a"),
    ],
)
def test_slugify_is_jekylls(text, pretty, default):
    """liquid/filters/#options-for-the-slugify-filter."""
    assert slugify(text, pretty=True, cased=True) == pretty
    assert slugify(text) == default


def test_folders_above_posts_are_categories_and_those_below_are_not(tmp_path):
    """posts/#categories-and-tags."""
    posts = load_by_source(
        site(
            tmp_path,
            **{
                "en/News/_posts/2019/2024-01-02-a.md": "---\ncategories: x\n---\n",
                "_posts/sub/2024-01-02-b.md": "---\n---\n",
            },
        )
    )
    first = posts["en/News/_posts/2019/2024-01-02-a.md"]
    assert first.categories == ("en", "News", "x")
    assert path_of(first) == "/en/news/x/2024/01/02/a.html"
    assert posts["_posts/sub/2024-01-02-b.md"].categories == ()


def test_what_jekyll_does_not_publish(tmp_path):
    """posts/, posts/#drafts and configuration/options/."""
    files = {
        "_posts/2024-01-01-shown.markdown": "x",
        "_posts/2024-01-01-hidden.md": "---\npublished: false\n---\n",
        "_posts/2024-01-01-draft.md": "---\ndraft: true\n---\n",
        "_posts/no-date.md": "---\ntitle: A\n---\n",
        "_posts/dated-in-header.md": "---\ndate: 2024-01-01\n---\n",
        "_posts/2027-01-01-future.md": "---\n---\n",
        "_drafts/idea.md": "---\ntitle: A\n---\n",
        "_posts/image.png": b"\x89",
        "about.md": "---\ntitle: About\ndate: 2024-01-01\n---\n",
    }
    posts = load_by_source(site(tmp_path, **files))
    assert {source: post.status.value for source, post in posts.items()} == {
        "_posts/2024-01-01-shown.markdown": "published",
        "_posts/2024-01-01-hidden.md": "hidden",
        "_posts/2024-01-01-draft.md": "draft",
        "_posts/no-date.md": "undated",
        "_posts/dated-in-header.md": "hidden",
        "_posts/2027-01-01-future.md": "scheduled",
        "_drafts/idea.md": "draft",
    }
    shown = load_by_source(site(tmp_path, "future: true\nunpublished: true\nshow_drafts: true"))
    assert shown["_posts/2027-01-01-future.md"].status is Status.PUBLISHED
    assert shown["_posts/2024-01-01-hidden.md"].status is Status.PUBLISHED


@pytest.mark.parametrize("folder", ["_site", "vendor/bundle", "node_modules/x", "_includes", ".cache"])
def test_posts_of_dependencies_and_output_are_none(tmp_path, folder):
    files = {f"{folder}/_posts/2024-01-01-a.md": "x", "_posts/2024-01-01-a.md": "x"}
    assert detect_site(site(tmp_path, **files)).posts == ("_posts",)


def test_defaults_hold_by_path_and_type_and_the_narrower_wins(tmp_path):
    """configuration/front-matter-defaults/."""
    config = """
defaults:
  - scope: {path: "_posts/special", type: posts}
    values: {author: Grace, permalink: "/s/:title/"}
  - scope: {path: "", type: posts}
    values: {author: Ada, image: /default.png}
  - scope: {path: "_posts/*-glob.md"}
    values: {author: Glob}
  - scope: {path: "", type: drafts}
    values: {author: Nobody}
"""
    posts = load_by_source(
        site(
            tmp_path,
            config,
            **{
                "_posts/2024-01-01-a.md": "---\n---\n",
                "_posts/special/2024-01-01-b.md": "---\nimage: /own.png\n---\n",
                "_posts/2024-01-01-glob.md": "---\n---\n",
            },
        )
    )
    authors = {source.rpartition("-")[2]: post.authors[0].name for source, post in posts.items()}
    assert authors == {"a.md": "Ada", "b.md": "Grace", "glob.md": "Glob"}
    special = posts["_posts/special/2024-01-01-b.md"]
    assert path_of(special) == "/s/b/"
    assert special.image is not None
    assert special.image.url == "/own.png"


def test_a_post_without_front_matter_or_title_is_called_by_its_slug(tmp_path):
    """Jekyll::Utils.titleize_slug."""
    post = load_one(site(tmp_path, **{"_posts/2024-01-02-hello-wORLD.md": "# Heading\n"}))
    assert (post.title, post.body) == ("Hello World", "# Heading\n")


def test_dates_are_shown_in_the_sites_zone(tmp_path):
    """configuration/options/: timezone."""
    header = {"_posts/2024-01-02-a.md": "---\ndate: 2024-01-02 23:30:00 -0500\n---\n"}
    kept = load_one(site(tmp_path / "a", **header))
    moved = load_one(site(tmp_path / "b", "timezone: Europe/Berlin", **header))
    assert (path_of(kept), path_of(moved)) == ("/2024/01/02/a.html", "/2024/01/03/a.html")
    assert kept.published == moved.published


def test_the_site_is_what_its_configuration_says(tmp_path):
    config = (
        "title: A &amp; B\nbaseurl: /blog\ndescription: >-\n  Some\n  words\nlang: de_DE\n"
        "author: {name: Ada, email: a@b.example}\n"
    )
    findings = detect_site(site(tmp_path, config, **{POST: "x"}))
    assert dict(findings.site) == {
        "url": "https://example.org/blog",
        "title": "A & B",
        "description": "Some words",
        "language": "de-DE",
        "author": "Ada",
    }
    assert findings.authors["Ada"].email == "a@b.example"


@pytest.mark.parametrize(
    ("config", "cname", "url"),
    [
        ("url: ''", "a.example", "https://a.example/"),
        ("url: http://localhost:4000\nbaseurl: /b", "a.example", "https://a.example/b"),
        ("url: https://b.example", "a.example", "https://b.example/"),
        ("repository: ada/ada.github.io", None, "https://ada.github.io/"),
        ("title: A", None, None),
    ],
)
def test_the_address_comes_from_the_configuration_or_cname_or_repository(tmp_path, config, cname, url):
    write(tmp_path, {"_config.yml": config, POST: "x"} | ({"CNAME": cname} if cname else {}))
    assert detect_site(tmp_path).site.get("url") == url


def test_without_an_address_the_base_is_still_in_the_path(tmp_path):
    write(tmp_path, {"_config.yml": "baseurl: /blog\npermalink: /:title/", POST: "x"})
    assert load_one(tmp_path).url == "/blog/my-Post_one/"


def test_tags_redirects_and_changes(tmp_path):
    text = "---\ntags: a b\nredirect_from: /old/\nlast_modified_at: 2024-02-01\n---\n"
    post = load_one(site(tmp_path, **{POST: text}))
    assert post.tags == ("a", "b")
    assert post.aliases == ("https://example.org/old/",)
    assert post.updated == datetime(2024, 2, 1, tzinfo=UTC)
    assert post.markup is Markup.COMMONMARK


def test_a_source_folder_holds_the_site(tmp_path):
    """configuration/options/: source."""
    posts = load_by_source(
        site(
            tmp_path,
            "source: src",
            **{"src/_posts/2024-01-02-a.md": "x", "src/x/_posts/2024-01-02-b.md": "x"},
        )
    )
    assert path_of(posts["src/_posts/2024-01-02-a.md"]) == "/2024/01/02/a.html"
    assert posts["src/x/_posts/2024-01-02-b.md"].categories == ("x",)


def test_polyglot_puts_other_languages_below_their_tag(tmp_path):
    """https://github.com/untra/polyglot: the language is in front, the permalink the same."""
    posts = load_by_source(
        site(
            tmp_path,
            "languages: [en, de]\ndefault_lang: en\npermalink: /:title/",
            **{
                "_posts/en/2024-01-02-a.md": "---\nlang: en\npermalink: /a/\n---\n",
                "_posts/de/2024-01-02-a.md": "---\nlang: de\npermalink: /a/\n---\n",
            },
        )
    )
    assert {post.language: path_of(post) for post in posts.values()} == {"en": "/a/", "de": "/de/a/"}


def test_authors_may_have_a_collection_of_their_own(tmp_path):
    """step-by-step/09-collections/."""
    files = {
        "_authors/jill.md": "---\nshort_name: jill\nname: Jill Smith\n---\n",
        POST: "---\nauthor: jill\n---\n",
    }
    assert load_one(site(tmp_path, **files)).authors[0].name == "Jill Smith"


def test_a_collection_of_dated_files_is_the_blog_where_there_are_no_posts(tmp_path):
    """collections/ and permalinks/#collections."""
    config = """
collections_dir: parts
collections:
  blog: {output: true}
  people: {output: true}
  notes: {output: false}
defaults:
  - scope: {type: blog}
    values: {author: Ada}
"""
    files = {
        "parts/_blog/2024-01-02-a.md": "---\ntitle: A\n---\n",
        "parts/_blog/sub/b.md": "---\ntitle: B\ndate: 2024-01-03\n---\n",
        "parts/_people/ada.md": "---\ntitle: Ada\n---\n",
        "parts/_notes/2024-01-02-a.md": "x",
    }
    posts = load_by_source(site(tmp_path, config, **files))
    assert [path_of(post) for post in posts.values()] == ["/blog/2024-01-02-a.html", "/blog/sub/b.html"]
    assert {post.authors[0].name for post in posts.values()} == {"Ada"}
    assert detect_site(tmp_path).origins["posts.path"] == "_config.yml (collections)"


def test_a_collection_has_a_permalink_of_its_own(tmp_path):
    config = "collections:\n  blog: {output: true, permalink: '/:collection/:year/:title/'}\n"
    post = load_one(site(tmp_path, config, **{"_blog/2024-01-02-a.md": "x"}))
    assert path_of(post) == "/blog/2024/a/"


def test_the_folder_of_collections_is_no_category_and_what_is_excluded_no_post(tmp_path):
    """configuration/options/: collections_dir and exclude."""
    files = {"parts/_posts/2024-01-02-a.md": "x", "parts/_posts/old/2024-01-02-b.md": "x"}
    post = load_one(site(tmp_path, "collections_dir: parts\nexclude: [parts/_posts/old]", **files))
    assert (post.categories, path_of(post)) == ((), "/2024/01/02/a.html")


def test_a_site_whose_posts_are_missing_says_which_folder_it_wants(tmp_path):
    with pytest.raises(ConfigError, match="'_posts', which is not there"):
        load_by_source(site(tmp_path, "title: A", **{"index.md": "x"}))


@pytest.mark.parametrize("written", ["11-9-2017", "11/9/2017", "11.9.2017", '"11/09/2017 10:00"'])
def test_a_date_with_the_year_last_is_read_as_ruby_reads_it(tmp_path, written):
    # front-matter/#predefined-variables-for-posts: a string goes through Ruby's Time.parse, the day first.
    post = load_one(site(tmp_path, **{"_posts/2017-01-01-a.md": f"---\ndate: {written}\n---\n"}))
    assert post.published.date().isoformat() == "2017-09-11"


def test_dots_in_an_address_are_taken_for_folders_above(tmp_path):
    """Seen with Jekyll 4.3: Jekyll::URL.sanitize_url."""
    post = load_one(site(tmp_path, "permalink: /:title/", **{"_posts/2024-01-02-wait..-what.md": "x"}))
    assert path_of(post) == "/wait/-what/"


def test_a_source_that_a_script_has_yet_to_make_is_that_of_the_posts(tmp_path):
    """configuration/options/: `source` may be a hidden folder, and may be the output of another tool."""
    files = {"src/_posts/notes/2024-01-02-a.md": "---\ntitle: A\n---\n"}
    loaded = load(write(tmp_path, {"_config.yml": "source: .tmp/src\n", **files}))
    assert [path_of(post) for post in loaded.posts] == ["/2024/01/02/a.html"]
    shutil.copytree(tmp_path / "src", tmp_path / ".tmp" / "src")
    assert [post.source for post in load(tmp_path).posts] == [".tmp/src/_posts/notes/2024-01-02-a.md"]


def test_a_site_without_posts_has_its_dated_pages(tmp_path):
    """pages/: a page is where its file is."""
    files = {
        "_config.yml": "title: T\n",
        "news/a.md": "---\ntitle: A\ndate: 2024-01-02\n---\n",
        "about.md": "---\n---\n",
    }
    assert [path_of(post) for post in load(write(tmp_path, files)).posts] == ["/news/a.html"]


@pytest.mark.parametrize(
    ("name", "header", "path"),
    [
        ("2023-04-31-c.md", "", "/2023/05/01/c.html"),
        ("2023-01-01-a.md", "date: 2023-04-31", "/2023/05/01/a.html"),
        ("2023-01-02-b.md", "date: 2023-02-30 10:00:00 +0200", "/2023/03/02/b.html"),
    ],
)
def test_a_day_that_its_month_does_not_have_counts_on_as_in_ruby_and_is_said(tmp_path, name, header, path):
    """Time.parse, which Jekyll::Utils.parse_date calls; seen with Jekyll 4.3."""
    loaded = load(write(tmp_path, {"_config.yml": "title: T", f"_posts/{name}": f"---\ntitle: A\n{header}\n---\nx"}))
    assert [path_of(post) for post in loaded.posts] == [path]
    assert len(loaded.problems) == 1
    assert "2023-0" in loaded.problems[0].message


@pytest.mark.parametrize(
    ("style", "path"),
    [
        ("", "/news/2024/01/02/a-post/"),
        ("permalink: simple", "/news/a-post/"),
        ("permalink: pretty_ext", "/news/2024/01/02/a-post.html"),
    ],
)
def test_bridgetown_is_read_as_jekylls_heir(tmp_path, style, path):
    """https://www.bridgetownrb.com/docs/content/permalinks and /docs/configuration."""
    files = {
        "bridgetown.config.yml": f"url: https://example.org\n{style}\n",
        "src/_data/site_metadata.yml": "title: Bridge\n",
        "src/_posts/2024/2024-01-02-a-post.md": "---\ntitle: A\ncategory: news\n---\nx",
    }
    root = write(tmp_path, files)
    assert detect_site(root).site["title"] == "Bridge"
    assert path_of(load_one(root)) == path
