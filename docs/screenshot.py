"""Draw docs/images/digest.png: the next issue of the example site's newsletter, as Chromium shows it.

Run it after `make run`. The pictures of the posts are taken from the folder, since nobody serves feeds.example.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "images" / "digest.png"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTH, HEIGHT = 700, 1100
SITE = "https://feeds.example/"


def main() -> None:
    """Take the picture. Exits with a sentence if the digest or the browser is missing."""
    issue = ROOT / "preview" / "weekly" / "issue.html"
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or not issue.is_file():
        sys.exit("needs Chromium, and the digest that `make run` composes")
    TARGET.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "issue.html")
        page.write_text(issue.read_text("utf-8").replace(SITE + "posts/", (ROOT / "posts").as_uri() + "/"), "utf-8")
        # Chromium's own sandbox does not start for root, and the page is ours.
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        options = ["--headless", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=2", *sandbox]
        size = f"--window-size={WIDTH},{HEIGHT}"
        command = [
            browser,
            *options,
            size,
            f"--user-data-dir={folder}/profile",
            f"--screenshot={TARGET}",
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
