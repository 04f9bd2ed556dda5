"""The system's Chromium, driven by Playwright, and what axe finds on a page in it."""

import shutil
import time
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

# Playwright's own browsers would be another download, and not the one that people have.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Chromium's sandbox does not start for root, and the pages are ours.
OPTIONS = ("--no-sandbox", "--disable-gpu")
PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1200, "height": 900}


@pytest.fixture(scope="module")
def chromium():
    """The running browser; a module at a time, for Playwright keeps an event loop running in this thread."""
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, BROWSERS)))
        with playwright.chromium.launch(executable_path=program, args=OPTIONS) as browser:
            yield browser


@contextmanager
def open_page(chromium, *, viewport=DESKTOP, scheme="null", silent=True):
    """A page with nobody's cookies. Whatever the console of a `silent` one says is an error of the test.

    A `scheme`, light or dark, holds in every frame, whatever the page has chosen for it; "null" lets the page choose.
    """
    complaints = []
    with chromium.new_context(viewport=viewport, color_scheme=scheme) as context:
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
    assert not silent or complaints == []


def find_violations(page, *, without=()):
    """What axe has against the page: the rules, `without` some, each with the first element that breaks it."""
    rules = {name: {"enabled": False} for name in without}
    found = Axe().run(page, options={"resultTypes": ["violations"], "rules": rules}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:160]) for one in found]


def wait_until(said, seconds=20):
    """How many seconds it took until `said()` was true."""
    began = time.monotonic()
    while not said():
        assert time.monotonic() - began < seconds, "it never came true"
        time.sleep(0.02)
    return time.monotonic() - began
