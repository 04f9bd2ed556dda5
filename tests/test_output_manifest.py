import json

import pytest

from feeds.errors import OutputError
from feeds.output import MANIFEST, Manifest, WrittenFile, read_manifest
from feeds.output.manifest import check_path, write_manifest

SITE = "https://blog.example/"


def test_what_was_written_is_read_again(tmp_path):
    files = {"tags/größe/rss.xml": WrittenFile(sha256="ab", size=3), "rss.xml": WrittenFile()}
    manifest = Manifest(site_url=SITE, files=files, complete=False)
    write_manifest(tmp_path, manifest)
    assert read_manifest(tmp_path) == manifest


def test_the_same_files_give_the_same_bytes_in_whatever_order_they_came(tmp_path):
    write_manifest(tmp_path, Manifest(site_url=SITE, files={"b": WrittenFile(), "a": WrittenFile()}))
    first = (tmp_path / MANIFEST).read_bytes()
    write_manifest(tmp_path, Manifest(site_url=SITE, files={"a": WrittenFile(), "b": WrittenFile()}))
    assert (tmp_path / MANIFEST).read_bytes() == first


def test_a_folder_without_a_manifest_is_nobodys(tmp_path):
    assert read_manifest(tmp_path) is None
    assert read_manifest(tmp_path / "not" / "there") is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", '{"version": 1}', '{"version": 1, "files": []}'])
def test_a_damaged_manifest_is_an_error_that_says_what_to_do(tmp_path, text):
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(OutputError, match=f"{MANIFEST}: is damaged; remove it"):
        read_manifest(tmp_path)


def test_a_manifest_of_another_version_is_not_guessed_at(tmp_path):
    (tmp_path / MANIFEST).write_text('{"version": 9}')
    with pytest.raises(OutputError, match="another version"):
        read_manifest(tmp_path)


def test_a_manifest_cannot_name_a_file_outside_its_folder(tmp_path):
    data = {"version": 1, "site": SITE, "complete": True, "files": {"../x": {"sha256": "", "size": 0}}}
    (tmp_path / MANIFEST).write_text(json.dumps(data))
    with pytest.raises(OutputError, match=r"'\.\./x'"):
        read_manifest(tmp_path)


def test_a_file_where_the_folder_should_be_is_named(tmp_path):
    (tmp_path / "public").write_text("")
    with pytest.raises(OutputError, match=r"public: is a file; move it away"):
        read_manifest(tmp_path / "public")


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "..",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "a/",
        "./a",
        "a/./b",
        "a\\..\\b",
        "C:x",
        "a\0b",
        "a./b",
        MANIFEST,
    ],
)
def test_a_path_that_leaves_the_folder_is_refused(path):
    with pytest.raises(OutputError, match="no path for a file of ours"):
        check_path(path)


@pytest.mark.parametrize("path", ["rss.xml", "tags/c/rss.xml", "tags/größe-maß/feed.json", "a/..b/c"])
def test_a_plain_path_passes(path):
    assert check_path(path) == path
