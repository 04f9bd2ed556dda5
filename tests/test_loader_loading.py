"""A folder into posts, and what concerns all of them."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from blogs import NOW, configure, load, load_by_source, published, write
from feeds.errors import ConfigError
from feeds.loader.detection import get_convention
from feeds.loader.loading import collect_facts, find_files, read_file, read_files, settle_posts
from feeds.loader.reading import read_post
from feeds.models import Severity, Status


def test_one_bad_post_stops_no_other(tmp_path):
    write(
        tmp_path,
        {
            "posts/2024-01-01-a.md": "A",
            "posts/2024-01-02-b.md": "---\ntitle: [\n---\n",
            "posts/2024-01-03-c.md": "",
        },
    )
    (tmp_path / "posts/2024-01-04-d.md").symlink_to(tmp_path / "posts/2024-01-04-d.md")
    loaded = load(tmp_path)
    assert published(loaded) == ["posts/2024-01-01-a.md"]
    assert [post.status for post in loaded.posts] == [Status.PUBLISHED, *[Status.INVALID] * 3]
    assert [problem.path for problem in loaded.problems] == [post.source for post in loaded.posts[1:]]
    assert "cannot be read" in loaded.problems[-1].message


def test_two_posts_with_one_address_name_each_other_and_the_earlier_is_in_the_feeds(tmp_path):
    header = "---\ntitle: {}\ndate: {}\npermalink: /same/\n---\n"
    write(
        tmp_path,
        {
            "_config.yml": "url: https://example.org",
            "_posts/2024-01-02-a.md": header.format("A", "2024-01-02"),
            "_posts/2024-01-01-b.md": header.format("B", "2024-01-01"),
            "_posts/2023-01-01-c.md": header.format("C", "2023-01-01").replace("---\n", "---\npublished: false\n", 1),
        },
    )
    loaded = load(tmp_path)
    [problem] = loaded.problems
    assert (problem.path, problem.severity) == ("_posts/2024-01-02-a.md", Severity.ERROR)
    assert "_posts/2024-01-01-b.md" in problem.message
    assert [post.source for post in loaded.posts if post.in_feeds and post.status is Status.PUBLISHED] == [
        "_posts/2024-01-01-b.md"
    ]


def test_a_pinned_id_belongs_to_one_post(tmp_path):
    write(tmp_path, {f"posts/2024-01-0{day}-x{day}.md": "---\nguid: urn:x:1\n---\nx" for day in (1, 2)})
    loaded = load(tmp_path)
    assert [post.guid for post in loaded.posts] == ["urn:x:1", None]
    assert [problem.severity for problem in loaded.problems] == [Severity.WARNING]


def test_the_same_files_at_another_time_differ_in_status_alone(tmp_path):
    write(tmp_path, {"posts/2026-06-02-later.md": "x"})
    [early] = load(tmp_path).posts
    [late] = load(tmp_path, now=datetime(2026, 6, 3, tzinfo=UTC)).posts
    assert (early.status, late.status) == (Status.SCHEDULED, Status.PUBLISHED)
    assert (early.published, early.url) == (late.published, late.url)


def test_what_a_file_is_read_with_and_what_comes_out_travels_to_another_process_and_back(tmp_path):
    write(tmp_path, {"posts/2024-01-01-a.md": "---\ncustom: {a: [1]}\n---\n", "posts/2024-01-02-b.md": ""})
    config = configure(tmp_path)
    facts, files = pickle.loads(pickle.dumps((collect_facts(config), find_files(config))))
    convention = get_convention(facts.convention)
    readings = [read_post(file.path.read_bytes(), file, facts, convention) for file in files]
    assert settle_posts(pickle.loads(pickle.dumps(readings)), now=NOW) == load(tmp_path)


def test_files_that_are_read_together_are_read_as_each_alone(tmp_path):
    write(
        tmp_path,
        {
            "posts/2024-01-01-a.md": "---\ntitle: A\ntags: [x, y]\n---\na",
            "posts/2024-01-02-b.md": "",
            "posts/2024-01-03-c.md": "---\ntitle: 'C\n---\nc",
            "posts/2024-01-04-d.md": "---\ndate: never\n---\nd",
            "posts/2024-01-05-e.md": "# E",
        },
    )
    config = configure(tmp_path)
    facts, files = collect_facts(config), find_files(config)
    gone = replace(files[0], source="posts/gone.md")
    convention = get_convention(facts.convention)
    together = read_files([(file, None) for file in (*files, gone)], facts, convention)
    assert together == [read_file(file, facts, convention) for file in (*files, gone)]
    assert [reading.post.status for reading in together].count(Status.INVALID) == 3


def test_posts_are_sorted_by_source_whatever_order_they_were_read_in(tmp_path):
    write(tmp_path, {f"posts/2024-01-0{day}-x.md": "x" for day in (3, 1, 2)})
    loaded = load(tmp_path)
    assert [post.source for post in loaded.posts] == [f"posts/2024-01-0{day}-x.md" for day in (1, 2, 3)]
    assert settle_posts([], now=NOW).posts == ()


def test_a_folder_that_is_named_and_missing_is_an_error(tmp_path):
    with pytest.raises(ConfigError, match="which is not there"):
        load(tmp_path, posts={"path": "nowhere"})


def test_a_permalink_of_ones_own_that_means_nothing_is_an_error_of_the_settings(tmp_path):
    write(tmp_path, {"posts/2024-01-01-a.md": "x"})
    with pytest.raises(ConfigError, match=r"posts\.permalink: .*:nope"):
        load(tmp_path, posts={"permalink": "/:nope/"})


def test_folders_that_are_named_are_the_folders(tmp_path):
    write(tmp_path, {"a/2024-01-01-x.md": "x", "b/2024-01-01-y.md": "y", "posts/2024-01-01-z.md": "z"})
    assert list(load_by_source(tmp_path, posts={"path": ["a", "b"]})) == [
        "a/2024-01-01-x.md",
        "b/2024-01-01-y.md",
    ]


def test_data_files_resolve_the_keys_of_authors(tmp_path):
    write(
        tmp_path,
        {
            "_config.yml": "url: https://example.org",
            "_data/authors.yml": "ada:\n  name: Ada Lovelace\n  email: ada@example.org\n",
            "_posts/2024-01-01-a.md": "---\nauthor: ada\n---\n",
            "_posts/2024-01-02-b.md": "---\nauthors: [Ada Lovelace, ada-lovelace, Grace]\n---\n",
        },
    )
    one, two = load(tmp_path).posts
    assert [(person.name, person.email) for person in one.authors] == [("Ada Lovelace", "ada@example.org")]
    assert [person.name for person in two.authors] == ["Ada Lovelace", "Grace"]


def test_a_generator_in_a_folder_of_a_project_is_found_there(tmp_path):
    write(
        tmp_path,
        {
            "README.md": "# Project\n",
            "src/notes.md": "x",
            "website/_config.yml": "url: https://example.org\npermalink: /:title/",
            "website/_posts/2024-01-01-a.md": "---\ntitle: A\n---\n",
            "website/_posts/2024-01-02-b.md": "---\ntitle: [\n---\n",
        },
    )
    posts = load_by_source(tmp_path)
    assert posts["website/_posts/2024-01-01-a.md"].url == "https://example.org/a/"
    assert load(tmp_path).problems[0].path == "website/_posts/2024-01-02-b.md"
