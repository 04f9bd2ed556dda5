"""Folders without a generator."""

from __future__ import annotations

import pytest

from blogs import configure, load_by_source, load_one, write
from feeds.loader import detect_site
from feeds.models import Markup, Status


@pytest.mark.parametrize(
    ("source", "day", "title", "path"),
    [
        ("posts/2024-05-06-some-words.md", "2024-05-06", "some words", "/2024-05-06-some-words"),
        ("posts/2024-05 words.md", "2024-05-01", "words", "/2024-05%20words"),
        ("posts/20240506 words.md", "2024-05-06", "words", "/20240506%20words"),
        ("posts/240506-words.md", "2024-05-06", "words", "/240506-words"),
        ("posts/2024-05-06.md", "2024-05-06", "2024 05 06", "/2024-05-06"),
        ("posts/2024-05-06-trip/index.md", "2024-05-06", "trip", "/2024-05-06-trip/"),
        ("posts/2024/05/06/words.md", "2024-05-06", "words", "/2024/05/06/words"),
        ("posts/2024/05/words.md", "2024-05-01", "words", "/2024/05/words"),
        ("posts/2024/05/06.md", "2024-05-06", "06", "/2024/05/06"),
        ("posts/2024/05/06/index.md", "2024-05-06", "06", "/2024/05/06/"),
        ("posts/2024/05/06-words.md", "2024-05-06", "words", "/2024/05/06-words"),
        ("posts/2024/05-06-words.md", "2024-05-06", "words", "/2024/05-06-words"),
        ("posts/2024-05-06/words.md", "2024-05-06", "words", "/2024-05-06/words"),
    ],
)
def test_date_and_title_come_from_the_names_of_file_and_folders(tmp_path, source, day, title, path):
    post = load_one(write(tmp_path, {source: "Text\n"}), posts={"path": "posts"})
    assert post.published is not None
    assert (post.published.date().isoformat(), post.title, post.url) == (day, title, path)


@pytest.mark.parametrize(
    ("header", "url"),
    [
        ("permalink: /own/", "/own/"),
        ("url: https://other.example/x", "https://other.example/x"),
        ("path: /a/b", "/a/b"),
        ("url: relative", "/2024-05-06-words"),
    ],
)
@pytest.mark.parametrize("pattern", [None, "/:year-:month-:day-:slug"])
def test_an_address_in_the_header_is_the_posts(tmp_path, header, url, pattern):
    site = write(tmp_path, {"posts/2024-05-06-words.md": f"---\n{header}\n---\nText\n"})
    posts = {"path": "posts"} | ({"permalink": pattern} if pattern else {})
    assert load_one(site, posts=posts).url == url


def test_the_title_is_the_first_heading(tmp_path):
    post = load_one(write(tmp_path, {"posts/2024-05-06.md": "# A *day*\n\nText\n"}))
    assert (post.title, post.body) == ("A day", "\nText\n")


def test_files_about_the_folder_are_no_posts(tmp_path):
    write(
        tmp_path,
        {
            f"posts/{name}": "2024"
            for name in ("README.md", "CHANGELOG.md", "LICENSE.md", "2024-01-01-a.md", "notes.txt")
        },
    )
    assert list(load_by_source(tmp_path)) == ["posts/2024-01-01-a.md"]


def test_a_post_without_a_date_anywhere_is_said_to_have_none(tmp_path):
    posts = load_by_source(write(tmp_path, {"posts/2024-01-01-a.md": "x", "posts/b.md": "x"}))
    assert posts["posts/b.md"].status is Status.UNDATED
    assert "date" in posts["posts/b.md"].reason


def test_the_site_is_called_by_its_readme(tmp_path):
    write(tmp_path, {"README.md": "# The *Journal*\n", "CNAME": "a.example", "posts/2024-01-01-a.md": "x"})
    findings = detect_site(tmp_path)
    assert dict(findings.site) == {"url": "https://a.example/", "title": "The Journal"}
    assert findings.origins["site.title"] == "README.md"
    assert findings.origins["posts.path"] == "1 dated file"


def test_folders_of_one_post_each_count_for_the_folder_above(tmp_path):
    post = "---\ndate: 2024-01-02\n---\n\nText\n"
    files = {f"site/blog/post-{number}/index.md": post for number in range(9)}
    files |= {f"site/docs/guide/page-{number}.md": post for number in range(3)}
    assert detect_site(write(tmp_path, files)).posts == ("site/blog",)


def test_the_same_folder_in_other_languages_belongs_to_the_posts(tmp_path):
    files = {f"site/{language}/blog/2024-01-02-{n}.md": "x" for language in ("en", "pt-BR", "zh") for n in range(3)}
    files |= {"site/en/blog/2024-01-03-en-only.md": "x", "site/js/blog/2024-01-02-no-language.md": "x"}
    posts = load_by_source(write(tmp_path, files))
    assert {source.split("/")[1]: post.language for source, post in posts.items()} == {
        "en": "en",
        "pt-BR": "pt-BR",
        "zh": "zh",
    }


def test_languages_may_lie_below_the_posts_too(tmp_path):
    write(tmp_path, {f"blog/{language}/2024-01-02-{n}.md": "x" for language in ("ar", "fr") for n in range(3)})
    posts = load_by_source(tmp_path)
    assert {source.split("/")[1]: post.language for source, post in posts.items()} == {"ar": "ar", "fr": "fr"}


def test_one_folder_with_a_short_name_is_no_language(tmp_path):
    posts = load_by_source(write(tmp_path, {f"blog/it/2024-01-02-{n}.md": "x" for n in range(3)}))
    assert {post.language for post in posts.values()} == {None}


def test_mdx_is_a_post_in_any_folder(tmp_path):
    files = {
        "content/a.mdx": "---\ntitle: A\npublishedAt: 2024-01-02\n---\nimport X from 'x'\n\nText\n",
        "content/b.mdx": "export const metadata = {\n  title: 'B',\n  date: '2024-01-03',\n}\n\nText\n",
    }
    posts = load_by_source(write(tmp_path, files)).values()
    assert [(post.title, f"{post.published:%F}", post.markup) for post in posts] == [
        ("A", "2024-01-02", Markup.MDX),
        ("B", "2024-01-03", Markup.MDX),
    ]


def test_links_between_posts_say_what_is_above_them(tmp_path):
    body = "[b](/blog/b-two/) [c](/blog/c-three) [picture](/blog/a-one/p.png)\n"
    files = {
        f"articles/2024-01-0{number}-{name}.md": body for number, name in enumerate(("a-one", "b-two", "c-three"), 1)
    }
    root = write(tmp_path, files)
    assert configure(root).origins["posts.permalink"] == "a guess: 6 links in its posts"
    assert [post.url for post in load_by_source(root).values()] == ["/blog/a-one", "/blog/b-two", "/blog/c-three"]


@pytest.mark.parametrize(
    ("folder", "route", "url"),
    [
        ("blog", "a guess: the folder blog", "/blog/2024-01-02-a"),
        ("contents/Articles", "a guess: the folder contents/Articles", "/Articles/2024-01-02-a"),
        ("posts", None, "/2024-01-02-a"),
        ("content", None, "/2024-01-02-a"),
    ],
)
def test_a_folder_that_is_called_as_addresses_are_is_a_part_of_them(tmp_path, folder, route, url):
    root = write(tmp_path, {f"{folder}/2024-01-02-a.md": "x"})
    assert (configure(root).origins.get("posts.permalink"), load_one(root).url) == (route, url)
