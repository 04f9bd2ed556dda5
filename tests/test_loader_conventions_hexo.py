"""Hexo's rules, each case with the page of https://hexo.io/docs/ that it follows."""

from __future__ import annotations

from urllib.parse import quote, unquote

import pytest

from blogs import load, load_by_source, load_one, path_of, write
from feeds.loader import detect_site
from feeds.models import Status

DATED = "---\ntitle: My Title\ndate: 2024-01-02 03:04:05\n{}\n---\nBody\n"


def site(root, config="", **files):
    return write(root, {"_config.yml": f"url: https://example.org\n{config}", **files})


@pytest.mark.parametrize(
    ("config", "source", "header", "path"),
    [
        # permalinks/
        ("", "My post.md", "", "/2024/01/02/My%20post/"),
        ("", "sub/a.md", "", "/2024/01/02/sub/a/"),
        ("permalink: :name/", "sub/a.md", "", "/a/"),
        ("permalink: :category/:title.html", "a.md", "", "/uncategorized/a.html"),
        ("permalink: :category/:title.html", "a.md", "categories: [Web Dev, JS]", "/Web-Dev/JS/a.html"),
        # hexo-util's slugize takes marks from Latin letters alone
        ("permalink: :category/:title/", "a.md", "categories: [Чай и ёлка đã]", "/Чай-и-ёлка-da/a/"),
        ("permalink: :category/:title/\ncategory_map: {文: text}", "a.md", "categories: 文", "/text/a/"),
        ("permalink: :year/:i_month/:i_day/:hour:minute:second/", "a.md", "", "/2024/1/2/030405/"),
        ("permalink: :post_title/:timestamp", "a.md", "", "/my-title/1704164645"),
        ("permalink: posts/:abbrlink.html", "a.md", "abbrlink: 4a17b156", "/posts/4a17b156.html"),
        ("permalink: :lang/:title/\npermalink_defaults: {lang: en}", "a.md", "", "/en/a/"),
        ("permalink: :lang/:title/\nnew_post_name: :lang/:title.md", "de/a.md", "", "/de/a/"),
        ("permalink: :title/index.html\npretty_urls: {trailing_index: false}", "a.md", "", "/a/"),
        ("permalink: :title.html\npretty_urls: {trailing_html: false}", "a.md", "", "/a"),
        # front-matter/: permalink overrides
        ("", "a.md", "permalink: own", "/own/"),
        ("", "a.md", "permalink: /own.html", "/own.html"),
        # configuration/#writing: new_post_name says what the name means
        ("new_post_name: :year-:month-:day-:title.md", "2023-05-06-a.md", "", "/2024/01/02/a/"),
        ("", "2023-05-06-a.md", "", "/2024/01/02/2023-05-06-a/"),
        ("filename_case: 1\nnew_post_name: :year-:title.md", "Some Name.md", "", "/2024/01/02/some-name/"),
    ],
)
def test_addresses(tmp_path, config, source, header, path):
    post = load_one(site(tmp_path, config, **{f"source/_posts/{source}": DATED.format(header)}))
    assert path_of(post) == quote(unquote(path))


def test_a_permalink_that_needs_a_field_says_so(tmp_path):
    loaded = load(site(tmp_path, "permalink: :abbrlink/", **{"source/_posts/a.md": DATED.format("")}))
    assert "abbrlink" in loaded.problems[0].message


def test_the_day_of_the_name_counts_where_the_header_has_none(tmp_path):
    posts = load_by_source(
        site(
            tmp_path,
            "new_post_name: :year-:month-:day-:title.md",
            **{
                "source/_posts/2023-05-06-a.md": "---\ntitle: A\n---\n",
                "source/_posts/b.md": "---\ntitle: B\n---\n",
            },
        )
    )
    assert path_of(posts["source/_posts/2023-05-06-a.md"]) == "/2023/05/06/a/"
    assert posts["source/_posts/b.md"].status is Status.UNDATED


def test_what_hexo_does_not_publish(tmp_path):
    """writing/#drafts and front-matter/."""
    files = {
        "source/_drafts/a.md": DATED.format(""),
        "source/_posts/b.md": DATED.format("published: false"),
        "source/_posts/c.md": DATED.format(""),
        "source/_posts/_hidden.md": DATED.format(""),
        "source/_posts/c/photo.png": b"\x89",
        "source/about/index.md": DATED.format(""),
        "scaffolds/post.md": DATED.format(""),
    }
    posts = load_by_source(site(tmp_path, **files))
    assert {source: post.status for source, post in posts.items()} == {
        "source/_drafts/a.md": Status.DRAFT,
        "source/_posts/b.md": Status.HIDDEN,
        "source/_posts/c.md": Status.PUBLISHED,
    }


@pytest.mark.parametrize(
    ("said", "status"),
    [("", Status.SCHEDULED), ("future: false", Status.SCHEDULED), ("future: true", Status.PUBLISHED)],
)
def test_the_future_is_shown_only_where_the_site_says_so(tmp_path, said, status):
    """configuration/#writing: Hexo's own default would show it."""
    assert load_one(site(tmp_path, said, **{"source/_posts/a.md": "---\ndate: 2027-01-01\n---\n"})).status is status


def test_headers_without_an_opening_line_and_with_tabs_are_read(tmp_path):
    """The forms of https://github.com/hexojs/hexo-front-matter."""
    files = {
        "source/_posts/a.md": "title: A\ndate: 2024-01-02\ntags:\n- x\n---\nBody\n",
        "source/_posts/b.md": "---\ntitle: B\ndate: 2024-01-02\ntags:\n\t- x\n---\nBody\n",
        "source/_posts/c.md": '"title": "C",\n"date": "2024-01-02",\n"tags": ["x"]\n;;;\nBody\n',
    }
    posts = load_by_source(site(tmp_path, **files)).values()
    assert [(post.title, post.tags, post.body) for post in posts] == [(title, ("x",), "Body\n") for title in "ABC"]


def test_an_overflowing_date_rolls_over_as_js_yaml_does_and_is_said(tmp_path):
    loaded = load(site(tmp_path, **{"source/_posts/a.md": "---\ndate: 2017-02-29\n---\n"}))
    assert path_of(loaded.posts[0]) == "/2017/03/01/a/"
    assert loaded.problems[0].line == 2


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-01-02 20:00", "2024-01-02T20:00:00+09:00"),
        ("2024-01-02", "2024-01-02T00:00:00+09:00"),
        ("2024-01-02T20:00:00Z", "2024-01-02T20:00:00+09:00"),
        ("2024-01-02T00:20:00+08:00", "2024-01-01T16:20:00+09:00"),
        ('"2024-01-02 20:00:00 -0800"', "2024-01-03T04:00:00+09:00"),
    ],
)
def test_a_date_with_an_offset_is_read_in_utc_and_shown_as_the_sites_own(tmp_path, written, moment):
    """Seen with Hexo 8: configuration/#site, timezone."""
    post = load_one(site(tmp_path, "timezone: Asia/Tokyo", **{"source/_posts/a.md": f"---\ndate: {written}\n---\n"}))
    assert post.published.isoformat() == moment
    assert path_of(post) == f"/{moment[:10].replace('-', '/')}/a/"


@pytest.mark.parametrize(
    ("config", "url"),
    [
        ("url: https://a.example/blog\nroot: /blog/", "https://a.example/blog"),
        ("url: https://a.example\nroot: /blog/", "https://a.example/blog"),
        ("url: https://a.example", "https://a.example/"),
        ("url: http://example.com", None),
        ("url: http://yoursite.com/", None),
    ],
)
def test_the_address_of_the_site(tmp_path, config, url):
    """configuration/#url; what `hexo init` writes is nobody's address."""
    write(tmp_path, {"_config.yml": config, "source/_posts/a.md": "x"})
    assert detect_site(tmp_path).site.get("url") == url


def test_the_site_is_what_its_configuration_says(tmp_path):
    config = "title: T\nsubtitle: S\ndescription: ''\nlanguage: [zh-CN, en]\nauthor: Ada\ntimezone: Asia/Shanghai"
    assert detect_site(site(tmp_path, config, **{"source/_posts/a.md": "x"})).site == {
        "url": "https://example.org/",
        "title": "T",
        "description": "S",
        "language": "zh-CN",
        "author": "Ada",
        "timezone": "Asia/Shanghai",
    }


def test_a_site_whose_source_a_script_has_yet_to_fill_is_known_by_its_package(tmp_path):
    files = {"_config.yml": "title: T\n", "package.json": '{"dependencies": {"hexo": "^7.0.0"}}'}
    findings = detect_site(write(tmp_path, files))
    assert (findings.convention, findings.posts) == ("hexo", ("source/_posts",))


def test_settings_may_be_indented_with_tabs(tmp_path):
    """hexo-front-matter's `escape`, which Hexo's renderer for YAML uses too."""
    found = detect_site(
        site(tmp_path, "search:\n\tpath: search.xml\ntitle: T\n", **{"source/_posts/a.md": DATED.format("")})
    )
    assert (found.convention, found.site["title"]) == ("hexo", "T")
