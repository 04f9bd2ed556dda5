"""What stays of mailed issues on the web, as a reader and a site's owner find it."""

import json
from email import message_from_bytes, policy

import feedparser
import pytest
from lxml import html

from cli_sites import TOML, WEEKLY, feeds, files, make_site, write_post

FIRST = "newsletters/weekly/1/index.html"
URL = "https://blog.example/newsletters/weekly/"


@pytest.fixture
def site(tmp_path):
    site = make_site(tmp_path / "site", "one", "two", "three", toml=TOML + WEEKLY)
    assert feeds(site, "send", "weekly", "--first-run", "seed").status == 0
    write_post(site, "four", date="2026-03-01")
    return site


def add_settings(site, text):
    with (site / "feeds.toml").open("a") as file:
        file.write(text)


def copies(site):
    folder = site / "public/newsletters"
    return {path: (folder / path).read_bytes() for path in files(folder)}


def test_the_mail_links_to_a_page_that_is_there(site):
    assert feeds(site, "run").status == 0
    message = message_from_bytes((site / "outbox/weekly/1/issue.eml").read_bytes(), policy=policy.default)
    mail = html.document_fromstring(message.get_body(("html",)).get_content())
    assert f"{URL}1/" in [link.get("href") for link in mail.iter("a")]
    page = html.document_fromstring((site / "public" / FIRST).read_text("utf-8"))
    assert "The words of four." in page.text_content()


def test_a_feed_and_a_page_list_the_issues(site):
    feeds(site, "run")
    write_post(site, "five", date="2026-03-02")
    feeds(site, "run", now="2026-03-03T09:00:00Z")
    folder = site / "public/newsletters/weekly"
    assert files(folder) == ["1/index.html", "2/index.html", "atom.xml", "feed.json", "index.html", "rss.xml"]
    for name in ("atom.xml", "rss.xml"):
        found = feedparser.parse((folder / name).read_bytes())
        assert not found.bozo
        assert [entry.link for entry in found.entries] == [f"{URL}2/", f"{URL}1/"]
    assert json.loads((folder / "feed.json").read_text("utf-8"))["home_page_url"] == URL
    page = html.document_fromstring((folder / "index.html").read_text("utf-8"))
    assert [link.get("href") for link in page.cssselect("h2 a")] == [f"{URL}2/", f"{URL}1/"]


def test_later_builds_keep_a_page_byte_for_byte_whatever_became_of_its_post(site):
    feeds(site, "run")
    before = copies(site)
    assert feeds(site, "build").status == 0
    assert copies(site) == before
    write_post(site, "four", "Other words.", date="2026-03-01", title="Another title")
    add_settings(site, 'accent = "#aa0000"\n')
    feeds(site, "run")
    (site / "posts/four.md").unlink()
    assert feeds(site, "build", now="2027-01-01T00:00:00Z").status == 0
    assert copies(site)["weekly/1/index.html"] == before["weekly/1/index.html"]


def test_a_page_stays_when_its_newsletter_is_given_up(site):
    feeds(site, "run")
    page = copies(site)["weekly/1/index.html"]
    (site / "feeds.toml").write_text(TOML)
    assert feeds(site, "build").status == 0
    assert copies(site)["weekly/1/index.html"] == page


def test_a_lost_output_folder_comes_back_with_its_pages(site):
    feeds(site, "run")
    before = copies(site)
    (site / "public").rename(site / "lost")
    feeds(site, "build")
    assert copies(site) == before


def test_an_issue_that_is_deferred_or_refused_keeps_its_page(site):
    add_settings(site, 'transport = "list"\n[transports.list]\nkind = "smtp"\nhost = "127.0.0.1"\nport = 9\n')
    add_settings(site, 'security = "none"\nto = "list@blog.example"\n')
    assert feeds(site, "run").status == 75
    page = copies(site)["weekly/1/index.html"]
    feeds(site, "build")
    assert copies(site)["weekly/1/index.html"] == page
    assert feeds(site, "resolve", "weekly/1", "--cancel").status == 0
    assert feeds(site, "build").status == 0, "a page of an issue that reached nobody is no loss that needs a person"
    assert copies(site) == {}


def test_an_issue_that_waits_for_approval_is_not_public(site):
    add_settings(site, "hold = true\n")
    assert feeds(site, "run").status == 3
    feeds(site, "build")
    assert not (site / "public/newsletters").exists()
    assert feeds(site, "send", "weekly").status == 0
    assert (site / "public" / FIRST).exists()


def test_sending_by_hand_writes_the_page_and_leaves_the_feeds_alone(site):
    feeds(site, "build")
    feed = (site / "public/rss.xml").read_bytes()
    write_post(site, "five", date="2026-03-02")
    assert feeds(site, "send", "weekly").status == 0
    assert (site / "public" / FIRST).exists()
    assert (site / "public/rss.xml").read_bytes() == feed
    assert feeds(site, "build").status == 0


def test_the_command_publishes_the_page_before_the_mail_leaves(site):
    add_settings(site, f'[feeds]\nafter_build = "test ! -e outbox && cp public/{FIRST} published.html"\n')
    assert feeds(site, "run").status == 0
    assert (site / "published.html").read_bytes() == (site / "public" / FIRST).read_bytes()
    assert (site / "outbox/weekly/1/issue.eml").exists()


def test_what_a_person_must_know_of_the_command_is_said_when_sending_by_hand(site):
    add_settings(site, '[feeds]\nafter_build = "false"\n')
    sent = feeds(site, "send", "weekly")
    assert sent.status == 75
    assert "error: feeds.after_build: ended with 1" in sent.err
    assert not (site / "outbox").exists()
