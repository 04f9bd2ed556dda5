"""The page in a browser: every view opens, and it follows the files."""

import httpx
import pytest

from browsing import browse
from cli_sites import TOML, WEEKLY, make_site, write_post
from previews import previewing

pytestmark = pytest.mark.chromium
LONG = "\n\n".join(f"Paragraph {number} of many words." for number in range(300))
ISSUE = "document.querySelector('iframe.issue')"


@pytest.fixture
def site(tmp_path):
    root = make_site(tmp_path / "site", "one", "two", toml=TOML + WEEKLY)
    write_post(root, "one", LONG, date="2026-02-01")
    return root


@pytest.fixture
def browser(tmp_path):
    with browse(tmp_path / "profile") as page:
        yield page


def choose(page, name, value):
    page.run(f"document.querySelector('input[name={name}][value={value}]').click()")


def test_every_view_opens_and_the_console_is_silent(site, browser):
    with previewing(site) as url:
        browser.open(url)
        for view in ("newsletter-weekly", "feeds", "changes", "checks"):
            browser.run(f"document.querySelector('nav a[href=\"#{view}\"]').click()")
            browser.wait_for(f"document.querySelector('.view:not([hidden])').id === '{view}'")
            assert browser.run("document.querySelectorAll('.view:not([hidden])').length") == 1
            assert browser.run("document.querySelector('nav a[aria-current=page]').hash") == f"#{view}"
            assert browser.run("document.documentElement.scrollWidth - innerWidth") <= 0
        browser.run("document.querySelector('nav a').click()")
        browser.wait_for("document.querySelector('.view').hidden === false")
        for pane in ("text", "headers", "source", "html"):
            choose(browser, "pane", pane)
            seen = "[...document.querySelectorAll('.view:not([hidden]) [data-pane]')].filter((one) => one.offsetHeight)"
            assert browser.run(f"{seen}.map((one) => one.dataset.pane).join()") == pane
        assert browser.complaints == []


def test_an_issue_is_seen_at_both_widths_in_light_and_dark(site, browser):
    with previewing(site) as url:
        browser.open(url)
        dark = f"{ISSUE}.contentWindow.matchMedia('(prefers-color-scheme: dark)').matches"
        for width, pixels in (("phone", 375), ("desktop", 700)):
            for scheme in ("light", "dark"):
                choose(browser, "width", width)
                choose(browser, "scheme", scheme)
                assert browser.run(f"{ISSUE}.offsetWidth") == pixels
                browser.wait_for(f"{dark} === {str(scheme == 'dark').lower()}")
        assert browser.complaints == []


def test_a_saved_post_shows_within_a_second_or_so_where_one_was_reading(site, browser):
    (site / "posts" / "two.md").unlink()  # an issue of one post shows all of it, and is long enough to be scrolled
    with previewing(site) as url:
        browser.open(url)
        choose(browser, "scheme", "dark")
        browser.run(f"{ISSUE}.contentWindow.scrollTo(0, 300); scrollTo(0, 100)")
        assert browser.run(f"{ISSUE}.contentWindow.scrollY") == 300
        write_post(site, "one", f"{LONG}\n\nA sentence that is new.", date="2026-02-01")
        took = browser.wait_for(f"{ISSUE}.contentDocument.body?.textContent.includes('A sentence that is new.')")
        assert took < 3, "a shared machine may stall; alone it is well below one second"
        browser.wait_for(f"{ISSUE}.contentWindow.scrollY === 300")
        assert browser.run("scrollY") == 100
        assert browser.run("document.querySelector('input[value=dark]').checked")
        assert browser.complaints == []


def test_a_broken_template_is_said_on_the_open_page(site, browser):
    with previewing(site) as url:
        browser.open(url)
        broken = site / "templates" / "feeds" / "digest.html"
        broken.parent.mkdir(parents=True)
        broken.write_text("one\n{% if %}")
        browser.wait_for(
            "document.querySelector('[role=alert]')?.textContent.includes('templates/feeds/digest.html:2')"
        )
        broken.unlink()
        browser.wait_for(f"document.querySelector('[role=alert]') === null && {ISSUE} !== null")
        assert browser.complaints == []


def test_another_feed_is_picked_from_the_list_and_stays(site, browser):
    write_post(site, "one", LONG, date="2026-02-01", tags=["Bees"])
    with previewing(site) as url:
        browser.open(url + "#feeds")
        browser.run("document.querySelector('[data-feed=\"tags/bees\"]').click()")
        title = "document.getElementById('reader').contentDocument?.title"
        browser.wait_for(f"{title} === 'Blog: Bees'")
        write_post(site, "one", "Shorter.", date="2026-02-01", tags=["Bees"])
        text = "document.getElementById('reader').contentDocument?.body?.textContent"
        browser.wait_for(f"{title} === 'Blog: Bees' && {text}.includes('Shorter.')")
        assert httpx.get(url, trust_env=False).status_code == 200
