"""The page in a browser: every view opens, it follows the files, and everybody can use it."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from browsing import DESKTOP, PHONE, chromium, find_violations, open_page, wait_until
from cli_sites import TOML, WEEKLY, make_site, snapshot, write_post
from previews import previewing
from smtp_server import SmtpServer

__all__ = ["chromium"]
pytestmark = pytest.mark.chromium
LONG = "\n\n".join(f"Paragraph {number} of many words." for number in range(300))
VIEWS = ("newsletter-weekly", "feeds", "changes", "checks")
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
PANES = ("HTML", "Text", "Headers", "Source")
LINES = "cell => { const r = document.createRange(); r.selectNodeContents(cell); return r.getClientRects().length }"


@pytest.fixture
def site(tmp_path):
    root = make_site(tmp_path / "site", "one", "two", toml=TOML + WEEKLY)
    write_post(root, "one", LONG, date="2026-02-01")
    return root


@contextmanager
def opened(site, chromium, view="", **options):
    """The page at one of its views, closed before the program ends."""
    with previewing(site) as url, open_page(chromium, **options) as page:
        page.goto(f"{url}#{view}")
        yield page


def issue(page):
    return page.frame(url="**/newsletters/weekly/issue.html?*")


def test_every_view_opens_and_the_console_is_silent(site, chromium):
    with opened(site, chromium) as page:
        for view in (*VIEWS[1:], VIEWS[0]):
            page.locator(f'nav a[href="#{view}"]').click()
            expect(page.locator(".view:visible")).to_have_id(view)
            expect(page.locator("nav a[aria-current=page]")).to_have_attribute("href", f"#{view}")
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        for pane in (*PANES[1:], PANES[0]):
            page.get_by_role("radio", name=pane).check()
            expect(page.locator(".view:visible [data-pane]:visible")).to_have_attribute("data-pane", pane.lower())


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"])
def test_axe_finds_nothing_in_any_view(site, chromium, viewport, scheme):
    write_post(site, "broken", "{% include gone %}", date="2026-02-03", tags=["Bees"])
    write_post(site, "later", date="2027-02-03")
    with opened(site, chromium, viewport=viewport, scheme=scheme) as page:
        for view in reversed(VIEWS):
            page.locator(f'nav a[href="#{view}"]').click()
            expect(page.locator(".view:visible")).to_have_id(view)
            assert find_violations(page) == []
            if view == "checks":  # where no word of one column is broken for the sake of another
                assert page.locator("#checks tbody td:first-child").first.evaluate(LINES) == 1
        for pane in PANES:
            page.get_by_role("radio", name=pane).check()
            assert find_violations(page) == []


def test_an_issue_is_seen_at_both_widths_in_light_and_dark(site, chromium):
    with opened(site, chromium) as page:
        for width, pixels in (("Phone", 375), ("Desktop", 700)):
            for scheme in ("Light", "Dark"):
                page.get_by_label(width).check()
                page.get_by_label(scheme).check()
                assert page.locator("iframe.issue").bounding_box()["width"] == pixels
                wait_until(lambda expected=scheme == "Dark": issue(page).evaluate(IS_DARK) is expected)


def test_a_saved_post_shows_within_a_second_or_so_where_one_was_reading(site, chromium):
    (site / "posts" / "two.md").unlink()  # an issue of one post shows all of it, and is long enough to be scrolled
    with opened(site, chromium) as page:
        page.get_by_label("Dark").check()
        issue(page).evaluate("scrollTo(0, 300)")
        page.evaluate("scrollTo(0, 100)")
        write_post(site, "one", f"{LONG}\n\nA sentence that is new.", date="2026-02-01")
        shown = page.frame_locator("iframe.issue").get_by_text("A sentence that is new.")
        took = wait_until(lambda: shown.count() == 1)
        assert took < 3, "a shared machine may stall; alone it is well below one second"
        wait_until(lambda: issue(page).evaluate("scrollY") == 300)
        assert page.evaluate("scrollY") == 100
        expect(page.get_by_label("Dark")).to_be_checked()


def test_a_broken_template_is_said_on_the_open_page(site, chromium):
    with opened(site, chromium) as page:
        broken = site / "templates" / "feeds" / "digest.html"
        broken.parent.mkdir(parents=True)
        broken.write_text("one\n{% if %}")
        expect(page.get_by_role("alert")).to_contain_text("templates/feeds/digest.html:2")
        broken.unlink()
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.locator("iframe.issue")).to_be_visible()


def test_another_feed_is_picked_from_the_list_and_stays(site, chromium):
    write_post(site, "one", LONG, date="2026-02-01", tags=["Bees"])
    with opened(site, chromium, "feeds") as page:
        page.get_by_role("link", name="Blog: Bees").click()
        reader = page.frame_locator("#reader")
        expect(reader.get_by_role("heading", level=1)).to_have_text("Blog: Bees")
        write_post(site, "one", "Shorter.", date="2026-02-01", tags=["Bees"])
        expect(reader.get_by_text("Shorter.")).to_be_visible()
        expect(reader.get_by_role("heading", level=1)).to_have_text("Blog: Bees")


def test_a_button_mails_a_test_and_keeps_what_was_typed(tmp_path, chromium):
    with SmtpServer() as server:
        list_ = f'[transports.list]\nkind = "smtp"\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n'
        toml = f'{TOML}{WEEKLY}transport = "list"\n{list_}to = "list@blog.example"\n'
        site = make_site(tmp_path / "site", "one", toml=toml)
        before = snapshot(site)
        with opened(site, chromium) as page:
            page.get_by_label("Mail it to one address").fill("me@example.org")
            page.get_by_role("button", name="Send a test").click()
            said = page.locator("output")
            expect(said).to_have_text("Sent to me@example.org as “[test] One”.")
            assert find_violations(page) == []
            assert snapshot(site) == before
            write_post(site, "two", date="2026-02-20")
            expect(page.get_by_role("heading", level=2)).to_have_text("Two and one more")
            expect(page.get_by_label("Mail it to one address")).to_have_value("me@example.org")
            expect(said).to_have_text("Sent to me@example.org as “[test] One”.")
    assert [to for _, to, _ in server.accepted] == ["me@example.org"]


def test_the_keyboard_reaches_and_changes_everything(site, chromium):
    with opened(site, chromium) as page:
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the preview")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label("Phone")).to_be_focused()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_label("Desktop")).to_be_checked()
        assert page.locator("iframe.issue").bounding_box()["width"] == 700
        for _ in range(2):
            page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")
        expect(page.get_by_label("Text part")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.get_by_label("Mail it to one address")).to_be_focused()
        for _ in range(2):
            page.keyboard.press("Tab")
        expect(page.get_by_label("Text part")).to_be_focused()
