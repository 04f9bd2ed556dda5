"""A post is read and rendered once: again only when something that its entry is made from has changed."""

import contextlib
import os
import sqlite3
import time

import pytest

from cli_sites import TOML, WEEKLY, feeds, make_site, snapshot, write_post
from feeds.cache.store import Store
from feeds.loader import shelf
from feeds.publisher import entries

LATER = time.time() - 3600


@pytest.fixture
def work(monkeypatch):
    """How many files were read and how many posts were rendered since it was asked last."""
    counts = {"read": 0, "rendered": 0}

    def count(module, name):
        original = module.map_together

        def map_together(work, values, **more):
            counts[name] += len(values)
            return original(work, values, **more)

        monkeypatch.setattr(module, "map_together", map_together)

    count(shelf, "read")
    count(entries, "rendered")

    def take():
        taken = counts["read"], counts["rendered"]
        counts.update(read=0, rendered=0)
        return taken

    return take


@pytest.fixture
def site(tmp_path, work):
    site = make_site(tmp_path / "site", "one", "two", "three")
    for path in (site / "posts").iterdir():
        os.utime(path, (LATER, LATER))
    assert build(site, work) == (3, 3)
    return site


def build(site, work, *options):
    """What a build reads and renders that cannot answer at once."""
    for record in (site / ".feeds/cache").glob("*.json"):
        record.unlink()
    assert feeds(site, "build", *options).status == 0
    return work()


def test_what_has_not_changed_is_neither_read_nor_rendered(site, work):
    assert build(site, work) == (0, 0)


def test_a_changed_post_alone_is_read_and_rendered(site, work):
    write_post(site, "two", "Other words.", date="2026-02-02")
    assert build(site, work) == (1, 1)
    assert "Other words" in (site / "public/rss.xml").read_text("utf-8")


def test_a_post_that_was_only_touched_is_not_read_again(site, work):
    os.utime(site / "posts/two.md", (LATER + 60, LATER + 60))
    assert build(site, work) == (0, 0)


def test_a_change_that_leaves_size_and_time_alone_is_seen(site, work):
    path = site / "posts/two.md"
    before, known = path.read_bytes(), path.stat()
    path.write_bytes(before.replace(b"words", b"WORDS"))
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert build(site, work) == (1, 1)
    assert "WORDS of two" in (site / "public/rss.xml").read_text("utf-8")


def test_a_picture_that_comes_changes_and_goes_is_seen(site, work):
    write_post(site, "two", "![p](/p.gif)", date="2026-02-02")
    build(site, work)
    feed, picture = site / "public/rss.xml", site / "p.gif"
    for width in (90, 80):
        picture.write_bytes(b"GIF89a" + bytes([width, 0, 70, 0]))
        assert build(site, work) == (0, 1)
        assert f'width="{width}"' in feed.read_text("utf-8")
    picture.unlink()
    assert build(site, work) == (0, 1)
    assert "width=" not in feed.read_text("utf-8")


def test_a_post_that_others_link_to_moves_their_links_along(site, work):
    write_post(site, "two", "[three](three.md)", date="2026-02-02")
    build(site, work)
    write_post(site, "three", date="2026-02-03", slug="drei")
    assert build(site, work) == (1, 2)
    assert "https://blog.example/drei/" in (site / "public/rss.xml").read_text("utf-8")
    write_post(site, "four", date="2026-02-04")
    assert build(site, work) == (1, 1)


def test_an_author_of_the_data_file_is_read_with_the_posts_that_name_them(site, work):
    write_post(site, "two", date="2026-02-02", author="ada")
    build(site, work)
    (site / "feeds.toml").write_text(TOML + '[authors.ada]\nname = "Ada Lovelace"\n', "utf-8")
    assert build(site, work, "--yes")[0] == 3
    assert "Ada Lovelace" in (site / "public/rss.xml").read_text("utf-8")


def test_a_setting_that_changes_entries_renders_them_again(site, work):
    assert build(site, work, "--set", "site.url=https://other.example", "--output", str(site / "other"))[1] == 3
    assert "other.example" in (site / "other/rss.xml").read_text("utf-8")


def test_only_posts_that_stand_in_a_feed_are_rendered(tmp_path, work):
    site = make_site(tmp_path / "site", *(f"p{n}" for n in range(9)), toml=TOML + "[feeds]\nlimit = 2\nby = []\n")
    assert build(site, work) == (9, 2)


def test_looking_and_trying_out_leave_no_cache(tmp_path):
    site = make_site(tmp_path / "site", "one", "two")
    for command in (["list"], ["check"], ["why", "one"], ["build", "--dry-run"], ["diff"]):
        feeds(site, *command)
        assert not (site / ".feeds").exists()


def test_a_post_that_vanished_leaves_the_cache(site, work):
    (site / "posts/three.md").unlink()
    build(site, work)
    store = Store(site / ".feeds/cache", keep=False)
    for kind in ("reading", "entry"):
        assert sorted(row.name for row in store.scan(kind)) == ["posts/one.md", "posts/two.md"]


def test_a_body_that_is_not_written_as_it_is_read_is_read_whole(site, work):
    path = site / "posts/two.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"Last\x07 line.\r\n")
    assert build(site, work) == (1, 1)
    assert "Last line." in (site / "public/rss.xml").read_text("utf-8")
    assert build(site, work) == (0, 0)


def test_a_heading_that_became_the_title_is_not_in_the_body(site, work):
    write_post(site, "two", "# Called so\n\nWords.", title=None, date="2026-02-02")
    assert build(site, work) == (1, 1)
    feed = (site / "public/rss.xml").read_text("utf-8")
    assert "<title>Called so</title>" in feed
    assert "h1" not in feed


def meanwhile(monkeypatch, *, before=None, after=None):
    """Do something while a build is between reading a post and rendering it, or between rendering and remembering."""
    original = entries.map_together

    def map_together(work, values, **more):
        if before and values:
            before()
        for result in original(work, values, **more):
            if after:
                after()
            yield result

    monkeypatch.setattr(entries, "map_together", map_together)


def test_a_post_that_is_gone_for_a_moment_is_rendered_again(site, work, monkeypatch):
    path = write_post(site, "two", "All of it.", date="2026-02-02")
    os.utime(path, (LATER, LATER))
    aside = path.with_name("aside.txt")
    with monkeypatch.context() as during:
        meanwhile(during, before=lambda: path.rename(aside))
        build(site, work)
    aside.rename(path)
    build(site, work)
    assert "All of it." in (site / "public/rss.xml").read_text("utf-8")


def test_a_picture_that_went_while_its_post_was_rendered_is_missed_by_the_next_build(site, work, monkeypatch):
    picture = site / "p.gif"
    picture.write_bytes(b"GIF89a" + bytes([90, 0, 70, 0]))
    write_post(site, "two", "![p](/p.gif)", date="2026-02-02")
    with monkeypatch.context() as during:
        meanwhile(during, after=lambda: picture.unlink(missing_ok=True))
        build(site, work)
    build(site, work)
    assert "width=" not in (site / "public/rss.xml").read_text("utf-8")


def test_a_folder_of_pictures_that_comes_while_posts_are_rendered_is_seen_by_the_next_build(site, work, monkeypatch):
    aside = site.with_name("aside")
    aside.mkdir()
    (aside / "p.gif").write_bytes(b"GIF89a" + bytes([90, 0, 70, 0]))
    for name in ("one", "two"):
        write_post(site, name, "![p](/p.gif)", date="2026-02-02")
    with monkeypatch.context() as during:
        meanwhile(during, after=lambda: aside.exists() and aside.rename(site / "static"))
        build(site, work)
    build(site, work)
    assert (site / "public/rss.xml").read_text("utf-8").count("width=") == 2


@pytest.mark.parametrize("damage", ["substr(seen, 1, length(seen) - 2)", "replace(seen, '[', '(')", "x'00ff'", "NULL"])
def test_a_note_of_what_was_looked_at_that_was_damaged_renders_its_post_again(site, work, damage):
    with contextlib.closing(sqlite3.connect(site / ".feeds/cache/posts.db")) as cache, cache:
        cache.execute(f"UPDATE kept SET seen = {damage} WHERE kind = 'entry' AND name = 'posts/two.md'")
    assert build(site, work)[1] == 1
    assert "The words of two." in (site / "public/rss.xml").read_text("utf-8")


def test_a_digest_takes_what_a_build_has_kept_and_leaves_it_alone(tmp_path, work):
    site = make_site(tmp_path / "site", "one", "two", toml=TOML + WEEKLY)
    for path in (site / "posts").iterdir():
        os.utime(path, (LATER, LATER))
    assert build(site, work) == (2, 2)
    before = snapshot(site / ".feeds")
    assert feeds(site, "digest").status == 0
    assert work() == (0, 0)
    assert snapshot(site / ".feeds") == before
