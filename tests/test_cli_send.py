"""`digest`, `send`, `status` and `resolve`, as a person uses them."""

import json
from email import message_from_bytes, policy

import pytest

from cli_sites import TOML, WEEKLY, feeds, files, mailed, make_site, snapshot, write_post

NOON = "2026-03-02T12:00:00Z"
ONE, TWO, THREE, FOUR = (f"https://blog.example/{name}/" for name in ("one", "two", "three", "four"))


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path / "site", "one", "two", "three", toml=TOML + WEEKLY)


@pytest.fixture
def started(site):
    assert feeds(site, "send", "weekly", "--first-run", "seed").status == 0
    return site


def add(site, name="four", **header):
    return write_post(site, name, **{"date": "2026-03-01"} | header)


def state(site):
    return {path: content for path, content in snapshot(site).items() if path.startswith(".feeds/")}


def test_a_digest_is_files_to_look_at_and_changes_nothing_else(site):
    before = snapshot(site)
    shown = feeds(site, "digest", "--set", "newsletters.weekly.max_posts=2")
    assert (shown.status, shown.err) == (0, "")
    assert "weekly: issue 1, “" in shown.out
    assert files(site / "preview/weekly") == ["issue.eml", "issue.html", "issue.txt"]
    assert {path for path in snapshot(site) if not path.startswith("preview/")} == set(before)
    text = (site / "preview/weekly/issue.txt").read_text("utf-8")
    assert [name in text for name in ("Three", "Two", "words of one")] == [True, True, False]
    message = message_from_bytes((site / "preview/weekly/issue.eml").read_bytes(), policy=policy.default)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert not message.defects


def test_a_digest_leaves_the_state_of_a_started_newsletter_as_it_is(started):
    add(started)
    before = state(started)
    shown = feeds(started, "digest", "weekly", "--json", "--output", started / "look").object
    assert (shown["number"], shown["posts"], shown["waiting"]) == (1, 1, 0)
    assert files(started / "look") == ["issue.eml", "issue.html", "issue.txt"]
    assert state(started) == before


def test_a_digest_without_new_posts_says_so_and_writes_nothing(started):
    shown = feeds(started, "digest")
    assert (shown.status, shown.out) == (0, "weekly: nothing new\n")
    assert not (started / "preview").exists()
    assert feeds(started, "digest", "--json").object == {"newsletter": "weekly", "posts": 0}


def test_a_digest_needs_a_newsletter_that_there_is(tmp_path):
    site = make_site(tmp_path, "one")
    said = feeds(site, "digest")
    assert (said.status, said.out) == (2, "")
    assert "there is no newsletter; add [newsletters.weekly] to feeds.toml" in said.err
    assert "newsletters.daily: is not configured; there is none" in feeds(site, "digest", "daily").err


def test_a_newsletter_that_never_mailed_needs_a_person(site):
    said = feeds(site, "send", "weekly")
    assert (said.status, said.out) == (3, "")
    assert "weekly: has never mailed: `feeds send weekly --first-run seed`" in said.err
    assert not (site / "outbox").exists()


def test_seeding_mails_nothing_and_the_next_post_goes_out_alone(site):
    seeded = feeds(site, "send", "weekly", "--first-run", "seed")
    assert (seeded.status, seeded.err) == (0, "")
    assert not (site / "outbox").exists()
    add(site)
    assert feeds(site, "send", "weekly").status == 0
    assert mailed(site) == [[FOUR]]


def test_the_first_run_may_mail_the_newest_few_however_old_they_are(site):
    assert feeds(site, "send", "weekly", "--first-run", "last=2", now="2028-01-01T00:00:00Z").status == 0
    assert mailed(site) == [[THREE, TWO]]
    again = feeds(site, "send", "weekly", "--first-run", "last=2")
    assert again.status == 2
    assert "weekly has started already" in again.err


def test_a_second_call_finds_nothing_new_and_writes_nothing(site):
    first = feeds(site, "send", "weekly", "--first-run", "last=1")
    assert first.out.startswith("weekly: issue 1 is delivered: ")
    assert files(site / "outbox") == [
        f"weekly/1/{name}" for name in ("issue.eml", "issue.html", "issue.txt", "manifest.json")
    ]
    outbox = snapshot(site / "outbox")
    again = feeds(site, "send", "weekly", now="2026-03-03T00:00:00Z")
    assert (again.status, again.out, again.err) == (0, "weekly: nothing new\n", "")
    assert snapshot(site / "outbox") == outbox


def test_the_manifest_tells_any_other_tool_what_there_is_to_send(site):
    feeds(site, "send", "weekly", "--first-run", "last=1")
    manifest = json.loads((site / "outbox/weekly/1/manifest.json").read_text("utf-8"))
    assert manifest["newsletter"] == "weekly"
    assert (manifest["number"], manifest["post_ids"]) == (1, [THREE])
    assert manifest["files"] == ["issue.eml", "issue.html", "issue.txt"]
    message = message_from_bytes((site / "outbox/weekly/1/issue.eml").read_bytes(), policy=policy.default)
    assert message["Subject"] == manifest["subject"]
    assert manifest["key"][:16] in message["Message-ID"]


def test_a_newsletter_that_is_not_configured_is_wrong_use(site):
    said = feeds(site, "send", "daily")
    assert (said.status, said.err) == (2, "feeds: newsletters.daily: is not configured; there is weekly\n")


def test_a_flood_needs_a_person_who_says_yes(started):
    for number in range(4):
        add(started, f"new-{number}")
    option = ("--set", "newsletters.weekly.flood_limit=3")
    stopped = feeds(started, "send", "weekly", *option)
    assert stopped.status == 3
    assert "4 posts are new at once, more than 3 (flood_limit); `feeds send weekly --yes` mails them" in stopped.err
    assert feeds(started, "send", "weekly", "--dry-run", *option).status == 3
    assert feeds(started, "send", "weekly", "--yes", *option).status == 0
    assert len(mailed(started)[0]) == 4


def test_a_dry_run_tells_what_would_be_mailed_and_changes_nothing(site):
    before = snapshot(site)
    never = feeds(site, "send", "weekly", "--dry-run")
    assert (never.status, "has never mailed" in never.err) == (3, True)
    assert "would mail “Two”, “Three”" in feeds(site, "send", "weekly", "--dry-run", "--first-run", "last=2").out
    assert feeds(site, "send", "weekly", "--dry-run", "--first-run", "seed").out == "weekly: nothing new\n"
    assert snapshot(site) == before
    feeds(site, "send", "weekly", "--first-run", "seed")
    add(site)
    add(site, "five")
    before = snapshot(site)
    told = feeds(site, "send", "weekly", "--dry-run", "--json", "--set", "newsletters.weekly.max_posts=1").object
    assert (told["ending"], told["message"]) == ("done", "would mail “Four”; 1 more would wait")
    assert snapshot(site) == before


def test_mail_is_refused_under_an_address_for_this_run_alone(started):
    passing = ("--set", "site.url=https://staging.example")
    assert feeds(started, "send", "weekly", *passing).out == "weekly: nothing new\n"
    add(started)
    said = feeds(started, "send", "weekly", *passing)
    assert (said.status, said.out) == (2, "")
    assert "site.url: must come from the site's files before anything is mailed" in said.err
    assert not (started / "outbox").exists()


def test_a_folder_of_posts_that_is_gone_cancels_no_issue_and_needs_a_person(started):
    (started / "posts").rename(started / "elsewhere")
    assert feeds(started, "send", "weekly").status == 3
    (started / "posts").mkdir()
    said = feeds(started, "send", "weekly")
    assert said.status == 3
    assert "3 of 3 published posts are gone" in said.err


def test_a_post_goes_out_once_however_it_is_changed(started):
    path = add(started)
    feeds(started, "send", "weekly")
    path.rename(path.with_name("renamed.md"))
    assert feeds(started, "send", "weekly").out == "weekly: nothing new\n"
    write_post(started, "renamed", "New words.", title="New title", date="2026-03-02")
    assert feeds(started, "send", "weekly").out == "weekly: nothing new\n"


def test_two_newsletters_share_posts_unless_one_leaves_them_to_the_other(tmp_path):
    toml = TOML + WEEKLY + '[newsletters.red]\nfrom = "x@blog.example"\ntags = "Red"\n'
    site = make_site(tmp_path, "one", toml=toml)
    for name in ("weekly", "red"):
        feeds(site, "send", name, "--first-run", "seed")
    add(site, tags=["Red"])
    add(site, "five")
    assert feeds(site, "send", "weekly", "--set", 'newsletters.weekly.not_in=["red"]').status == 0
    feeds(site, "send", "red")
    assert (mailed(site), mailed(site, "red")) == ([["https://blog.example/five/"]], [[FOUR]])


def test_status_tells_of_issues_attempts_and_receipts(started):
    assert "weekly: every new post" in feeds(started, "status").out
    add(started)
    feeds(started, "send", "weekly")
    shown = feeds(started, "status")
    assert "  1  delivered  2026-03-02 09:00 UTC  1 post  Four" in shown.out
    one = feeds(started, "status", "weekly/1")
    for words in ("weekly/1  delivered", f"post     {FOUR}", "attempt  2026-03-02 09:00 UTC by ", "receipt  "):
        assert words in one.out
    (found,) = feeds(started, "status", "--json").object
    assert (found["newsletter"], found["started"]) == ("weekly", True)
    (issue,) = found["issues"]
    assert (issue["state"], issue["posts"], issue["attempts"][0]["outcome"]) == ("delivered", [FOUR], "accepted")
    assert feeds(started, "status", "weekly/1", "--json").object == issue
    missing = feeds(started, "status", "weekly/9")
    assert (missing.status, missing.err) == (
        2,
        "feeds: weekly/9: there is no such issue; `feeds status` shows them all\n",
    )


def test_why_tells_a_program_where_a_post_went_and_where_it_will_go(started):
    add(started)
    feeds(started, "send", "weekly")
    told = feeds(started, "why", "four.md", "--json").object
    assert {key: told[key] for key in ("source", "title", "status", "id", "url")} == {
        "source": "posts/four.md",
        "title": "Four",
        "status": "published",
        "id": FOUR,
        "url": FOUR,
    }
    assert told["feeds"] == [""]
    assert told["newsletters"] == [
        {
            "newsletter": "weekly",
            "story": "in issue 1 (delivered on 2026-03-02 09:00 UTC)",
            "issue": 1,
            "state": "delivered",
        }
    ]
    assert told["story"] == feeds(started, "why", "four.md").out.strip()
    add(started, "five")
    monday = ("--set", "newsletters.weekly.schedule=mondays 10:00")
    due = feeds(started, "why", "five.md", "--json", *monday).object["newsletters"][0]
    assert (due["story"], due["issue"]) == ("will go out with the next issue, due 2026-03-02 10:00 UTC", None)


def test_why_says_that_a_newsletter_waits_for_its_first_run(site):
    told = feeds(site, "why", "one.md")
    assert "weekly: has never mailed: `feeds send weekly --first-run seed` starts with the next new post" in told.out
    feeds(site, "send", "weekly", "--first-run", "seed")
    assert "weekly: marked as seen without being mailed" in feeds(site, "why", "one.md").out


def test_why_remembers_where_a_withdrawn_post_went(started):
    add(started)
    feeds(started, "send", "weekly")
    add(started, draft=True)
    told = feeds(started, "why", "four.md")
    assert "posts/four.md is draft" in told.out
    assert "weekly: in issue 1 (delivered on 2026-03-02 09:00 UTC)." in told.out
    (started / "feeds.toml").write_text(TOML)
    add(started)
    assert "weekly: in issue 1" in feeds(started, "why", "four.md").out


def test_status_of_a_site_without_newsletters_or_state(tmp_path):
    site = make_site(tmp_path / "none", "one")
    assert feeds(site, "status").out == "there is no newsletter; add [newsletters.weekly] to feeds.toml\n"
    never = make_site(tmp_path / "never", "one", toml=TOML + WEEKLY)
    assert feeds(never, "status").out.rstrip().endswith("; never mailed")
    assert files(never) == ["feeds.toml", "posts/one.md"]


@pytest.fixture
def stuck(started):
    """A newsletter whose folder cannot be written: issue 1 is deferred."""
    (started / "outbox").write_text("in the way")
    add(started)
    assert feeds(started, "send", "weekly").status == 75
    return started


def test_a_refused_issue_is_tried_again_and_can_be_told_of(stuck):
    assert "deferred" in feeds(stuck, "status").out
    soon = feeds(stuck, "send", "weekly")
    assert soon.status == 75
    assert "issue 1 waits until 2026-03-02 09:01 UTC" in soon.err
    assert feeds(stuck, "send", "weekly", "--dry-run").status == 75
    (stuck / "outbox").unlink()
    later = "2026-03-02T10:00:00Z"
    assert feeds(stuck, "send", "weekly", "--dry-run", now=later).out == "weekly: issue 1 would be handed over\n"
    assert feeds(stuck, "send", "weekly", now=later).status == 0
    assert mailed(stuck) == [[FOUR]]


def test_a_person_can_cancel_an_issue_and_its_posts_are_new_again(stuck):
    (stuck / "outbox").unlink()
    cancelled = feeds(stuck, "resolve", "weekly/1", "--cancel")
    assert (cancelled.status, cancelled.out) == (0, "issue 1 is cancelled; its posts are new again\n")
    feeds(stuck, "send", "weekly")
    assert "2  delivered" in feeds(stuck, "status").out
    again = feeds(stuck, "resolve", "weekly/1", "--cancel")
    assert (again.status, again.out) == (2, "")
    assert "issue 1 of weekly is cancelled" in again.err


def test_a_person_can_say_that_the_readers_have_an_issue(stuck):
    (stuck / "outbox").unlink()
    assert feeds(stuck, "resolve", "weekly/1", "--sent").out == "issue 1 counts as delivered\n"
    assert feeds(stuck, "send", "weekly").out == "weekly: nothing new\n"
    assert not (stuck / "outbox").exists()


@pytest.mark.parametrize(
    "arguments", [("weekly/7", "--sent"), ("daily/1", "--sent"), ("nonsense", "--again"), ("x", "--cancel")]
)
def test_a_decision_on_what_is_not_there_is_wrong_use(started, arguments):
    said = feeds(started, "resolve", *arguments)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)


def make_stuck_site(root, settings):
    """A site whose first issue cannot be written to the folder `mail`."""
    site = make_site(root / "site", "one", toml=settings)
    feeds(site, "send", "weekly", "--first-run", "seed")
    (site / "mail").write_text("in the way")
    add(site)
    assert feeds(site, "send", "weekly").status == 75
    (site / "mail").unlink()
    return site


WAY = f'{TOML}{WEEKLY}transport = "way"\n'
FOLDER = '[transports.way]\nkind = "folder"\npath = "mail"\n'


def test_an_issue_whose_transport_is_gone_waits_until_it_is_put_back(tmp_path):
    site = make_stuck_site(tmp_path, WAY + FOLDER)
    (site / "feeds.toml").write_text(TOML + WEEKLY)
    gone = feeds(site, "run", now=NOON)
    assert gone.status == 1
    assert "weekly: transports.way: is gone, and an issue was composed for it; put it back" in gone.err
    assert not (site / "outbox").exists()
    (site / "feeds.toml").write_text(WAY + FOLDER)
    assert feeds(site, "run", now=NOON).status == 0
    assert (site / "mail/weekly/1/manifest.json").exists()


@pytest.mark.parametrize(
    "other",
    [
        'kind = "smtp"\nhost = "127.0.0.1"\nport = 9\nsecurity = "none"\nto = "l@blog.example"\n',
        'kind = "listmonk"\nurl = "http://127.0.0.1:9"\nuser = "feeds"\ntoken_env = "HOME"\nlists = [1]\n',
        'kind = "buttondown"\nurl = "http://127.0.0.1:9"\ntoken_env = "HOME"\n',
    ],
    ids=["smtp", "listmonk", "buttondown"],
)
def test_an_issue_is_never_handed_to_another_kind_of_transport_than_it_was_composed_for(tmp_path, other):
    site = make_stuck_site(tmp_path, WAY + FOLDER)
    (site / "feeds.toml").write_text(f"{WAY}[transports.way]\n{other}")
    strange = feeds(site, "run", now=NOON)
    assert strange.status == 1
    assert "was composed for another kind of transport" in strange.err
    assert feeds(site, "resolve", "weekly/1", "--cancel").out == "issue 1 is cancelled; its posts are new again\n"


def test_an_issue_of_a_newsletter_that_is_no_longer_configured_is_told_of(stuck):
    (stuck / "feeds.toml").write_text(TOML)
    for _ in range(2):
        told = feeds(stuck, "run", now=NOON)
        assert told.status == 3
        assert "weekly: issue 1 is deferred, and the newsletter is no longer in feeds.toml; put it back" in told.err
    assert feeds(stuck, "resolve", "weekly/1", "--cancel").status == 0
    assert feeds(stuck, "run", now=NOON).status == 0


def test_a_withdrawn_post_stops_the_issue_that_waits_to_carry_it(stuck):
    (stuck / "outbox").unlink()
    add(stuck, draft=True)
    said = feeds(stuck, "send", "weekly", now="2026-03-02T12:00:00Z")
    assert said.status == 0
    assert f"issue 1 was cancelled: {FOUR} is no longer published" in said.out
    assert not (stuck / "outbox").exists()


def test_a_digest_shows_the_address_that_unsubscribes_as_it_will_be_mailed(tmp_path):
    transport = '[transports.outbox]\nkind = "folder"\nunsubscribe = "mailto:leave@blog.example"\n'
    site = make_site(tmp_path / "site", "one", toml=TOML + WEEKLY.rstrip() + '\ntransport = "outbox"\n' + transport)
    assert feeds(site, "digest").status == 0
    assert 'href="mailto:leave@blog.example"' in (site / "preview/weekly/issue.html").read_text("utf-8")
