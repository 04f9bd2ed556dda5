"""Which generator, and which folder among decoys."""

from __future__ import annotations

import pytest

from blogs import configure, load, write
from feeds.errors import ConfigError
from feeds.loader import detect_site
from feeds.loader.conventions import NAMES
from feeds.publisher.check import list_findings

HUGO_POST = "---\ntitle: A\ndate: 2024-01-01\n---\n"


@pytest.mark.parametrize(
    ("files", "convention", "evidence"),
    [
        ({"_config.yml": "title: A", "_posts/2024-01-01-a.md": "x"}, "jekyll", "_config.yml"),
        ({"_posts/2024-01-01-a.md": "x"}, "jekyll", "_posts"),
        ({"_config.yml": "url: https://a.example", "source/_posts/a.md": "x"}, "hexo", "_config.yml"),
        (
            {"hugo.toml": "baseURL = 'https://a.example'", "content/posts/a.md": HUGO_POST},
            "hugo",
            "hugo.toml",
        ),
        (
            {"config.yaml": "baseURL: https://a.example", "content/posts/a.md": HUGO_POST},
            "hugo",
            "config.yaml",
        ),
        (
            {"config/_default/hugo.toml": "title = 'A'", "content/a.md": HUGO_POST},
            "hugo",
            "config/_default/hugo.toml",
        ),
        (
            # https://gohugo.io/commands/hugo/: `--config` names any file.
            {
                "config/config-prod.yml": "baseURL: https://a.example/",
                "config/a-stage.yml": "baseURL: https://stage.example/",
                "content/a.md": HUGO_POST,
            },
            "hugo",
            "config/config-prod.yml",
        ),
        (
            {"config.toml": "base_url = 'https://a.example'", "content/a.md": "+++\n+++\n"},
            "zola",
            "config.toml",
        ),
        ({"posts/2024-01-01-a.md": "x"}, "plain", "no generator was found"),
        ({}, "plain", "no generator was found"),
    ],
)
def test_a_generator_is_known_by_its_own_files(tmp_path, files, convention, evidence):
    findings = detect_site(write(tmp_path, files))
    assert (findings.convention, findings.origins["posts.convention"]) == (convention, evidence)


def test_where_a_find_comes_from_reads_as_words(tmp_path):
    site = write(tmp_path / "site", {"website/_config.yml": "title: B\n", "website/_posts/2024-01-01-a.md": "x"})
    found = {one.key: f"{one.value} ({one.remark})" for one in list_findings(configure(site))}
    assert found["posts.convention"] == "jekyll (from website/_config.yml)"
    assert found["posts.path"] == "website/_posts (from Jekyll's `_posts`)"
    assert found["site.language"] == "en (the default)"
    plain = write(tmp_path / "plain", {"posts/2024-01-01-a.md": "x"})
    (kind,) = (one for one in list_findings(configure(plain)) if one.key == "posts.convention")
    assert f"{kind.value} ({kind.remark})" == "plain (no generator was found)"


DECOYS = {
    "README.md": "# Project\n\ndate: 2024-01-01\n",
    "docs/2024-01-01-a.md": "x",
    "docs/2024-01-02-b.md": "x",
    "docs/2024-01-03-c.md": "x",
    "node_modules/pkg/posts/2024-01-01-a.md": "x",
    "vendor/x/_posts/2024-01-01-a.md": "x",
    "layouts/2024-01-01-a.md": "x",
    "public/posts/2024-01-01-a.md": "x",
    "drafts/2024-01-01-a.md": "x",
}


@pytest.mark.parametrize(
    ("files", "folder"),
    [
        ({"posts/2024-01-01-a.md": "x"}, "posts"),
        ({"posts/2023/2023-01-01-a.md": "x", "posts/2024/2024-01-01-b.md": "x"}, "posts"),
        ({"blog/2024/01/02/a.md": "x", "blog/2024/02/02/a.md": "x"}, "blog"),
        ({"site/blog/news/a.md": HUGO_POST, "site/blog/releases/b.md": HUGO_POST}, "site/blog"),
        ({"updates/2024-01-01_a.md": "x", "updates/2024-02_b.md": "x"}, "updates"),
        ({"writing/a.md": HUGO_POST, "writing/b.md": HUGO_POST, "writing/c.md": "x"}, "writing"),
        ({"Journal/240102 a.md": "x"}, "Journal"),
        # Collections side by side: the one that is called like a blog is it.
        (
            {f"src/content/{kind}/{n}.md": HUGO_POST for kind in ("blog", "market", "work") for n in range(5)},
            "src/content/blog",
        ),
        (
            {f"content/{kind}/{n}.md": HUGO_POST for kind in ("jobs", "projects") for n in range(20)}
            | {f"content/posts/{n}.md": HUGO_POST for n in range(3)},
            "content/posts",
        ),
        (
            {f"content/{kind}/{n}.md": HUGO_POST for kind in ("life", "tech") for n in range(20)}
            | {f"content/news/{n}.md": HUGO_POST for n in range(3)},
            "content",
        ),
        ({f"src/content/{kind}/{n}.md": HUGO_POST for kind in ("css", "js", "web") for n in range(5)}, "src/content"),
        # A home page that is dated makes no blog of the whole site, nor do a few files beside a topic of the blog.
        (
            {"index.md": HUGO_POST, "about/index.md": HUGO_POST, **{f"posts/{n}.md": HUGO_POST for n in range(30)}},
            "posts",
        ),
        (
            {"notes/a/x.md": HUGO_POST, "notes/b.md": HUGO_POST, **{f"notes/c/d/{n}.md": HUGO_POST for n in range(9)}},
            "notes",
        ),
    ],
)
def test_the_posts_are_found_among_decoys(tmp_path, files, folder):
    assert detect_site(write(tmp_path, DECOYS | files)).posts == (folder,)


@pytest.mark.parametrize(
    "field",
    [
        "pubDatetime: 2024-01-02T10:00:00Z",
        'added: "May 01 2024"',
        "postdate: 2024-01-02",
        "createTime: 2024/01/02",
        "date:\n  created: 2024-01-02",
        ".. date: 2024-01-02",
    ],
)
def test_posts_are_found_by_a_date_under_any_of_its_names(tmp_path, field):
    header = field if field.startswith("..") else f"---\n{field}\n---"
    files = {"a/one.md": f"{header}\n\nText\n", "b/two.md": "---\nadded: true\nupdated: 2024-01-02\n---\n"}
    assert detect_site(write(tmp_path, files)).posts == ("a",)


def test_posts_in_the_sites_own_folder_are_found(tmp_path):
    assert detect_site(write(tmp_path, {"2024-01-01-a.md": "x", "2024-01-02-b.md": "x"})).posts == ("",)


def test_a_person_has_the_last_word(tmp_path):
    write(tmp_path, {"_config.yml": "title: A", "_posts/2024-01-01-a.md": "x", "mine/2024-01-01-a.md": "x"})
    findings = detect_site(tmp_path, posts=("mine",), convention="plain")
    assert (findings.convention, findings.posts) == ("plain", ("mine",))
    with pytest.raises(ConfigError, match=r"'wordpress'.*jekyll"):
        detect_site(tmp_path, convention="wordpress")


def test_settings_that_cannot_be_read_are_an_error_with_their_line(tmp_path):
    write(tmp_path, {"_config.yml": "title: A\nurl: [\n", "_posts/2024-01-01-a.md": "x"})
    with pytest.raises(ConfigError) as caught:
        detect_site(tmp_path)
    assert caught.value.line == 3


def test_every_guess_says_where_it_comes_from(tmp_path):
    write(
        tmp_path,
        {
            "_config.yml": "title: A\ntimezone: Europe/Berlin",
            "CNAME": "a.example",
            "_posts/2024-01-01-a.md": "x",
        },
    )
    findings = detect_site(tmp_path)
    assert findings.site == {"title": "A", "timezone": "Europe/Berlin", "url": "https://a.example/"}
    assert set(findings.origins) == {f"site.{key}" for key in findings.site} | {
        "posts.path",
        "posts.convention",
    }
    assert findings.origins["site.url"] == "CNAME"


@pytest.mark.parametrize("posts", [None, ("site/content",)])
@pytest.mark.parametrize("convention", ["auto", "zola"])
def test_a_generator_in_a_folder_is_found_there_also_when_it_is_named(tmp_path, convention, posts):
    files = {"README.md": "x", "site/config.toml": "base_url = 'https://a.example'", "site/content/a.md": HUGO_POST}
    findings = detect_site(write(tmp_path, files), posts=posts, convention=convention)
    assert (findings.convention, findings.posts, findings.site["url"]) == (
        "zola",
        ("site/content",),
        "https://a.example",
    )
    assert findings.options["below"] == "site"


@pytest.mark.parametrize("convention", NAMES)
def test_a_convention_holds_without_any_of_its_files(tmp_path, convention):
    write(tmp_path, {"texts/2024-01-02-a.md": "---\ntitle: A\ndate: 2024-01-02\n---\n\nText\n"})
    (post,) = load(tmp_path, posts={"path": "texts", "convention": convention}).posts
    assert (post.title, f"{post.published:%F}") == ("A", "2024-01-02")
