from dataclasses import replace
from html.parser import HTMLParser

import pytest

from browsing import chromium, find_violations, open_page
from feeds.errors import TemplateError
from feeds.pages import subscribe_page
from making import make_config
from making_feeds import SITE, make_entry, make_feed

__all__ = ["chromium"]


class Page(HTMLParser):
    """The parts of a page: its elements with their attributes, and its text."""

    def __init__(self, document):
        super().__init__()
        self.elements, self.words, self.open = [], [], []
        self.feed(document.decode())

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.words += data.split()

    @property
    def text(self):
        return " ".join(self.words)

    def find(self, tag, **wanted):
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and all(attributes.get(key) == value for key, value in wanted.items())
        ]


def make_topics(count=3, **more):
    return [
        make_feed(make_entry(f"p{n}"), path=f"tags/t{n:02}", title=f"Blog: t{n:02}", total=n + 1, **more)
        for n in range(count)
    ]


def make_page(root, feeds, text=""):
    return Page(subscribe_page(make_config(root, text), feeds))


def test_every_address_of_every_feed_is_on_the_page(tmp_path):
    feeds = [make_feed(make_entry()), *make_topics()]
    hrefs = {link.get("href") for link in make_page(tmp_path, feeds).find("a")}
    assert {url for feed in feeds for url in feed.urls.values()} <= hrefs


def test_the_sites_own_feed_can_be_copied_opened_and_read_about(tmp_path):
    entries = [make_entry("new", day=360), make_entry("mid", day=90), make_entry("old")]
    page = make_page(tmp_path, [make_feed(*entries, total=40)])
    assert page.find("input", readonly=None)[0]["value"] == f"{SITE}atom.xml"
    assert page.find("a", href=f"feed:{SITE}atom.xml")
    assert "Follow Blog" in page.text
    assert "about 2 posts a year · last on December 27, 2026" in page.text


def test_two_posts_of_one_week_say_nothing_about_a_year(tmp_path):
    page = make_page(tmp_path, [make_feed(make_entry("new", day=7), make_entry("old"), total=2)])
    assert "2 posts · last on January 8, 2026" in page.text
    assert "a year" not in page.text


def test_the_latest_posts_are_shown_with_date_and_authors(tmp_path):
    entries = [make_entry(f"n{day}", day=-day, authors=("Ada", "Bob")) for day in range(9)]
    page = make_page(tmp_path, [make_feed(*entries)])
    assert [bool(page.find("a", href=entry.url)) for entry in entries] == [True] * 5 + [False] * 4
    assert "N0 January 1, 2026 · Ada and Bob" in page.text


def test_topics_with_the_most_posts_come_first_and_the_rest_is_folded(tmp_path):
    page = make_page(tmp_path, [make_feed(make_entry()), *make_topics(15)])
    assert [row["data-name"] for row in page.find("li", **{"class": "feed"})] == [
        f"t{n:02}" for n in reversed(range(15))
    ]
    assert "Show 3 more" in page.text
    assert "t00 one post · last on January 1, 2026" in page.text


def test_a_few_feeds_need_no_search(tmp_path):
    assert not make_page(tmp_path, [make_feed(), *make_topics(12)]).find("input", type="search")
    assert make_page(tmp_path, [make_feed(), *make_topics(13)]).find("input", type="search")


def test_a_feed_of_ones_own_shows_its_title_and_description(tmp_path):
    custom = make_feed(path="best", kind="custom", title="The best", description="What we are proud of")
    assert "Selections The best What we are proud of" in make_page(tmp_path, [make_feed(), custom]).text


def test_a_newsletter_is_offered_where_one_can_sign_up(tmp_path):
    text = '[newsletters.weekly]\nfrom = "a@blog.example"\ntitle = "Letter"\nsignup = "https://blog.example/letter"\n'
    page = make_page(tmp_path, [make_feed()], text)
    assert page.find("a", href="https://blog.example/letter")
    assert "By e-mail Letter Sign up" in page.text
    assert "By e-mail" not in make_page(tmp_path, [make_feed()], text.replace("signup", "#")).text


def test_the_list_of_all_feeds_is_offered(tmp_path):
    assert make_page(tmp_path, [make_feed()]).find("a", href=f"{SITE}feeds.opml")


def test_readers_that_look_at_the_page_find_the_feeds(tmp_path):
    links = make_page(tmp_path, [make_feed()]).find("link", rel="alternate")
    assert [(link["type"], link["href"]) for link in links] == [
        ("application/atom+xml", f"{SITE}atom.xml"),
        ("application/rss+xml", f"{SITE}rss.xml"),
        ("application/feed+json", f"{SITE}feed.json"),
    ]


def test_no_third_party_is_asked_for_anything(tmp_path):
    page = make_page(tmp_path, [make_feed(make_entry()), *make_topics(20)])
    asked = [attributes["src"] for _, attributes in page.elements if "src" in attributes]
    asked += [link["href"].removeprefix("feed:") for link in page.find("a") + page.find("link")]
    assert {address for address in asked if not address.startswith(SITE)} == set()


def test_names_are_text_and_never_markup(tmp_path):
    evil = "<script>alert(1)</script>'\"&{{ 7*7 }}"
    feeds = [make_feed(make_entry(title=evil), title=evil), make_feed(path="tags/x", name=evil, kind="tag")]
    page = make_page(tmp_path, feeds, f"[site]\ntitle = '''{evil}'''\n")
    assert len(page.find("script")) == 1
    assert page.text.count("alert(1)") >= 3
    assert "{{ 7*7 }}" in page.text


def test_without_script_nothing_is_offered_that_does_not_work(tmp_path):
    page = make_page(tmp_path, [make_feed(), *make_topics(20)])
    assert all("hidden" in button for button in page.find("button"))
    assert all("hidden" in box for box in page.find("div", **{"class": "search"}))


@pytest.mark.parametrize(("language", "title", "direction"), [("de", "Blog folgen", "ltr"), ("ar", "تابع Blog", "rtl")])
def test_the_page_speaks_the_sites_language(tmp_path, language, title, direction):
    page = make_page(tmp_path, [make_feed(make_entry()), *make_topics(14)], f'[site]\nlanguage = "{language}"\n')
    assert page.find("html") == [{"lang": language, "dir": direction}]
    assert title in page.text
    assert "Atom" in page.text
    assert "Open" not in page.text


def test_a_site_changes_one_block_and_keeps_the_rest(tmp_path):
    (tmp_path / "templates" / "feeds").mkdir(parents=True)
    (tmp_path / "templates" / "feeds" / "subscribe.html").write_text(
        '{% extends "feeds/subscribe.html" %}{% block intro %}<h1>Hello</h1>{% endblock %}'
    )
    text = make_page(tmp_path, [make_feed()]).text
    assert "Hello" in text
    assert "Follow Blog By" not in text
    assert "Open in reader" in text


def test_a_broken_template_of_the_site_is_named(tmp_path):
    (tmp_path / "templates" / "feeds").mkdir(parents=True)
    (tmp_path / "templates" / "feeds" / "subscribe.html").write_text("one\n{{ nothing.here }}")
    with pytest.raises(TemplateError, match=r"templates/feeds/subscribe\.html:2"):
        make_page(tmp_path, [make_feed()])


def test_feeds_in_one_format_have_a_page_too(tmp_path):
    page = make_page(tmp_path, [make_feed(formats=("json",)), *make_topics(formats=("json",))])
    assert page.find("a", href=f"feed:{SITE}tags/t00/feed.json")


def test_a_site_without_posts_has_a_page(tmp_path):
    assert "Follow Blog" in make_page(tmp_path, [make_feed()]).text


@pytest.fixture
def address(tmp_path):
    """A page with whatever is long, many or strange."""
    entries = [make_entry(f"n{day}", day=-day, title="A rather long title " * 5 + "W" * 80) for day in range(5)]
    feeds = [make_feed(*entries), *make_topics(20)]
    feeds.append(make_feed(path=f"tags/{'x' * 80}", name="y" * 80, total=99))
    (tmp_path / "page.html").write_bytes(subscribe_page(make_config(tmp_path), feeds))
    return (tmp_path / "page.html").as_uri()


@pytest.mark.chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_a_browser_the_page_fits_any_width_and_any_reader(chromium, address, scheme):
    with open_page(chromium, scheme=scheme) as page:
        for width in (320, 375, 700, 1200):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") == width
            heights = page.locator("main :is(a, button, input, summary):visible").evaluate_all(
                "(all) => all.map((one) => one.offsetHeight)"
            )
            assert min(heights) >= 44
            assert find_violations(page) == []


@pytest.mark.chromium
def test_in_a_browser_the_search_finds_and_the_button_copies(chromium, address):
    with open_page(chromium) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(address)
        page.get_by_role("searchbox").fill("T07")
        feeds = page.locator(".feed:visible")
        assert [feed.get_attribute("data-name") for feed in feeds.all()] == ["t07"]
        feeds.get_by_role("button").click()
        feeds.get_by_text("Copied").wait_for()  # the clipboard answers when it likes
        page.locator(".said").get_by_text("Copied", exact=True).wait_for(state="attached")
        assert page.evaluate("navigator.clipboard.readText()") == f"{SITE}tags/t07/atom.xml"
        assert page.locator(".search [role=status]").inner_text() == "Feeds found: 1"


@pytest.mark.chromium
def test_in_a_browser_without_scripts_everything_that_is_shown_works(chromium, address):
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        assert page.locator("button").count() == 22
        assert page.locator("button:visible, input[type=search]:visible").count() == 0
        assert not page.get_by_text("t00", exact=True).is_visible()
        page.locator("section summary").click()
        assert page.get_by_text("t00", exact=True).is_visible()


def test_an_address_breaks_between_its_parts_only(chromium, tmp_path):
    feeds = [make_feed(make_entry()), *make_topics(1)]
    feeds[1] = replace(feeds[1], urls={"atom": "https://blog.example/tags/syndicationformatsofold/atom.xml"})
    with open_page(chromium, viewport={"width": 375, "height": 900}) as page:
        page.set_content(subscribe_page(make_config(tmp_path), feeds).decode())
        code = page.locator(".where code")
        lines = code.evaluate(
            """(code) => [...code.childNodes].filter((node) => node.nodeType === 3).map((node) => {
              const range = document.createRange(); range.selectNode(node); return range.getClientRects().length; })"""
        )
        assert code.inner_text() == feeds[1].urls["atom"]
    assert set(lines) == {1}


def test_the_same_feeds_give_the_same_bytes(tmp_path):
    feeds = [make_feed(make_entry(), make_entry("two", day=-1)), *make_topics(20)]
    config = make_config(tmp_path)
    assert subscribe_page(config, feeds) == subscribe_page(config, [feeds[0], *reversed(feeds[1:])])
