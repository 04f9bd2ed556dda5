import pickle

import pytest

from blogs import configure, write
from feeds.errors import ConfigError
from feeds.loader.site_data import DataFolder

POST = "---\ntitle: One\n---\nText\n"


def test_a_data_file_is_read_by_its_name_and_a_folder_is_a_table(tmp_path):
    write(
        tmp_path,
        {
            "_data/team.yml": "- name: Ada\n",
            "_data/my list.json": "[1, 2]",
            "_data/deep/rows.tsv": "a\tb\n1\t2\n",
            "_data/readme.txt": "no data",
        },
    )
    data = DataFolder(tmp_path, "_data")
    assert data["team"] == [{"name": "Ada"}]
    assert data["deep"]["rows"] == [{"a": "1", "b": "2"}]
    assert list(data) == ["deep", "my_list", "team"]
    assert data["my_list"] == [1, 2]
    assert "readme" not in data
    assert "_data/team.yml" in data.list_sources("team")
    assert pickle.loads(pickle.dumps(data))["team"] == data["team"]


@pytest.mark.parametrize("name", ["../secret", "secret", "a/b", "", "none"])
def test_nothing_outside_of_the_folder_is_data(tmp_path, name):
    write(tmp_path, {"secret.yml": "a: 1", "site/_data/x.yml": "b: 1"})
    (tmp_path / "site" / "_data" / "secret.yml").symlink_to(tmp_path / "secret.yml")
    assert name not in DataFolder(tmp_path / "site", "_data")


def test_a_broken_data_file_is_an_error_with_its_place(tmp_path):
    write(tmp_path, {"_data/x.yml": "a: ["})
    with pytest.raises(ConfigError, match=r"x\.yml"):
        DataFolder(tmp_path, "_data")["x"]


def test_what_posts_may_show_is_found_without_being_read(tmp_path):
    jekyll = write(
        tmp_path / "jekyll", {"_config.yml": "data_dir: facts", "facts/x.yml": "a: [", "_posts/2026-01-01-a.md": POST}
    )
    assert configure(jekyll).findings.options["data"] == DataFolder(jekyll, "facts")
    extensions = "markdown_extensions:\n  - pymdownx.snippets:\n      base_path: [parts, docs/more]\n"
    mkdocs = write(
        tmp_path / "mkdocs",
        {"mkdocs.yml": f"site_name: S\nplugins: [blog]\n{extensions}", "docs/blog/posts/a.md": POST},
    )
    assert configure(mkdocs).findings.options["snippets"] == ["parts", "docs/more"]
    hugo = write(tmp_path / "hugo", {"hugo.toml": "[params]\nVersion = 'v1'\n", "content/post/a.md": POST})
    assert configure(hugo).findings.options["params"] == {"version": "v1"}
