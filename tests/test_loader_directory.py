"""People in data files and folders."""

from __future__ import annotations

import pytest

from blogs import load_by_source, write
from feeds.errors import ConfigError
from feeds.loader.directory import read_people_data, read_people_files, read_people_folder
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


def test_every_data_file_about_people_is_read_and_the_plainest_wins(tmp_path):
    files = {
        "_data/authors.yml": "ada:\n  name: Ada Lovelace\n",
        "_data/all_authors.json": '{"ada": {"name": "A. L."}, "nz": {"name": "Nicholas", "website": "https://n.example"}}',
        "_data/team.toml": "[grace]\nname = 'Grace Hopper'\n",
        "_data/authorsOld.json": "{",
        "_data/nav.yml": "home:\n  name: Home\n",
    }
    people = read_people_data(write(tmp_path, files), "_data")
    assert {key: (one.name, one.url) for key, one in people.items()} == {
        "ada": ("Ada Lovelace", None),
        "nz": ("Nicholas", "https://n.example"),
        "grace": ("Grace Hopper", None),
    }
    assert read_people_data(tmp_path, "nothing") == {}
    write(tmp_path, {"_data/authors.yml": "a: ["})
    with pytest.raises(ConfigError):
        read_people_data(tmp_path, "_data")


@pytest.mark.parametrize(
    "module",
    [
        "export const authors: Record<string, Author> = { ada: { name: 'Ada Lovelace', url: 'https://ada.example' } };",
        "import x from 'x';\nexport default { ada: { name: 'Ada Lovelace', url: `https://ada.example` }, b: make() }",
        "export const AUTHORS = [{ id: 'ada', name: 'Ada Lovelace', url: 'https://ada.example' }] as const;",
    ],
)
def test_people_in_a_module_are_known_as_far_as_it_is_data(tmp_path, module):
    files = {
        "astro.config.mjs": "export default {};",
        "src/data/authors.ts": module,
        "src/content/blog/a.md": "---\ntitle: A\npubDate: 2024-01-02\nauthor: ada\n---\n",
    }
    (post,) = load_by_source(write(tmp_path, files)).values()
    assert [(one.name, one.url) for one in post.authors] == [("Ada Lovelace", "https://ada.example")]
