"""The digest as a browser lays it out: the two hard numbers, and nothing beyond the edge."""

import html
import json
import re
import shutil
import struct
import subprocess
import zlib

import pytest

from making_digests import COVER, RICH, make_digest, make_entries, make_entry

WIDTHS = (700, 375)
FIRST_SENTENCE = {700: 530, 375: 430}
pytestmark = pytest.mark.chromium

MEASURE = r"""<script>
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
addEventListener("load", () => {
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
  const top = first ? first.getBoundingClientRect().top : null, width = document.documentElement.scrollWidth;
  document.body.setAttribute("data-seen", JSON.stringify({ width, least, worst, small, first: top }));
});
</script>"""


def write_picture(path, width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\0" * ((width + 7) // 8)) * height
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


def see(tmp_path, digest, *, dark=False, pictures=True):
    """What windows of 700 and 375 pixels show: widths, contrasts, the place of the first sentence."""
    picture = tmp_path / "picture.png"
    write_picture(picture, COVER.width, COVER.height)
    page = tmp_path / "page.html"
    # A window of the browser is never narrower than 500 pixels, a frame is.
    inner = re.sub(r'src="https://[^"]*"', f'src="{picture.as_uri() if pictures else "gone.png"}"', digest.html)
    page.write_text(inner.replace("</head>", MEASURE + "</head>"), "utf-8")
    frame = tmp_path / "frame.html"
    frames = "".join(
        f'<iframe src="{page.as_uri()}" style="width:{width}px;height:9000px;border:0"></iframe>' for width in WIDTHS
    )
    frame.write_text(
        f"{frames}<script>addEventListener('load', () => document.body.append('SEEN['"
        " + [frames[0], frames[1]].map((one) => one.document.body.dataset.seen) + ']'))</script>"
    )
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    done = subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--allow-file-access-from-files",
            f"--blink-settings=preferredColorScheme={0 if dark else 1}",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--window-size=900,3000",
            "--dump-dom",
            frame.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    seen = re.findall(r"SEEN(\[\{.*\}\])", done.stdout)[-1]
    return dict(zip(WIDTHS, json.loads(html.unescape(seen)), strict=True))


ISSUES = {
    "letter": lambda: [make_entry(image=COVER, title="Let us scale: tools which complete your workflow")],
    "cover": lambda: make_entries(5, image=COVER, title="Let us scale: tools which complete your workflow"),
    "long title": lambda: make_entries(3, image=COVER, title="A title longer than most editors let pass " * 3),
    "no pictures": lambda: make_entries(12),
}


@pytest.mark.parametrize("issue", ISSUES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_first_sentence_comes_early_and_every_word_can_be_read(tmp_path, issue, dark):
    for width, seen in see(tmp_path, make_digest(tmp_path, ISSUES[issue]()), dark=dark).items():
        assert seen["first"] <= FIRST_SENTENCE[width]
        assert seen["least"] >= 4.5, seen["worst"]
        assert seen["small"] >= 14
        assert seen["width"] == width


def test_dark_is_dark(tmp_path):
    digest = make_digest(tmp_path, make_entries(3), {"accent": "#0E5C6E"})
    assert see(tmp_path, digest, dark=True)[700]["least"] != see(tmp_path, digest)[700]["least"]


def test_nothing_widens_a_phones_page(tmp_path):
    token = "x" * 400
    cells = "".join(f"<td>{word}</td>" for word in ["a", "b", token, "identifier", "d", "content:encoded", "f"])
    heads = "".join(f"<th>Heading{n}</th>" for n in range(7))
    link = f"<a href='https://example.org/{token}'>{token}</a>"
    content = (
        f"<p>{token} <code>{token}</code> {link}</p><pre><code>{token}</code></pre>"
        f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"
        "<p><img src='https://example.org/x.png' width='4000' alt='x'></p>"
    )
    digest = make_digest(tmp_path, [make_entry(content=content + RICH, title=token)], {"title": token})
    assert {width: seen["width"] for width, seen in see(tmp_path, digest).items()} == {700: 700, 375: 375}


@pytest.mark.parametrize("issue", ["letter", "cover"])
def test_pictures_that_do_not_load_widen_nothing_and_their_words_can_be_read(tmp_path, issue):
    for width, seen in see(tmp_path, make_digest(tmp_path, ISSUES[issue]()), pictures=False).items():
        assert seen["width"] == width
        assert seen["least"] >= 4.5
