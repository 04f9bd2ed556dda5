"""`feeds run`, what cron calls."""

import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from cli_sites import ROOT, TOML, WEEKLY, feeds, finish, ids, mailed, make_site, snapshot, start_feeds, write_post
from feeds.publisher import publish

FOUR = "https://blog.example/four/"


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path / "site", "one", "two", "three", toml=TOML + WEEKLY)


@pytest.fixture
def started(site):
    feeds(site, "send", "weekly", "--first-run", "seed")
    return site


def add_settings(site, text):
    with (site / "feeds.toml").open("a") as file:
        file.write(text)


def test_a_run_builds_and_mails_and_says_so_in_one_line(started):
    write_post(started, "four", date="2026-03-01")
    ran = feeds(started, "run")
    assert (ran.status, ran.err) == (0, "")
    mailing, summary = ran.out.splitlines()
    assert mailing.startswith("weekly: issue 1 is delivered: ")
    assert summary == "1 feed of 4 posts; 10 files written, 0 removed; 1 newsletter"
    assert ids(started)[0] == FOUR
    assert mailed(started) == [[FOUR]]


def test_a_run_with_nothing_to_do_changes_no_file(started):
    feeds(started, "run")
    before = {path: content for path, content in snapshot(started).items() if not path.startswith(".feeds/")}
    again = feeds(started, "run")
    assert again.status == 0
    assert again.out == "weekly: nothing new\n1 feed of 3 posts; 0 files written, 0 removed; 1 newsletter\n"
    assert {path: content for path, content in snapshot(started).items() if not path.startswith(".feeds/")} == before


def test_json_is_one_object_with_everything_a_monitor_asks_for(started):
    write_post(started, "four", date="2026-03-01")
    ran = feeds(started, "run", "--json")
    found = ran.object
    assert {key: found[key] for key in ("posts", "feeds", "changed", "removed", "unchanged", "errors", "warnings")} == {
        "posts": 4,
        "feeds": 1,
        "changed": 10,
        "removed": 0,
        "unchanged": 0,
        "errors": 0,
        "warnings": 0,
    }
    (mailing,) = found["newsletters"]
    assert (mailing["newsletter"], mailing["ending"], found["status"]) == ("weekly", "done", ran.status)
    assert {"number": 1, "state": "delivered", "posts": 1}.items() <= mailing["issue"].items()


def test_a_newsletter_that_never_mailed_is_reported_and_the_feeds_are_built(site):
    add_settings(site, '[newsletters.daily]\nfrom = "x@blog.example"\n')
    feeds(site, "send", "daily", "--first-run", "seed")
    write_post(site, "four", date="2026-03-01")
    ran = feeds(site, "run")
    assert ran.status == 3
    assert "weekly: has never mailed" in ran.err
    assert (site / "public/rss.xml").exists()
    assert mailed(site, "daily") == [[FOUR]], "the others go on"


def test_a_second_run_at_the_same_time_leaves_with_75(started):
    add_settings(started, '[feeds]\nafter_build = "touch running; while [ ! -e go ]; do sleep 0.02; done"\n')
    first = start_feeds("run", "--site", started, "--now", "2026-03-02T09:00:00Z")
    try:
        while not (started / "running").exists():
            assert first.poll() is None
        for command in (["run"], ["send", "weekly"], ["resolve", "one.md", "--cancel"]):
            second = feeds(started, *command)
            assert (second.status, second.out, second.err.count("\n")) == (75, "", 1)
            assert "is at it; try again later" in second.err
        assert feeds(started, "list").status == 0, "looking is always possible"
    finally:
        (started / "go").touch()
    assert finish(first).status == 0
    assert feeds(started, "run").status == 0


def documented(section):
    """The keys that the page of commands promises there."""
    text = (ROOT / "docs/commands.md").read_text("utf-8").partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"`([a-z_]+)`", text))


def test_what_a_program_reads_is_what_the_page_of_commands_says(started):
    write_post(started, "four", date="2026-03-01")
    ran = feeds(started, "run", "--json").object
    (mailing,) = ran["newsletters"]
    assert {*ran, *mailing, *mailing["issue"]} <= documented("run")
    (status,) = feeds(started, "status", "--json").object
    (issue,) = status["issues"]
    assert {*status, *issue, *issue["attempts"][0]} <= documented("status")
    told = feeds(started, "why", "four.md", "--json").object
    assert {*told, *told["newsletters"][0]} <= documented("why")


def test_a_dry_run_changes_nothing_and_tells_what_would_happen(started):
    write_post(started, "four", date="2026-03-01")
    add_settings(started, '[feeds]\nafter_build = "touch ran"\n')
    before = snapshot(started)
    told = feeds(started, "run", "--dry-run")
    assert (told.status, told.err) == (0, "")
    assert "weekly: would mail “Four”" in told.out
    assert "5 files would be written" in told.out
    assert snapshot(started) == before


def test_a_newsletter_waits_for_its_day(started):
    add_settings(started, 'schedule = "mondays 09:00"\n')
    write_post(started, "four", date="2026-03-01")
    early = feeds(started, "run", now="2026-03-08T12:00:00Z")
    assert "weekly: not due before 2026-03-09 09:00 UTC" in early.out
    assert "not due before" in feeds(started, "run", "--dry-run", now="2026-03-08T12:00:00Z").out
    feeds(started, "run", now="2026-03-09T09:03:00Z")
    assert mailed(started) == [[FOUR]]


def test_too_few_posts_wait_for_more(started):
    add_settings(started, "min_posts = 2\n")
    write_post(started, "four", date="2026-03-01")
    assert "weekly: 1 new, and an issue takes 2" in feeds(started, "run").out
    assert "weekly: 1 new, and an issue takes 2" in feeds(started, "run", "--dry-run").out


def test_mail_under_an_address_for_this_run_alone_is_refused_and_the_feeds_are_built(started):
    write_post(started, "four", date="2026-03-01")
    ran = feeds(started, "run", "--output", started / "staging", "--set", "site.url=https://staging.example")
    assert ran.status == 1
    assert "weekly: site.url: must come from the site's files" in ran.err
    assert (started / "staging/rss.xml").exists()
    assert not (started / "outbox").exists()


def test_a_newsletter_that_cannot_be_composed_does_not_stop_the_others(started):
    (started / "templates/feeds").mkdir(parents=True)
    (started / "templates/feeds/broken.html").write_text("{% if %}")
    add_settings(started, 'template = "broken.html"\n[newsletters.daily]\nfrom = "x@blog.example"\n')
    feeds(started, "send", "daily", "--first-run", "seed")
    write_post(started, "four", date="2026-03-01")
    ran = feeds(started, "run")
    assert ran.status == 1
    assert "weekly: " in ran.err
    assert "broken.html:1" in ran.err
    assert mailed(started, "daily") == [[FOUR]]
    (started / "templates/feeds/broken.html").unlink()
    (started / "feeds.toml").write_text(TOML + WEEKLY)
    assert feeds(started, "run").status == 0
    assert mailed(started) == [[FOUR]], "the posts that were claimed go out when it is mended"


@pytest.fixture
def publishing(started):
    add_settings(
        started, "[feeds]\nafter_build = \"echo x >> ran; test ! -e broken || { echo 'no route' >&2; exit 9; }\"\n"
    )
    return started


def runs(site):
    return len((site / "ran").read_text().split()) if (site / "ran").exists() else 0


def test_the_sites_command_runs_after_a_build_that_changed_something_and_only_then(publishing):
    assert feeds(publishing, "run").status == 0
    assert feeds(publishing, "run").status == 0
    assert runs(publishing) == 1
    write_post(publishing, "four", date="2026-03-01")
    feeds(publishing, "run")
    assert runs(publishing) == 2


READ_LEASE = """
import sqlite3, sys, time
until = []
for _ in range(2):
    until += sqlite3.connect(".feeds/state.db").execute("SELECT expires_at FROM feeds_leases").fetchone()
    time.sleep(0.5)
sys.exit(not until[0] < until[1])
"""


def test_a_command_that_takes_long_keeps_the_lock(started, monkeypatch):
    monkeypatch.setattr(publish, "RENEW_SECONDS", 0.1)
    (started / "read.py").write_text(READ_LEASE)
    add_settings(started, f"[feeds]\nafter_build = '{sys.executable} read.py'\n")
    assert feeds(started, "run").status == 0


def test_what_a_person_built_by_hand_is_published_by_the_next_run(publishing):
    feeds(publishing, "run")
    write_post(publishing, "four", date="2026-03-01")
    feeds(publishing, "build")
    assert runs(publishing) == 1
    written = feeds(publishing, "run", "--json").object
    assert written["changed"] == 5, "the issue's page, the list of issues and their feeds"
    assert runs(publishing) == 2


def test_mail_waits_until_the_command_has_gone_through(publishing):
    (publishing / "broken").touch()
    write_post(publishing, "four", date="2026-03-01")
    failed = feeds(publishing, "run")
    assert failed.status == 1
    assert "error: feeds.after_build: ended with 9: no route; the next run tries it again" in failed.err
    assert "weekly: issue 1 waits until what it links to is published" in failed.err
    assert not (publishing / "outbox").exists()
    (publishing / "broken").unlink()
    assert feeds(publishing, "run").status == 0
    assert runs(publishing) == 2
    assert mailed(publishing) == [[FOUR]]


class Hub(HTTPServer):
    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.heard = []
        self.answers = []
        self.url = f"http://127.0.0.1:{self.server_port}/"


class Answer(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.heard.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 202)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def hub():
    server = Hub()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def heard(started, hub):
    add_settings(started, f'[feeds]\nformats = ["rss", "atom"]\nhub = "{hub.url}"\n')
    return started


TOPICS = ["https://blog.example/atom.xml", "https://blog.example/rss.xml"]


def test_a_hub_is_told_of_the_feeds_that_changed_and_only_then(heard, hub):
    assert feeds(heard, "run").status == 0
    assert hub.heard == [{"hub.mode": ["publish"], "hub.url": TOPICS}]
    feeds(heard, "run")
    assert len(hub.heard) == 1
    write_post(heard, "four", date="2026-03-01", tags=["Red"])
    feeds(heard, "run")
    assert hub.heard[1]["hub.url"] == sorted(
        topic.replace("example/", f"example/{folder}")
        for topic in TOPICS
        for folder in ("", "tags/red/", "newsletters/weekly/")
    )


def test_a_hub_that_is_busy_is_told_again_by_the_next_run(heard, hub):
    hub.answers = [503]
    busy = feeds(heard, "run")
    assert busy.status == 0
    assert "warning: " in busy.err
    assert "the hub answered 503" in busy.err
    assert "the next run tells it again" in busy.err
    again = feeds(heard, "run")
    assert (again.status, again.err) == (0, "")
    assert [told["hub.url"] for told in hub.heard] == [TOPICS, TOPICS]
    feeds(heard, "run")
    assert len(hub.heard) == 2


def test_a_hub_that_refuses_is_not_asked_again(heard, hub):
    hub.answers = [404]
    assert "it is not asked again" in feeds(heard, "run").err
    feeds(heard, "run")
    assert len(hub.heard) == 1


def test_a_hub_is_told_after_the_command_has_published_and_not_if_it_failed(heard, hub):
    add_settings(heard, 'after_build = "test -e up"\n')
    assert feeds(heard, "run").status == 1
    assert hub.heard == []
    (heard / "up").touch()
    assert feeds(heard, "run").status == 0
    assert len(hub.heard) == 1


def test_half_of_the_posts_gone_stops_the_whole_run(started):
    feeds(started, "run")
    for name in ("one", "two"):
        (started / f"posts/{name}.md").unlink()
    write_post(started, "four", date="2026-03-01")
    stopped = feeds(started, "run")
    assert (stopped.status, stopped.out) == (3, "")
    assert "2 of 3 published posts are gone" in stopped.err
    assert not (started / "outbox").exists()
    assert feeds(started, "run", "--yes").status == 0
    assert mailed(started) == [[FOUR]]


def test_strict_makes_a_warning_of_a_run_fail_after_everything_is_done(started):
    write_post(started, "four", date="2026-03-01", tags=["C", "C++"])
    ran = feeds(started, "run", "--strict")
    assert ran.status == 1
    assert mailed(started) == [[FOUR]]
