"""Lead images and enclosures in the forms that themes and generators use."""

from __future__ import annotations

import pytest

from feeds.loader.attachments import find_enclosure, find_image
from feeds.models import Enclosure, Image


@pytest.mark.parametrize(
    ("fields", "key", "url"),
    [
        ({"header-img": "images/a.jpg"}, "header-img", "images/a.jpg"),
        ({"featured": True, "cover": "/a.png"}, "cover", "/a.png"),
        ({"heroimage": "https://example.org/x"}, "heroimage", "https://example.org/x"),
        ({"image": {"path": "/a.webp", "width": 10}}, "image", "/a.webp"),
        ({"cover": {"image": "a.avif", "relative": True}}, "cover", "a.avif"),
        ({"header": {"teaser": "/t.jpg", "overlay_color": "#333"}}, "header", "/t.jpg"),
        ({"images": ["one.png", "two.png"]}, "images", "one.png"),
        ({"resources": [{"name": "x", "src": "a.svg"}]}, "resources", "a.svg"),
        ({"og_image": "//cdn.example.org/a"}, "og_image", "//cdn.example.org/a"),
        ({"thumbnail": "a.jpg?size=2"}, "thumbnail", "a.jpg?size=2"),
    ],
)
def test_a_lead_image_is_found_under_its_many_names(fields, key, url):
    found, image = find_image(fields)
    assert (found, image and image.url) == (key, url)


@pytest.mark.parametrize(
    "fields",
    [{"image": "mountain"}, {"hero": True}, {"header": {"title": "x"}}, {"images": []}, {"image": 3}, {}],
)
def test_what_is_no_path_is_no_image(fields):
    assert find_image(fields) == ("", None)


def test_the_text_for_those_who_do_not_see_it_is_kept():
    assert find_image({"image": {"src": "a.png", "alt": " A cat "}})[1] == Image(url="a.png", alt="A cat")
    assert find_image({"image": "a.png", "image_alt": "A cat"})[1] == Image(url="a.png", alt="A cat")
    assert find_image({"cover": "a.png", "coverAlt": "A cat"})[1] == Image(url="a.png", alt="A cat")


@pytest.mark.parametrize(
    ("fields", "enclosure"),
    [
        ({"audio": "/a.mp3"}, Enclosure(url="/a.mp3", type="audio/mpeg", length=0)),
        (
            {"audio": "/a.mp3", "audio_length": "1,234"},
            Enclosure(url="/a.mp3", type="audio/mpeg", length=1234),
        ),
        ({"video": {"src": "v.mp4?x=1", "bytes": 9}}, Enclosure(url="v.mp4?x=1", type="video/mp4", length=9)),
        (
            {"enclosure": {"url": "https://a/b", "type": "audio/x", "length": 7}},
            Enclosure(url="https://a/b", type="audio/x", length=7),
        ),
        ({"enclosure": [{"url": "a.ogg"}]}, Enclosure(url="a.ogg", type="audio/ogg", length=0)),
    ],
)
def test_a_sound_or_film_is_found(fields, enclosure):
    assert find_enclosure(fields)[1] == enclosure


@pytest.mark.parametrize(
    "fields",
    [{"video": "https://video.example/watch?v=1"}, {"audio": True}, {"podcast": {}}, {"video": []}, {}],
)
def test_an_address_of_no_known_type_is_no_enclosure(fields):
    assert find_enclosure(fields) == ("", None)
