"""Held posts: what looks like an old post, or is older than max_age, waits for a person's word."""

import json

import pytest

from cli_sites import TOML, WEEKLY, feeds, ids, mailed, make_site, write_post

OLD, TWIN = "https://blog.example/old/", "https://blog.example/twin/"


@pytest.fixture
def site(tmp_path):
    """A site with a post that looks like a vanished one: the same title, elsewhere, with other words."""
    site = make_site(tmp_path / "site", "one", "two", "three", "old", toml=TOML + WEEKLY)
    feeds(site, "build")
    feeds(site, "send", "weekly", "--first-run", "seed")
    (site / "posts/old.md").unlink()
    write_post(site, "twin", "Other words.", date="2026-03-01", title="Old")
    return site


def test_a_post_that_looks_like_an_old_one_is_in_the_feeds_and_held_from_mail(site):
    ran = feeds(site, "run")
    assert ran.status == 3
    assert "weekly: held: posts/twin.md looks like an old post; for each, `feeds resolve POST --new`" in ran.err
    assert ids(site)[0] == TWIN
    for command in (["run"], ["send", "weekly"], ["send", "weekly", "--dry-run"], ["run", "--dry-run"]):
        again = feeds(site, *command)
        assert (again.status, "held: posts/twin.md" in again.err) == (3, True)
    assert not (site / "outbox").exists()
    assert "is held" in feeds(site, "why", "twin.md").out


def test_a_look_ahead_holds_a_post_that_no_build_has_met_yet(site):
    write_post(site, "five", date="2026-03-01")
    for command in (["send", "weekly", "--dry-run"], ["run", "--dry-run"]):
        tried = feeds(site, *command)
        assert (tried.status, "held: posts/twin.md" in tried.err) == (3, True)
    assert "“Five”, 1 post" in feeds(site, "check", "--newsletter", "weekly").out
    assert "Other words" not in feeds(site, "digest", "weekly").out + (site / "preview/weekly/issue.txt").read_text()
    assert "is held" in feeds(site, "why", "twin.md").out


def test_a_held_post_holds_no_other_up(site):
    write_post(site, "five", date="2026-03-01")
    ran = feeds(site, "run", "--json")
    assert ran.status == 3
    assert [one["ending"] for one in ran.object["newsletters"]] == ["needs_person", "done"]
    assert mailed(site) == [["https://blog.example/five/"]]


def test_a_post_that_a_person_calls_new_goes_out(site):
    feeds(site, "run")
    said = feeds(site, "resolve", "twin.md", "--new")
    assert (said.status, said.out) == (0, "posts/twin.md is new; the next issue takes it, unless it has been mailed\n")
    assert feeds(site, "run").status == 0
    assert mailed(site) == [[TWIN]]
    assert feeds(site, "run").status == 0


def test_a_post_that_is_the_same_as_an_old_one_gets_its_id_and_is_not_mailed_again(site):
    feeds(site, "run")
    said = feeds(site, "resolve", "twin.md", "--same-as", OLD)
    assert (said.status, said.out) == (0, f"posts/twin.md is {OLD} from now on\n")
    ran = feeds(site, "run")
    assert (ran.status, ran.err) == (0, "")
    items = json.loads((site / "public/feed.json").read_text("utf-8"))["items"]
    assert {"id": OLD, "url": TWIN}.items() <= items[0].items()
    assert not (site / "outbox").exists()
    assert feeds(site, "build").out.splitlines()[1].startswith("0 files written")


def test_a_post_that_a_person_cancels_is_never_mailed(site):
    feeds(site, "run")
    said = feeds(site, "resolve", "posts/twin.md", "--cancel")
    assert (said.status, said.out) == (0, "posts/twin.md stays in the feeds and is never mailed\n")
    assert feeds(site, "run").status == 0
    assert ids(site)[0] == TWIN
    assert "marked as seen without being mailed" in feeds(site, "why", "twin.md").out


def test_the_id_of_a_post_that_is_still_there_is_nobody_elses(site):
    feeds(site, "run")
    said = feeds(site, "resolve", "twin.md", "--same-as", "https://blog.example/one/")
    assert (said.status, said.out) == (2, "")
    assert "is the id of posts/one.md, which is still there" in said.err
    unknown = feeds(site, "resolve", "twin.md", "--same-as", "https://blog.example/nothing/")
    assert (unknown.status, "no post was ever published under this id" in unknown.err) == (2, True)


def test_a_draft_is_nothing_to_decide_about(site):
    write_post(site, "draft", date="2026-03-01", draft=True)
    said = feeds(site, "resolve", "draft.md", "--new")
    assert (said.status, "posts/draft.md is not published" in said.err) == (2, True)


def test_an_old_post_that_turns_up_is_held_until_a_person_lets_it_go(site):
    (site / "posts/twin.md").unlink()
    write_post(site, "found", date="2020-01-01")
    ran = feeds(site, "run")
    assert ran.status == 3
    assert "held: posts/found.md is older than 90 days (max_age)" in ran.err
    assert feeds(site, "resolve", "found.md", "--new").status == 0
    assert feeds(site, "run").status == 0
    assert mailed(site) == [["https://blog.example/found/"]]


def test_a_line_names_a_few_held_posts_and_counts_the_others(site):
    (site / "posts/twin.md").unlink()
    for number in range(5):
        write_post(site, f"found-{number}", date="2020-01-01")
    assert "(max_age) and 2 more; for each" in feeds(site, "run").err
