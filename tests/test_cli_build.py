import fcntl
import io
import json
import os
import sys
import threading
from urllib.parse import unquote

import feedparser
import pytest
from lxml import etree

from cli_sites import TOML, example_site, feeds, files, ids, make_site, snapshot, write_post
from feeds.cli import printing
from making_folders import make_forbidden

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def site(tmp_path):
    return make_site(
        tmp_path / "site",
        ("one", {"tags": ["Red", "Blue"], "author": "Ada", "category": "Notes"}),
        ("two", {"tags": ["red"], "authors": ["Ada", "Zoë Quinn"]}),
    )


def test_the_example_site_gives_the_files_that_the_documentation_promises(tmp_path):
    site = example_site(tmp_path / "site")
    built = feeds(site, "build", now="2026-11-24T00:00:00Z")
    assert built.status == 0
    found = files(site / "public")
    for folder in ("", "tags/identity/", "authors/ruth-okafor/", "categories/craft/", "machine-room/"):
        assert {f"{folder}rss.xml", f"{folder}atom.xml", f"{folder}feed.json"} <= set(found)
    assert {"feeds.opml", "subscribe/index.html", ".feeds-manifest.json"} <= set(found)
    assert len([path for path in found if path.startswith("tags/c")]) >= 6, "C and C++ have feeds of their own"
    opml = etree.parse(site / "public/feeds.opml")
    urls = [outline.get("xmlUrl") for outline in opml.iter("outline") if outline.get("xmlUrl")]
    assert {unquote(url).removeprefix("https://feeds.example/") for url in urls} <= set(found)
    assert f"{len(found) - 1} files written, 0 unchanged, 0 removed" in built.out


def test_each_format_of_a_feed_has_the_same_entries(site):
    feeds(site, "build")
    public = site / "public"
    for folder in ("", "tags/red/", "authors/ada/", "authors/zoë-quinn/", "categories/notes/"):
        rss = feedparser.parse((public / f"{folder}rss.xml").read_bytes())
        atom = feedparser.parse((public / f"{folder}atom.xml").read_bytes())
        items = json.loads((public / f"{folder}feed.json").read_text("utf-8"))["items"]
        assert [entry.id for entry in rss.entries] == [entry.id for entry in atom.entries]
        assert [entry.id for entry in rss.entries] == [item["id"] for item in items]
    assert ids(site, "tags/red/feed.json") == ["https://blog.example/two/", "https://blog.example/one/"]
    assert ids(site, "authors/zoë-quinn/feed.json") == ["https://blog.example/two/"]


def test_a_long_post_is_whole_in_its_feed(site):
    # Longer than what is read of a file at once.
    write_post(site, "long", "\n\n".join(f"Paragraph {number}, ü." for number in range(2000)), date="2026-02-02")
    feeds(site, "build")
    long, *_ = [
        item for item in json.loads((site / "public/feed.json").read_text("utf-8"))["items"] if "long" in item["id"]
    ]
    assert long["content_html"].count("<p>") == 2000
    assert "<p>Paragraph 1999, ü.</p>" in long["content_html"]


def test_a_second_build_touches_no_file_and_says_so(site):
    feeds(site, "build")
    before = snapshot(site)
    again = feeds(site, "build", now="2026-03-09T23:00:00+05:30")
    assert snapshot(site) == before
    assert "0 files written" in again.out
    assert "0 removed" in again.out


def test_the_feeds_of_a_tag_that_nobody_uses_any_more_go(site):
    feeds(site, "build")
    write_post(site, "one", date="2026-02-01", tags=["Red"], author="Ada", category="Notes")
    built = feeds(site, "build", "--json").object
    assert built["removed"] == ["tags/blue/atom.xml", "tags/blue/feed.json", "tags/blue/rss.xml"]
    assert not (site / "public/tags/blue").exists()


def test_a_foreign_file_in_the_way_is_an_error_and_stays(site):
    (site / "public").mkdir()
    (site / "public/rss.xml").write_text("somebody's own")
    built = feeds(site, "build")
    assert (built.status, built.out) == (1, "")
    assert built.err.startswith(f"feeds: {site}/public/rss.xml: is not a file that feeds wrote")
    assert files(site / "public") == ["rss.xml"]
    assert (site / "public/rss.xml").read_text() == "somebody's own"


def test_a_foreign_file_beside_the_feeds_is_left_alone(site):
    feeds(site, "build")
    (site / "public/tags/blue/index.html").write_text("mine")
    write_post(site, "one", date="2026-02-01", tags=[], author="Ada", category="Notes")
    feeds(site, "build")
    assert files(site / "public/tags/blue") == ["index.html"]


def test_the_folder_of_another_site_is_not_written_to(site, tmp_path):
    feeds(site, "build")
    other = make_site(tmp_path / "other", "three", toml=TOML.replace("blog.example", "other.example"))
    before = snapshot(site / "public")
    built = feeds(other, "build", "--output", site / "public")
    assert built.status == 1
    assert "holds the feeds of https://blog.example/, not of https://other.example/" in built.err
    assert snapshot(site / "public") == before


def test_an_output_folder_that_is_a_file_is_one_line(site):
    (site / "public").write_text("")
    built = feeds(site, "build")
    assert (built.status, built.out, built.err.count("\n")) == (1, "", 1)
    assert "public: is a file; move it away" in built.err


def test_an_output_folder_that_cannot_be_written_is_one_line(site, tmp_path):
    for place in (site, *site.rglob("*"), tmp_path, tmp_path.parent, tmp_path.parents[1]):
        place.chmod(0o755)
    with make_forbidden() as folder:
        # An address for this run alone: then nothing but the output is written.
        built = feeds(site, "build", "--output", folder, "--set", "site.url=https://blog.example")
    assert (built.status, built.err.count("\n")) == (1, 1)
    assert "make the folder writable" in built.err


def test_a_missing_folder_of_posts_needs_a_person(site):
    feeds(site, "build")
    before = snapshot(site / "public")
    (site / "posts").rename(site / "elsewhere")
    for arguments in (["build"], ["build", "--yes"], ["run"]):
        built = feeds(site, *arguments)
        assert (built.status, built.out) == (3, "")
        assert "posts: the folder of posts is not there; put it back" in built.err
    assert snapshot(site / "public") == before


def test_half_of_the_posts_gone_needs_a_person_who_says_yes(site):
    feeds(site, "build")
    before = snapshot(site)
    (site / "posts/two.md").unlink()
    gone = feeds(site, "build")
    assert (gone.status, gone.out) == (3, "")
    assert "1 of 2 published posts are gone, and nothing was changed; if that is meant" in gone.err
    del before["posts/two.md"]
    assert snapshot(site) == before
    assert feeds(site, "build", "--yes").status == 0
    assert ids(site) == ["https://blog.example/one/"]
    assert feeds(site, "build").status == 0


def test_posts_that_all_become_drafts_need_a_person_too(site):
    feeds(site, "build")
    for name in ("one", "two"):
        write_post(site, name, date="2026-02-01", draft=True)
    assert feeds(site, "build").status == 3


def test_half_of_the_feeds_gone_needs_a_person(site):
    feeds(site, "build")
    gone = feeds(site, "build", "--set", 'feeds.formats=["rss"]')
    assert gone.status == 3
    assert "feed files would be removed" in gone.err


def test_a_dry_run_writes_nothing_and_says_what_it_would(site):
    before = snapshot(site)
    built = feeds(site, "build", "--dry-run")
    assert snapshot(site) == before
    assert built.status == 0
    assert "files would be written" in built.out


def test_json_tells_a_program_what_was_done(site):
    built = feeds(site, "build", "--json").object
    assert built["posts"] == 2
    assert built["feeds"] == 6
    assert built["changed"] == sorted(set(files(site / "public")) - {".feeds-manifest.json"})
    assert (built["removed"], built["unchanged"], built["errors"], built["warnings"]) == ([], 0, 0, 0)


def test_strict_makes_a_warning_fail_and_the_feeds_are_written_all_the_same(site):
    write_post(site, "three", date="2026-02-03", tags=["C", "C++"])
    assert feeds(site, "build").status == 0
    strict = feeds(site, "build", "--strict")
    assert (strict.status, len(strict.problems)) == (1, 1)
    assert "the tag `C++` has the slug of `C`" in strict.err
    write_post(site, "four", date="2026-02-04", tags=["web dev", "web-dev", "how to", "How-to", "C#"])
    lines = [line for line in feeds(site, "check").err.splitlines() if "slug" in line]
    assert len(lines) == 1
    assert "4 of the tags have the slug of another: `C#` has the slug of `C`, so its feeds are in tags/c-" in lines[0]


def test_what_was_left_out_to_fit_the_budget_is_said_by_every_build(tmp_path):
    tags = [f"t{number}" for number in range(5)]
    site = make_site(tmp_path, *((f"p{number}", {"tags": tags}) for number in range(3)))
    for number in range(3):
        write_post(site, f"p{number}", f"Word {number}. " * 1000, date=f"2026-02-0{number + 1}", tags=tags)
    with (site / "feeds.toml").open("a") as file:
        file.write("[feeds]\nmax_bytes = 20000\n")
    for _ in range(2):
        said = feeds(site, "build").out.splitlines()[2:]
        assert len(said) == 4
        assert said[0].startswith("the whole site: ")
        assert "bytes would be more than feeds.max_bytes (20,000): 1 of 3 entries show their summary" in said[0]
        assert said[3] == "… and 3 more feeds like these"
    assert set(feeds(site, "build", "--json").object["shortened"]) == {"", *(f"tags/{tag}" for tag in tags)}
    shown = feedparser.parse((site / "public/atom.xml").read_bytes()).entries
    assert [len(entry.content[0].value) > 5000 for entry in shown] == [True, True, False]


def test_formats_limit_and_axes_are_what_the_settings_say(tmp_path):
    toml = TOML + '[feeds]\nformats = ["atom"]\nby = ["tag"]\nlimit = 1\noutput = "www"\n'
    site = make_site(tmp_path, ("one", {"tags": ["x"], "author": "Ada"}), "two", toml=toml)
    feeds(site, "build")
    assert files(site / "www") == [
        ".feeds-manifest.json",
        "atom.xml",
        "feeds.opml",
        "subscribe/index.html",
        "tags/x/atom.xml",
    ]
    entries = etree.parse(site / "www/atom.xml").findall(f"{ATOM}entry/{ATOM}title")
    assert [entry.text for entry in entries] == ["Two"]


def test_a_site_without_an_address_is_told_the_key_to_set(tmp_path):
    site = make_site(tmp_path, "one", toml="")
    built = feeds(site, "build")
    assert (built.status, built.out, built.err.count("\n")) == (2, "", 1)
    assert built.err.startswith("feeds: site.url: is not known: write `url = ")
    assert feeds(site, "list").status == 0
    assert feeds(site, "check").status == 0


def test_two_builds_at_once_leave_whole_files_and_one_may_have_to_wait(site):
    feeds(site, "build")
    folder = os.open(site / "public", os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        write_post(site, "three", date="2026-02-03")
        built = feeds(site, "build")
    finally:
        os.close(folder)
    assert (built.status, built.out) == (75, "")
    assert "another build is writing here; try again later" in built.err
    assert feeds(site, "build").status == 0


def test_a_profile_says_where_the_time_went(site):
    built = feeds(site, "build", "--profile")
    phases = [line.split()[0] for line in built.err.splitlines()]
    assert phases == ["list", "parse", "render", "build", "write", "CPU"]
    assert feeds(site, "build").err == ""


def test_a_log_has_no_progress_bar(site, monkeypatch):
    monkeypatch.setattr(printing, "PATIENCE", 0.0)
    assert feeds(site, "build").err == ""


def test_a_terminal_shows_how_many_posts_are_done_and_how_fast(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(printing, "PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    with printing.progress_bar() as show:
        for done in range(1, 4):
            show("Rendering posts", done, 3)
        drawn = sys.stderr.getvalue()
        assert threading.active_count() == 1  # or reading and rendering would stay in one process
    assert "Rendering posts" in drawn
    assert "3/3" in drawn
    assert "/s" in drawn
