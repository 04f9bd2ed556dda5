import struct
import zlib

import pytest

from feeds.models import Image
from rendering import render_post


def write_png(path, width=320, height=200):
    path.parent.mkdir(parents=True, exist_ok=True)
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header)) + b"\0" * 40
    )
    return path.stat().st_size


def find(root, body="", **more):
    return render_post(root, body, **more).entry.image


def test_front_matters_picture_comes_before_the_bodys(tmp_path):
    body = "![In the *body*](/body.png)"
    assert find(tmp_path, body, image=Image(url="/said.png", alt="Said")) == Image(
        url="https://blog.example/said.png", alt="Said", type="image/png"
    )
    assert find(tmp_path, body) == Image(url="https://blog.example/body.png", alt="In the body", type="image/png")
    assert find(tmp_path, "Words.") is None


@pytest.mark.parametrize(
    "icon",
    [
        '<img src="https://img.shields.io/x.svg">',
        '<img src="/x.png" width="16">',
        '<img src="https://travis-ci.org/a/b.svg">',
        '<img src="data:image/png;base64,iVBORw0KGgo=">',
        '<img src="https://www.gravatar.com/avatar/x">',
        '<img src="https://pixel.example/pixel.gif">',
    ],
)
def test_an_icon_is_no_posts_picture(tmp_path, icon):
    assert find(tmp_path, f"{icon} ![real](/real.jpg)").url == "https://blog.example/real.jpg"


@pytest.mark.parametrize("folder", ["", "static", "public", "source"])
def test_a_picture_at_hand_is_measured(tmp_path, folder):
    length = write_png(tmp_path / folder / "img" / "ä b.png")
    image = find(tmp_path, "![x](</img/ä b.png>)")
    assert (image.width, image.height, image.length, image.type) == (320, 200, length, "image/png")


def test_a_picture_beside_the_post_is_measured_and_named(tmp_path):
    write_png(tmp_path / "posts" / "pics" / "x.png", 10, 20)
    result = render_post(tmp_path, "![x](pics/x.png)")
    assert (result.entry.image.width, result.entry.image.height) == (10, 20)
    assert "posts/pics/x.png" in result.files


def test_a_path_in_front_matter_is_the_sites_unless_it_stands_beside_the_post(tmp_path):
    said = Image(url="images/x.png")
    assert find(tmp_path, image=said).url == "https://blog.example/images/x.png"
    bundle = {"source": "posts/one/index.md"}
    assert find(tmp_path, image=said, **bundle).url == "https://blog.example/one/images/x.png"
    write_png(tmp_path / "static" / "images" / "x.png")
    assert find(tmp_path, image=said, **bundle).url == "https://blog.example/images/x.png"
    write_png(tmp_path / "posts" / "one" / "images" / "x.png")
    assert find(tmp_path, image=said, **bundle).url == "https://blog.example/one/images/x.png"


def test_another_sites_picture_and_a_broken_file_are_not_measured(tmp_path):
    write_png(tmp_path / "x.png")
    assert find(tmp_path, "![x](https://cdn.example/x.png)").width is None
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    image = find(tmp_path, "![x](/broken.png)")
    assert (image.width, image.length) == (None, 9)


def test_no_picture_outside_of_the_site_is_looked_at(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    write_png(tmp_path / "secret.png")
    (site / "link.png").symlink_to(tmp_path / "secret.png")
    assert find(site, "![x](/link.png)").length is None
    assert find(site, "![x](/..%2fsecret.png)").length is None


def test_a_script_is_no_picture(tmp_path):
    assert find(tmp_path, image=Image(url="javascript:alert(1)")) is None


def test_a_null_character_in_an_address_names_no_file(tmp_path):
    result = render_post(tmp_path, "![x](/a%00b.png)")
    assert result.entry.image.url == "https://blog.example/a%00b.png"
    assert result.files == ()


@pytest.mark.parametrize(
    "address", ["/img/x.png", "img/x.png", "../img/x.png", "/x.png", "https://blog.example/a/x.png"]
)
def test_where_a_picture_is_looked_for_does_not_depend_on_how_it_is_written(tmp_path, address):
    folder, name = address.rsplit("/", 1)
    other = f"{folder}/{name.replace('.', '%2E')}"
    plain, odd = (render_post(tmp_path, f"![]({written})").files for written in (address, other))
    assert plain == odd
    assert plain
