import json

import pytest

from cli_sites import feeds, make_site, snapshot, write_post


@pytest.fixture
def site(tmp_path):
    site = make_site(tmp_path / "site", ("one", {"tags": ["Red"]}), "two", "three")
    feeds(site, "build")
    return site


def last_line(result):
    return result.out.splitlines()[-1]


def test_before_the_first_build_everything_is_new(tmp_path):
    site = make_site(tmp_path, "one", "two")
    assert last_line(feeds(site, "diff")) == "2 new, 0 edited, 0 re-identified, 0 gone"


def test_after_a_build_there_is_no_difference(site):
    shown = feeds(site, "diff")
    assert (shown.status, shown.out) == (0, "0 new, 0 edited, 0 re-identified, 0 gone\n")


def test_each_kind_of_change_is_counted_once_and_shown_in_each_feed(site):
    write_post(site, "one", "Other words.", date="2026-02-01", tags=["Red"])
    write_post(site, "four", date="2026-02-04", tags=["Red"])
    (site / "posts/three.md").unlink()
    before = snapshot(site)
    shown = feeds(site, "diff")
    assert last_line(shown) == "1 new, 1 edited, 0 re-identified, 1 gone"
    assert snapshot(site) == before
    found = feeds(site, "diff", "--json").object
    assert found["counts"] == {"new": 1, "edited": 1, "re-identified": 0, "gone": 1}
    tags = next(changes for path, changes in found["feeds"].items() if path.startswith("tags/red/"))
    assert {(one["change"], one["title"]) for one in tags} == {("edited", "One"), ("new", "Four")}


@pytest.mark.parametrize(("kind", "status"), [("new", 1), ("edited", 0), ("gone", 0), ("reidentified", 0)])
def test_fail_on_makes_one_kind_of_change_fail(site, kind, status):
    write_post(site, "four", date="2026-02-04")
    assert feeds(site, "diff", "--fail-on", kind).status == status


def test_a_changed_id_is_the_change_that_can_be_guarded_against(site):
    write_post(site, "one", date="2026-02-01", tags=["Red"], guid="https://elsewhere.example/1")
    shown = feeds(site, "diff", "--fail-on", "re-identified", "--state", site / "other")
    assert shown.status == 1
    assert last_line(shown) == "0 new, 0 edited, 1 re-identified, 0 gone"
    assert "https://elsewhere.example/1 (was https://blog.example/one/)" in shown.out


def test_a_published_file_that_is_no_feed_is_one_line(site):
    for path in (site / "public").rglob("*.*"):
        if path.suffix in {".xml", ".json"} and path.name[0] != ".":
            path.write_text("<html>")
    shown = feeds(site, "diff")
    assert (shown.status, shown.out, shown.err.count("\n")) == (1, "", 1)
    assert "is no feed" in shown.err


OLD = """<?xml version="1.0"?><rss version="2.0"><channel><title>Old</title><link>https://blog.example/</link>
<description>x</description>
<item><title>One</title><link>https://blog.example/one/</link><guid isPermaLink="false">tag:old,1</guid></item>
<item><title>Two</title><link>https://old.example/x</link><guid isPermaLink="false">tag:old,2</guid>
<pubDate>Mon, 02 Feb 2026 00:00:00 GMT</pubDate></item>
<item><title>Never seen</title><link>https://blog.example/never/</link><guid isPermaLink="false">tag:old,3</guid></item>
</channel></rss>"""


@pytest.fixture
def moved(tmp_path):
    """A site whose feed was made by another program until now."""
    site = make_site(tmp_path / "site", "one", "two", "three")
    (tmp_path / "old.xml").write_text(OLD)
    return site


def test_the_ids_of_the_old_feed_are_those_of_the_new_one(moved):
    adopted = feeds(moved, "adopt", moved.parent / "old.xml")
    assert (adopted.status, adopted.err) == (0, "")
    assert "matched    tag:old,1  posts/one.md  by link" in adopted.out
    assert "unmatched  tag:old,3  Never seen" in adopted.out
    feeds(moved, "build")
    items = json.loads((moved / "public/feed.json").read_text("utf-8"))["items"]
    known = {item["title"]: item["id"] for item in items}
    assert known["One"] == "tag:old,1"
    assert known["Three"] == "https://blog.example/three/"


def test_a_dry_run_of_adopt_says_the_same_and_remembers_nothing(moved):
    before = snapshot(moved)
    shown = feeds(moved, "adopt", moved.parent / "old.xml", "--dry-run")
    assert "would be taken over" in shown.out
    assert snapshot(moved) == before
    found = feeds(moved, "adopt", moved.parent / "old.xml", "--dry-run", "--json").object
    assert {one["id"] for one in found["matched"]} >= {"tag:old,1"}
    assert found["unmatched"] == [{"id": "tag:old,3", "title": "Never seen"}]


def test_adopted_posts_can_count_as_mailed(moved):
    with (moved / "feeds.toml").open("a") as file:
        file.write('[newsletters.weekly]\nfrom = "x@blog.example"\n')
    feeds(moved, "adopt", moved.parent / "old.xml", "--seen")
    assert "weekly: marked as seen without being mailed" in feeds(moved, "why", "one.md").out
    assert "weekly: will go out with the next issue" in feeds(moved, "why", "three.md").out


def test_what_is_no_feed_or_not_there_is_one_line(moved):
    (moved / "page.html").write_text("<!doctype html><title>x</title>")
    for name, words in (("page.html", "is no feed"), ("gone.xml", "cannot be read (No such file or directory)")):
        said = feeds(moved, "adopt", moved / name)
        assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
        assert f"{name}: {words}" in said.err


def test_ids_are_not_adopted_under_an_address_for_this_run_alone(moved):
    said = feeds(moved, "adopt", moved.parent / "old.xml", "--set", "site.url=https://x.example")
    assert said.status == 2
    assert "site.url: must come from the site's files" in said.err


def test_the_snippet_is_the_links_by_which_readers_find_the_feeds(moved):
    shown = feeds(moved, "snippet")
    assert shown.status == 0
    lines = shown.out.splitlines()
    assert all(line.startswith('<link rel="alternate" type="application/') for line in lines)
    for name in ("rss.xml", "atom.xml", "feed.json"):
        assert any(f'href="https://blog.example/{name}"' in line for line in lines)
