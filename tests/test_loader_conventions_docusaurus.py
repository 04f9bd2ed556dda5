"""Docusaurus, by https://docusaurus.io/docs/blog and /docs/api/plugins/@docusaurus/plugin-content-blog."""

from __future__ import annotations

import pytest

from blogs import configure, load_by_source, load_one, path_of, write
from feeds.models import Markup, Person, Status

CONFIG = """export default {
  title: 'My Site', tagline: 'Cool', url: 'https://example.org', baseUrl: '/',
  presets: [['classic', {docs: {}, blog: {BLOG}}]],
};
"""
DATED = "---\ntitle: Hello\ndate: 2024-01-02\n---\n\nBody\n"
PLAIN = "---\ntitle: Hello\n---\n\nBody\n"


def site(tmp_path, blog="{showReadingTime: true}", **files):
    return write(
        tmp_path,
        {"docusaurus.config.js": CONFIG.replace("{BLOG}", blog)}
        | {f"blog/{name}": text for name, text in files.items()},
    )


@pytest.mark.parametrize(
    ("name", "address", "day"),
    [
        ("2019-09-05-hello-docusaurus.md", "/blog/2019/09/05/hello-docusaurus", "2019-09-05"),
        ("2019-09-05-hello/index.mdx", "/blog/2019/09/05/hello", "2019-09-05"),
        ("2019/09/05/hello.md", "/blog/2019/09/05/hello", "2019-09-05"),
        ("2019/09-05-hello.md", "/blog/2019/09/05/hello", "2019-09-05"),
        ("2019-9-5-hello.md", "/blog/2019/9/5/hello", "2019-09-05"),
        ("team/2019-09-05-hello.md", "/blog/2019/09/05/team/hello", "2019-09-05"),
    ],
)
def test_date_and_address_come_from_the_path(tmp_path, name, address, day):
    post = load_one(site(tmp_path, **{name: PLAIN}))
    assert (path_of(post), post.published.date().isoformat(), post.markup) == (address, day, Markup.MDX)


@pytest.mark.parametrize(
    ("blog", "name", "header", "address"),
    [
        ("{}", "2019-09-05-hello.md", "slug: welcome", "/blog/welcome"),
        ("{}", "2019-09-05-hello.md", "slug: /2020/01/welcome", "/blog/2020/01/welcome"),
        ("{}", "2019-09-05-hello.md", "date: 2019-09-07", "/blog/2019/09/05/hello"),
        ("{}", "2019-09-05-hello.md", "date: 2019-09-07\nlayout: post", "/blog/2019/09/05/hello"),
        ("{}", "hello.md", "date: 2019-09-07", "/blog/hello"),
        ("{routeBasePath: '/'}", "hello.md", "date: 2019-09-07", "/hello"),
        ("{routeBasePath: 'news/dev'}", "hello.md", "date: 2019-09-07", "/news/dev/hello"),
    ],
)
def test_the_slug_replaces_the_path_and_the_headers_date_does_not(tmp_path, blog, name, header, address):
    post = load_one(site(tmp_path, blog, **{name: f"---\ntitle: T\n{header}\n---\n\nBody\n"}))
    assert path_of(post) == address


def test_without_its_settings_a_header_of_jekylls_keeps_jekylls_address(tmp_path):
    files = {
        "package.json": '{"dependencies": {"@docusaurus/core": "3"}}',
        "CNAME": "example.org",
        "website/blog/2016-08-26-a.md": "---\nlayout: post\ntitle: A\ndate: 2016-08-30\n---\n\nx\n",
        "website/blog/2016-08-26-b.md": "---\nlayout: post\ntitle: B\nslug: c\n---\n\nx\n",
    }
    posts = load_by_source(write(tmp_path, files))
    assert [path_of(post) for post in posts.values()] == ["/blog/2016/08/30/a", "/blog/2016/08/26/c"]


def test_the_29th_of_february_2017_is_the_1st_of_march_as_in_js_yaml(tmp_path):
    post = load_one(site(tmp_path, **{"2017-03-01-a.md": "---\ntitle: A\ndate: 2017-02-29 11:00:00\n---\n\nx\n"}))
    assert post.published.isoformat() == "2017-03-01T11:00:00+00:00"


def test_authors_are_keys_tables_and_overrides(tmp_path):
    authors = (
        "jmarcey:\n"
        "  name: Joel Marcey\n"
        "  url: https://github.com/JoelMarcey\n"
        "slorber:\n"
        "  name: Sébastien Lorber\n"
        "  socials:\n"
        "    x: sebastienlorber\n"
    )
    header = "authors:\n  - jmarcey\n  - key: slorber\n    title: Lead\n  - name: Ada\n    email: ada@example.org\n"
    post = load_one(site(tmp_path, **{"authors.yml": authors, "2024-01-02-a.md": f"---\ntitle: A\n{header}---\n\nx\n"}))
    assert post.authors == (
        Person(name="Joel Marcey", url="https://github.com/JoelMarcey"),
        Person(name="Sébastien Lorber", url="https://x.com/sebastienlorber"),
        Person(name="Ada", email="ada@example.org"),
    )


def test_tags_are_labels_tables_and_keys_of_tags_yml(tmp_path):
    header = "tags: [release, {label: Big News, permalink: /big}, other]"
    post = load_one(
        site(
            tmp_path,
            **{
                "tags.yml": "release:\n  label: Releases\n",
                "2024-01-02-a.md": f"---\ntitle: A\n{header}\n---\n\nx\n",
            },
        )
    )
    assert post.tags == ("Releases", "Big News", "other")


@pytest.mark.parametrize(("line", "status"), [("draft: true", Status.DRAFT), ("unlisted: true", Status.HIDDEN)])
def test_drafts_and_unlisted_posts_stay_out(tmp_path, line, status):
    assert load_one(site(tmp_path, **{"2024-01-02-a.md": f"---\ntitle: A\n{line}\n---\n\nx\n"})).status is status


def test_the_title_may_be_the_first_heading(tmp_path):
    assert load_one(site(tmp_path, **{"2024-01-02-a.md": "# Hello `world`\n\nBody\n"})).title == "Hello world"
    # Not one further down; then the name is the title, as it is.
    assert load_one(site(tmp_path / "b", **{"2024-01-02-a-b.md": "Body\n\n# Hello\n"})).title == "a-b"


def test_partials_are_no_posts_and_several_blogs_are_found(tmp_path):
    root = site(tmp_path, "{path: 'news'}", **{"2024-01-02-a.md": DATED})
    plugins = "plugins: [['@docusaurus/plugin-content-blog', {id: 'two', path: 'blog', routeBasePath: 'dev'}]],\n};"
    config = (root / "docusaurus.config.js").read_text().replace("};", plugins)
    write(
        root,
        {
            "docusaurus.config.js": config,
            "news/2024-01-03-b.md": DATED,
            "news/_part.md": DATED,
            "docs/2024-01-02-c.md": DATED,
        },
    )
    posts = load_by_source(root)
    assert {source: path_of(post) for source, post in posts.items()} == {
        "blog/2024-01-02-a.md": "/dev/2024/01/02/a",
        "news/2024-01-03-b.md": "/blog/2024/01/03/b",
    }


def test_the_sites_facts_come_from_the_settings(tmp_path):
    root = site(tmp_path, **{"2024-01-02-a.md": PLAIN})
    text = (
        (root / "docusaurus.config.js")
        .read_text()
        .replace("baseUrl: '/'", "baseUrl: '/sub/', i18n: {defaultLocale: 'fr'}")
    )
    config = configure(write(root, {"docusaurus.config.js": text}))
    assert (config.site.title, config.site.url, config.site.language) == (
        "My Site",
        "https://example.org/sub/",
        "fr",
    )
    assert config.origins["site.url"] == "docusaurus.config.js"
    assert load_one(root).url == "https://example.org/sub/blog/2024/01/02/a"


@pytest.mark.parametrize(
    ("blog", "found"),
    [
        ("{}", {"a", "skip/b"}),
        ("{exclude: ['**/skip/**']}", {"a", "_part", "_parts/c"}),
        ("{exclude: ['*.md']}", {"skip/b", "_parts/c"}),
        ("{exclude: []}", {"a", "skip/b", "_part", "_parts/c"}),
    ],
)
def test_what_the_plugin_excludes_is_no_post(tmp_path, blog, found):
    names = ("a", "skip/b", "_part", "_parts/c")
    posts = load_by_source(site(tmp_path, blog, **{f"{name}.md": DATED for name in names}))
    assert {source[len("blog/") : -len(".md")] for source in posts} == found
