"""The digest as a browser lays it out: the two hard numbers, and nothing beyond the edge."""

import struct
import zlib
from contextlib import contextmanager

import pytest

from browsing import chromium, find_violations, open_page
from making_digests import COVER, RICH, make_digest, make_entries, make_entry

__all__ = ["chromium"]
FIRST_SENTENCE = {700: 530, 375: 430}
OTHERS = ("landmark-one-main", "region")  # the page around a mail is its reader's program
pytestmark = pytest.mark.chromium

MEASURE = r"""() => {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [red, green, blue] = colour.map((v) => linear(v / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    for (; element; element = element.parentElement) {
      const colour = channels(getComputedStyle(element).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let node, least = 21, worst = "", small = 99;
  while ((node = walker.nextNode())) {
    const element = node.parentElement, box = element.getBoundingClientRect(), style = getComputedStyle(element);
    if (!node.textContent.trim() || !box.width || !box.height || element.closest(".preheader")) continue;
    const two = [luminance(channels(style.color)), luminance(ground(element))].sort((x, y) => y - x);
    const ratio = (two[0] + 0.05) / (two[1] + 0.05);
    if (ratio < least) [least, worst] = [ratio, node.textContent.trim().slice(0, 40)];
    if (!element.closest("sup")) small = Math.min(small, parseFloat(style.fontSize));
  }
  const first = document.querySelector(".lead-text, .prose p:not(.cover)");
  const top = first ? first.getBoundingClientRect().top : null;
  return { width: document.documentElement.scrollWidth, least, worst, small, first: top };
}"""


def make_picture(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\0" * ((width + 7) // 8)) * height
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


PICTURE = make_picture(COVER.width, COVER.height)


@contextmanager
def look(chromium, digest, *, width, scheme="light", pictures=True, picture=PICTURE):
    """A page that shows the digest in a window of that width; the same picture stands at every address, or none."""

    def answer(route):
        if pictures:
            route.fulfill(body=picture, content_type="image/png")
        else:
            route.abort()

    # A mail program runs no script and complains to no console.
    window = {"width": width, "height": 900}
    with open_page(chromium, viewport=window, scheme=scheme, silent=pictures) as page:
        page.route("https://example.org/**", answer)
        page.set_content(digest.html, wait_until="load")
        yield page


ISSUES = {
    "letter": lambda: [make_entry(image=COVER, title="Let us scale: tools which complete your workflow")],
    "cover": lambda: make_entries(5, image=COVER, title="Let us scale: tools which complete your workflow"),
    "long title": lambda: make_entries(3, image=COVER, title="A title longer than most editors let pass " * 3),
    "no pictures": lambda: make_entries(12),
}


@pytest.mark.parametrize("issue", ISSUES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", FIRST_SENTENCE)
def test_the_first_sentence_comes_early_and_every_word_can_be_read(tmp_path, chromium, issue, scheme, width):
    with look(chromium, make_digest(tmp_path, ISSUES[issue]()), width=width, scheme=scheme) as page:
        seen = page.evaluate(MEASURE)
        assert seen["first"] <= FIRST_SENTENCE[width]
        assert seen["least"] >= 4.5, seen["worst"]
        assert seen["small"] >= 14
        assert seen["width"] == width
        assert find_violations(page, without=OTHERS) == []


@pytest.mark.parametrize("width", FIRST_SENTENCE)
@pytest.mark.parametrize("issue", ["letter", "cover"])
def test_a_blank_pixel_in_a_pictures_place_pushes_no_words_down(tmp_path, chromium, issue, width):
    digest = make_digest(tmp_path, ISSUES[issue]())
    with look(chromium, digest, width=width, picture=make_picture(1, 1)) as page:
        assert page.evaluate(MEASURE)["first"] <= FIRST_SENTENCE[width]


@pytest.mark.parametrize("width", [320, 375, 480, 520, 700])
def test_a_picture_keeps_its_shape_at_every_width(tmp_path, chromium, width):
    with look(chromium, make_digest(tmp_path, ISSUES["cover"]()), width=width) as page:
        box = page.locator(".cover img").bounding_box()
    assert box["width"] / box["height"] == pytest.approx(COVER.width / COVER.height, rel=0.01)


def test_dark_is_dark(tmp_path, chromium):
    digest = make_digest(tmp_path, make_entries(3), {"accent": "#0E5C6E"})
    grounds = []
    for scheme in ("light", "dark"):
        with look(chromium, digest, width=700, scheme=scheme) as page:
            grounds.append(page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor"))
    assert grounds == ["rgb(255, 255, 255)", "rgb(26, 29, 32)"]


@pytest.mark.parametrize(("width", "language"), [(700, "en"), (375, "en"), (375, "ko")])
def test_nothing_widens_a_page(tmp_path, chromium, width, language):
    token = "x" * 400
    cells = "".join(f"<td>{word}</td>" for word in ["a", "b", token, "identifier", "d", "content:encoded", "f"])
    heads = "".join(f"<th>Heading{n}</th>" for n in range(7))
    link = f"<a href='https://example.org/{token}'>{token}</a>"
    content = (
        f"<p>{token} <code>{token}</code> {link}</p><pre><code>{token}</code></pre>"
        f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"
        "<p><img src='https://example.org/x.png' width='4000' alt='x'></p>"
    )
    entries = [make_entry(content=content + RICH, title=token)]
    digest = make_digest(tmp_path, entries, {"title": token}, site={"language": language})
    with look(chromium, digest, width=width) as page:
        assert page.evaluate(MEASURE)["width"] == width


@pytest.mark.parametrize("issue", ["letter", "cover"])
@pytest.mark.parametrize("width", FIRST_SENTENCE)
def test_pictures_that_do_not_load_widen_nothing_and_their_words_can_be_read(tmp_path, chromium, issue, width):
    digest = make_digest(tmp_path, ISSUES[issue]())
    with look(chromium, digest, width=width, pictures=False) as page:
        seen = page.evaluate(MEASURE)
        assert seen["width"] == width
        assert seen["least"] >= 4.5


def test_a_drawing_without_a_ground_keeps_that_of_the_day_in_the_dark(tmp_path, chromium):
    digest = make_digest(tmp_path, make_entries(2, image=COVER))
    with look(chromium, digest, width=375, scheme="dark") as page:
        grounds = page.eval_on_selector_all("img", "all => all.map(one => getComputedStyle(one).backgroundColor)")
        assert grounds == ["rgb(255, 255, 255)"] * 2
