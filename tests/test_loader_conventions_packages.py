"""A site is taken for what it is, also beside files that other generators have."""

from __future__ import annotations

import pytest

from blogs import configure, write

POST = "---\ntitle: Hello\ndate: 2024-01-02\n---\n\nBody\n"


@pytest.mark.parametrize(
    ("convention", "files"),
    [
        (
            "jekyll",
            {
                "_config.yml": "title: J\n",
                "_posts/2024-01-02-a.md": POST,
                "package.json": '{"devDependencies": {"gulp": "5"}}',
            },
        ),
        (
            "jekyll",
            {
                "_config.yml": "title: J\n",
                "_posts/2024-01-02-a.md": POST,
                "docs/docusaurus.config.js": "export default {}",
            },
        ),
        (
            "hugo",
            {
                "hugo.toml": "title = 'H'\n",
                "content/posts/a.md": POST,
                "website/package.json": '{"dependencies": {"astro": "5"}}',
            },
        ),
        (
            "zola",
            {"config.toml": "base_url = 'https://example.org'\n", "content/a.md": POST, "package.json": "{}"},
        ),
        (
            "hexo",
            {
                "_config.yml": "title: H\n",
                "source/_posts/a.md": POST,
                "package.json": '{"dependencies": {"hexo": "7"}}',
            },
        ),
        (
            "nextjs",
            {"_posts/a.md": POST, "package.json": '{"dependencies": {"next": "15", "gray-matter": "4"}}'},
        ),
        (
            "docusaurus",
            {"website/docusaurus.config.ts": "export default {}", "website/blog/2024-01-02-a.md": POST},
        ),
        ("eleventy", {".eleventy.js": "module.exports = {}", "_posts/2024-01-02-a.md": POST}),
        ("astro", {"apps/web/astro.config.mjs": "export default {}", "apps/web/src/content/blog/a.md": POST}),
        (
            "plain",
            {"conf.py": "extensions = ['sphinx.ext.autodoc']\n", "news/2024-01-02-a.md": "# A\n\nText\n"},
        ),
        (
            "plain",
            {"mkdocs.yml": "site_name: Docs\nplugins: [search]\n", "news/2024-01-02-a.md": "# A\n\nText\n"},
        ),
        (
            "plain",
            {"package.json": '{"dependencies": {"left-pad": "1"}}', "posts/2024-01-02-a.md": "# A\n\nText\n"},
        ),
        (
            "plain",
            {"settings.py": "DEBUG = True\nINSTALLED_APPS = []\n", "posts/2024-01-02-a.md": "# A\n\nText\n"},
        ),
    ],
)
def test_the_generator_is_the_one_that_makes_the_site(tmp_path, convention, files):
    assert configure(write(tmp_path, files)).site.convention == convention


@pytest.mark.parametrize(
    ("homepage", "url"),
    [
        ("https://blog.example", "https://blog.example/"),
        ("https://github.com/ada/blog#readme", None),
        ("https://registry.example/package/blog", None),
    ],
)
def test_the_page_of_a_repository_or_a_package_is_not_the_site(tmp_path, homepage, url):
    package = f'{{"dependencies": {{"@11ty/eleventy": "3"}}, "homepage": "{homepage}"}}'
    assert configure(write(tmp_path, {"package.json": package, "posts/2024-01-02-a.md": POST})).site.url == url
