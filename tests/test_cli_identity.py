"""Ids through the life of a site: built, changed, built again."""

import json
import os
import shutil

import feedparser
import pytest

from cli_sites import TOML, feeds, files, ids, make_site, snapshot, write_post

ONE, TWO, THREE = (f"https://blog.example/{name}/" for name in ("one", "two", "three"))


@pytest.fixture
def site(tmp_path):
    site = make_site(tmp_path / "site", "one", "two", "three")
    assert feeds(site, "build").status == 0
    return site


def links(site):
    items = json.loads((site / "public/feed.json").read_text("utf-8"))["items"]
    return {item["id"]: item["url"] for item in items}


def test_a_renamed_post_keeps_its_id_build_after_build(site):
    (site / "posts/one.md").rename(site / "posts/renamed.md")
    for _ in range(2):
        assert feeds(site, "build").status == 0
        assert links(site)[ONE] == "https://blog.example/renamed/"
    (site / "posts/sub").mkdir()
    (site / "posts/renamed.md").rename(site / "posts/sub/renamed-again.md")
    assert feeds(site, "build").status == 0
    assert set(ids(site)) == {ONE, TWO, THREE}


def test_an_edited_post_keeps_its_id(site):
    write_post(site, "one", "All words are others.", date="2026-01-15", title="Another title")
    feeds(site, "build")
    assert set(ids(site)) == {ONE, TWO, THREE}


def test_a_new_permalink_changes_addresses_and_no_id(site):
    (site / "feeds.toml").write_text(TOML.replace("/:slug/", "/blog/:year/:slug/"))
    feeds(site, "build")
    assert links(site)[TWO] == "https://blog.example/blog/2026/two/"
    assert set(ids(site)) == {ONE, TWO, THREE}


def feed_ids(site):
    """Each Atom feed's own id and where it says that it is, by its path."""
    found = {}
    for path in sorted((site / "public").rglob("atom.xml")):
        feed = feedparser.parse(path.read_bytes()).feed
        here = next(link.href for link in feed.links if link.rel == "self")
        found[path.relative_to(site / "public").as_posix()] = (feed.id, here)
    return found


def test_a_feed_keeps_its_own_id_on_another_domain(site):
    write_post(site, "one", date="2026-01-15", tags=["Bees"])
    feeds(site, "build")
    before = feed_ids(site)
    assert before["atom.xml"] == ("https://blog.example/atom.xml",) * 2
    for url in ("https://other.example/", "https://third.example/blog/"):
        (site / "feeds.toml").write_text(TOML.replace("https://blog.example", url))
        write_post(site, "two", date="2026-02-02", tags=["Wasps"])
        assert feeds(site, "build").status == 0
        moved = feed_ids(site)
        assert moved["tags/bees/atom.xml"] == (before["tags/bees/atom.xml"][0], f"{url}tags/bees/atom.xml")
        # A feed that is new has its id under the first address, as all the others.
        assert moved["tags/wasps/atom.xml"][0] == "https://blog.example/tags/wasps/atom.xml"
    assert feeds(site, "diff").out.endswith("0 new, 0 edited, 0 re-identified, 0 gone\n")


def test_no_feed_takes_its_id_from_an_address_for_one_run(tmp_path):
    site = make_site(tmp_path / "site", "one")
    feeds(site, "build", "--set", "site.url=http://127.0.0.1:8000/")
    assert feed_ids(site)["atom.xml"][0] == "http://127.0.0.1:8000/atom.xml"
    shutil.rmtree(site / "public")
    assert feeds(site, "build").status == 0
    assert feed_ids(site)["atom.xml"][0] == "https://blog.example/atom.xml"


def updates(site):
    return {entry.title: entry.updated for entry in feedparser.parse((site / "public/atom.xml").read_bytes()).entries}


def test_an_entry_is_updated_when_its_author_says_so_and_not_when_its_file_is_touched(site):
    before = updates(site)
    for path in (site / "posts").iterdir():
        os.utime(path, (4e9, 4e9))
    write_post(site, "two", date="2026-02-02", tags=["New"])
    feeds(site, "build")
    assert updates(site) == before
    write_post(site, "two", "Other words.", date="2026-02-02", lastmod="2026-02-20 10:00", tags=["New"])
    feeds(site, "build")
    assert updates(site) == before | {"Two": "2026-02-20T10:00:00+00:00"}


@pytest.mark.parametrize("address", ["https://new.example", "http://blog.example", "https://blog.example/journal"])
def test_a_new_domain_changes_addresses_and_no_id(site, address):
    (site / "feeds.toml").write_text(TOML.replace("https://blog.example", address))
    for _ in range(2):
        built = feeds(site, "build")
        assert (built.status, built.err) == (0, "")
        assert links(site) == {i: i.replace("https://blog.example", address) for i in (ONE, TWO, THREE)}
    before = snapshot(site / "public")
    assert feeds(site, "build").status == 0
    assert snapshot(site / "public") == before


def test_a_blog_that_takes_up_https_keeps_its_ids_though_its_state_was_lost(tmp_path):
    site = make_site(tmp_path, ("one", {"guid": "http://blog.example/one/"}), toml=TOML.replace("https:", "http:"))
    feeds(site, "build")
    (site / "feeds.toml").write_text(TOML)
    assert feeds(site, "build", "--state", site / "new").status == 0
    assert links(site) == {"http://blog.example/one/": ONE}


def test_a_try_under_another_address_does_not_take_the_folder_of_the_site(site):
    before = snapshot(site / "public")
    refused = feeds(site, "build", "--set", "site.url=https://staging.example")
    assert refused.status == 1
    assert "holds the feeds of https://blog.example/, not of https://staging.example/" in refused.err
    assert snapshot(site / "public") == before


@pytest.mark.parametrize("how", ["--set", "environment", "loopback"])
def test_an_address_for_this_run_alone_leaves_no_id_behind(tmp_path, how, monkeypatch):
    site = make_site(tmp_path, "one", toml=TOML.replace("https://blog.example", "http://localhost:4000"))
    options = ["--set", "site.url=https://staging.example"] if how == "--set" else []
    if how == "environment":
        monkeypatch.setenv("FEEDS_SITE__URL", "https://staging.example")
    assert feeds(site, "build", "--output", tmp_path / "staging", *options).status == 0
    monkeypatch.delenv("FEEDS_SITE__URL", raising=False)
    (site / "feeds.toml").write_text(TOML)
    feeds(site, "build")
    assert ids(site) == [ONE]


def test_a_post_that_was_first_read_for_another_run_alone_is_known_by_its_words_later(tmp_path):
    site = make_site(tmp_path, "one", "two", toml=TOML.replace("url", "# url"))
    assert feeds(site, "build", "--set", "site.url=https://blog.example").status == 0
    (site / "feeds.toml").write_text(TOML)
    assert feeds(site, "build").status == 0
    (site / "posts/one.md").rename(site / "posts/renamed.md")
    assert feeds(site, "build").status == 0
    assert links(site)[ONE] == "https://blog.example/renamed/"


def test_a_pinned_guid_is_the_id_whatever_was_remembered(site):
    write_post(site, "four", date="2026-02-04", guid="urn:uuid:0188e2f0-0000-4000-8000-000000000000")
    feeds(site, "build")
    assert ids(site)[0] == "urn:uuid:0188e2f0-0000-4000-8000-000000000000"


def test_a_post_that_comes_back_has_its_old_id(site):
    text = (site / "posts/one.md").read_text()
    (site / "posts/one.md").unlink()
    feeds(site, "build")
    assert set(ids(site)) == {TWO, THREE}
    (site / "posts/uno.md").write_text(text)
    feeds(site, "build")
    assert links(site)[ONE] == "https://blog.example/uno/"


def test_a_new_post_at_the_address_of_an_old_one_gets_an_id_of_its_own(site):
    (site / "posts/one.md").rename(site / "posts/first.md")
    feeds(site, "build")
    write_post(site, "one", "A new post altogether.", title="Brand new", date="2026-02-20")
    feeds(site, "build")
    assert len(set(ids(site))) == 4
    assert links(site)[ONE] == "https://blog.example/first/"


SECRET = "xyzzy-secret"


def test_no_word_of_a_post_that_is_not_out_reaches_any_file(tmp_path):
    toml = TOML + '[newsletters.weekly]\nfrom = "Blog <x@blog.example>"\n'
    hidden = {"draft": {"draft": True}, "later": {"date": "2026-12-24"}, "gone": {"expires": "2026-02-03"}}
    site = make_site(tmp_path, "one", toml=toml)
    for name, header in hidden.items():
        write_post(
            site, name, f"{SECRET}-body", **{"date": "2026-02-02"} | header, title=f"{SECRET}-title", tags=[SECRET]
        )
    write_post(site, "nofeed", f"{SECRET}-body", date="2026-02-02", title=f"{SECRET}-title", tags=[SECRET], feed=False)
    assert feeds(site, "build").status == 0
    assert feeds(site, "digest").status == 0
    assert feeds(site, "send", "weekly", "--first-run", "last=9").status == 0
    assert feeds(site, "run").status == 0
    for folder in ("public", "preview", "outbox"):
        found = files(site / folder)
        assert found
        for path in found:
            assert SECRET not in path
            assert SECRET.encode() not in (site / folder / path).read_bytes(), path


def test_a_scheduled_post_comes_out_when_it_is_due_and_is_mailed_then(tmp_path):
    toml = TOML + '[newsletters.weekly]\nfrom = "Blog <x@blog.example>"\n'
    site = make_site(tmp_path, "one", ("later", {"date": "2026-03-10T08:00:00Z"}), toml=toml)
    feeds(site, "send", "weekly", "--first-run", "seed")
    before = feeds(site, "run", now="2026-03-10T07:59:59Z")
    assert "nothing new" in before.out
    assert ids(site) == [ONE]
    due = feeds(site, "run", "--json", now="2026-03-10T08:00:00Z").object
    assert due["newsletters"][0]["issue"]["state"] == "delivered"
    assert ids(site)[0] == "https://blog.example/later/"
