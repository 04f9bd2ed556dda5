"""People in data files and folders."""

from __future__ import annotations

import pytest

from blogs import load_by_source, write
from feeds.errors import ConfigError
from feeds.loader.directory import read_people_files, read_people_folder
from feeds.models import Person


def test_the_first_data_file_that_knows_anybody_is_read(tmp_path):
    write(tmp_path, {"_data/authors.yml": "", "_data/people.json": '{"ada": {"name": "Ada"}}'})
    assert read_people_files(tmp_path, "_data/authors", "_data/people") == {"ada": Person(name="Ada")}
    assert read_people_files(tmp_path, "_data/nobody") == {}


def test_a_data_file_that_cannot_be_read_is_an_error(tmp_path):
    write(tmp_path, {"_data/authors.yml": "a: ["})
    with pytest.raises(ConfigError):
        read_people_files(tmp_path, "_data/authors")


def test_people_with_a_page_each_go_by_the_pages_name(tmp_path):
    write(
        tmp_path,
        {
            "authors/_index.md": "---\ntitle: Authors\n---\n",
            "authors/ada/_index.md": "---\ntitle: Ada Lovelace\n---\n",
            "authors/grace.toml": "name = 'Grace Hopper'",
            "authors/linus.md": "---\nshort_name: lt\nname: Linus\n---\n",
            "authors/broken.md": "---\nname: [\n---\n",
            "authors/photo.png": b"\x89",
        },
    )
    people = read_people_folder(tmp_path, "authors")
    assert {key: person.name for key, person in people.items()} == {
        "ada": "Ada Lovelace",
        "grace": "Grace Hopper",
        "linus": "Linus",
        "lt": "Linus",
    }


ADA = "name: Ada Lovelace\nemail: ada@example.org\nwebsite: https://ada.example\n"
WRITTEN = "---\ntitle: T\ndate: 2024-01-01\nauthors: [ada]\n---\nwords\n"


@pytest.mark.parametrize(
    ("source", "files"),
    [
        ("content/a.md", {"author/ada.md": f"---\n{ADA}---\n"}),
        ("blog/a.md", {"_data/authors.yml": "ada:\n  " + ADA.strip().replace("\n", "\n  ")}),
        ("content/post/a.md", {"hugo.toml": "title = 'H'", "data/author/ada.yml": ADA}),
        (
            "apps/site/pages/blog/a.md",
            {
                "apps/site/next.config.mjs": "export default {}",
                "apps/site/authors.json": '{"ada": {"name": "Ada Lovelace", "email": "ada@example.org", "url": "https://ada.example"}}',
            },
        ),
    ],
)
def test_a_posts_authors_are_those_of_the_sites_data_wherever_it_keeps_them(tmp_path, source, files):
    (post,) = load_by_source(write(tmp_path, {source: WRITTEN, **files})).values()
    assert post.authors == (Person(name="Ada Lovelace", email="ada@example.org", url="https://ada.example"),)
