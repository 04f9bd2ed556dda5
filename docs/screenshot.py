"""Draw docs/images/: issues of the example site's newsletter on a phone and on a desktop, in light and in dark.

`make pictures` runs it. It composes the issues anew, and takes the posts' pictures from the folder, since nobody serves
feeds.example. The browser is the system's Chromium, and the faces are the system's: those of the repository were drawn
with Gelasio where a reader has Georgia, and with Inter for the small print. pngquant, if it is there, makes them small.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Route, sync_playwright

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "images"
SITE = "https://feeds.example/"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NOW = "2026-11-02T09:00:00Z"
# How many posts the issue has, by the picture's name.
ISSUES = {"letter": 1, "digest": 5}
SCREENS = {"phone": (375, 812), "desktop": (700, 1000)}
SCHEMES = ("light", "dark")


def main() -> None:
    """Take all pictures. Exits with a sentence if there is no browser."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit("needs Chromium")
    TARGET.mkdir(exist_ok=True)
    # Chromium's own sandbox does not start for root, and the pages are ours.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=program, args=options)
        for issue, posts in ISSUES.items():
            page = compose(Path(folder), posts)
            for screen in SCREENS:
                for scheme in SCHEMES:
                    draw(browser, page, TARGET / f"{issue}-{screen}-{scheme}.png", screen=screen, scheme=scheme)
        browser.close()
    if quantize := shutil.which("pngquant"):
        subprocess.run([quantize, "--force", "--strip", "--ext=.png", *TARGET.glob("*.png")], check=True)


def compose(folder: Path, posts: int) -> str:
    """The HTML of the next issue, with so many posts."""
    command = [Path(sys.executable).with_name("feeds"), "digest", "weekly", "--site", str(ROOT), "--now", NOW]
    command += ["--state", str(folder), "--output", str(folder), "--set", f"newsletters.weekly.max_posts={posts}"]
    subprocess.run(command, check=True, capture_output=True)
    return (folder / "issue.html").read_text("utf-8")


def draw(browser: Browser, page: str, target: Path, *, screen: str, scheme: str) -> None:
    """One picture of the top of the page, in a window of the screen's size."""
    width, height = SCREENS[screen]
    size = {"width": width, "height": height}
    context = browser.new_context(viewport=size, color_scheme=scheme, device_scale_factor=2)
    window = context.new_page()
    window.route(f"{SITE}**", answer)
    window.set_content(page, wait_until="load")
    window.screenshot(path=target)
    context.close()


def answer(route: Route) -> None:
    """A picture of a post from the folder, as the site would serve it."""
    route.fulfill(path=ROOT / route.request.url.removeprefix(SITE))


if __name__ == "__main__":
    main()
