"""`feeds send NAME --to draft`: an issue that waits at its receiver for a person."""

import pytest

from cli_sites import TOML, WEEKLY, feeds, make_site, write_post
from listmonk_double import Listmonk

TEN, ELEVEN = "2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z"


@pytest.fixture
def server():
    with Listmonk() as server:
        yield server


@pytest.fixture
def waiting(tmp_path, server, monkeypatch):
    """A site whose first issue waits in listmonk as a draft."""
    monkeypatch.setenv("LM_TOKEN", "s3cret")
    table = f'[transports.lm]\nkind = "listmonk"\nurl = "{server.url}"\nuser = "feeds"\ntoken_env = "LM_TOKEN"\n'
    toml = f'{TOML}{WEEKLY}transport = "lm"\n{table}lists = [1]\n'
    site = make_site(tmp_path / "site", "one", toml=toml)
    feeds(site, "send", "weekly", "--first-run", "seed")
    write_post(site, "two", date="2026-03-01")
    sent = feeds(site, "send", "weekly", "--to", "draft")
    assert (sent.status, server.starts) == (0, [])
    assert "campaign 1; a draft that waits for approval in listmonk" in sent.out
    return site


def issues(site):
    return feeds(site, "status", "--json").object[0]["issues"]


def test_a_draft_is_left_alone_and_followed_once_a_person_has_started_it(waiting, server):
    assert feeds(waiting, "run", now=TEN).out.startswith("weekly: nothing new")
    assert (server.starts, issues(waiting)[0]["settled"]) == ([], False)
    server.change_status(server.campaigns[1], "running")
    server.finish()
    followed = feeds(waiting, "run", now=ELEVEN)
    assert "weekly: issue 1 is delivered: campaign 1; finished, sent to 3 of 3" in followed.out
    (issue,) = issues(waiting)
    assert (issue["draft"], issue["settled"], server.made) == (True, True, 1)
    assert feeds(waiting, "resolve", "weekly/1", "--cancel").status == 2


def test_a_draft_that_somebody_could_still_send_cannot_be_cancelled(waiting, server):
    refused = feeds(waiting, "resolve", "weekly/1", "--cancel")
    assert (refused.status, refused.out) == (2, "")
    assert "weekly/1 is still there (campaign 1; a draft that waits for approval in listmonk)" in refused.err
    server.change_status(server.campaigns[1], "running")
    refused = feeds(waiting, "resolve", "weekly/1", "--cancel")
    assert (refused.status, "weekly/1 is still there (campaign 1; running" in refused.err) == (2, True)


def test_the_posts_of_a_draft_that_was_thrown_away_go_out_with_the_next_issue(waiting, server):
    server.campaigns.clear()
    told = feeds(waiting, "run", now=TEN)
    assert told.status == 3
    assert "weekly: issue 1 is no longer among its receiver's drafts; `feeds resolve weekly/1 --cancel`" in told.err
    cancelled = feeds(waiting, "resolve", "weekly/1", "--cancel")
    assert (cancelled.status, cancelled.out) == (0, "issue 1 is cancelled; its posts are new again\n")
    assert feeds(waiting, "run", now=ELEVEN).status == 0
    assert [issue["state"] for issue in issues(waiting)] == ["cancelled", "delivered"]
    assert (server.starts, server.made) == ([2], 2)


def test_a_listmonk_that_does_not_answer_leaves_the_draft_as_it_is(waiting, server):
    server.faults["GET /api/campaigns"] = [(503, {"message": "busy"}, {})] * 2
    asked = feeds(waiting, "resolve", "weekly/1", "--cancel")
    assert (asked.status, asked.out) == (75, "")
    assert issues(waiting)[0]["state"] == "delivered"
