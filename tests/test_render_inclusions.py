import pytest

from feeds.render.inclusions import MAX_SIZE, Inclusions


def test_a_file_of_the_sites_is_read_and_named(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_bytes(b"\xef\xbb\xbftext")
    inclusions = Inclusions(tmp_path)
    assert inclusions.read("b.txt", "a") == "text"
    assert inclusions.find("b.txt", ("", "a")) == "text"
    assert inclusions.asked == {"a/b.txt", "b.txt"}


@pytest.mark.parametrize(
    "name", ["../secret", "/../secret", "a/../../secret", "link", "folder/secret", "\0", "big", "raw"]
)
def test_what_is_outside_or_no_text_is_not_read(tmp_path, name):
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "secret").write_text("hunter2")
    (site / "link").symlink_to(tmp_path / "secret")
    (site / "folder").symlink_to(tmp_path)
    (site / "big").write_text("x" * (MAX_SIZE + 1))
    (site / "raw").write_bytes(b"\xff\xfe")
    assert Inclusions(site).read(name) is None
