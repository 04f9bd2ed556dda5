"""An issue that is mailed to one address to be looked at."""

import email
import email.policy
import re

import pytest

from cli_sites import TOML, WEEKLY, feeds, make_site, snapshot, write_post
from smtp_server import SmtpServer

ME = "me@example.org"


def make_mailing_site(root, server):
    transport = f'[transports.list]\nkind = "smtp"\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n'
    toml = f'{TOML}{WEEKLY}transport = "list"\n{transport}to = "list@blog.example"\n'
    site = make_site(root / "site", "one", "two", "three", toml=toml)
    assert feeds(site, "send", "weekly", "--first-run", "seed").status == 0
    write_post(site, "four", date="2026-03-01")
    return site


def strip(message):
    """The message without what must tell a test from the issue."""
    message = re.sub(rb"=_[0-9a-f]{24}", b"BOUNDARY", message)
    message = re.sub(rb"(?m)^(To|Message-ID): .*\r\n", b"", message)
    return message.replace(b"Subject: [test] ", b"Subject: ")


def test_a_test_is_the_message_that_would_go_out_and_changes_nothing(tmp_path):
    with SmtpServer() as server:
        site = make_mailing_site(tmp_path, server)
        before = snapshot(site)
        tried = feeds(site, "send", "weekly", "--test", ME)
        assert (tried.status, tried.err) == (0, "")
        assert f"went to {ME}" in tried.out
        assert snapshot(site) == before
        assert feeds(site, "send", "weekly").status == 0
    (_, to, test), (_, _, sent) = server.accepted
    assert to == ME
    tried, mailed = (email.message_from_bytes(one, policy=email.policy.default) for one in (test, sent))
    assert tried["Subject"] == f"[test] {mailed['Subject']}"
    assert tried["Message-ID"] != mailed["Message-ID"], "a mailbox drops what it has seen before"
    assert strip(test) == strip(sent)


def test_an_issue_that_waits_for_approval_is_the_one_that_is_tried(tmp_path):
    with SmtpServer() as server:
        site = make_mailing_site(tmp_path, server)
        assert feeds(site, "run", "--set", "newsletters.weekly.hold=true").status == 3
        write_post(site, "four", "Words that came too late.", date="2026-03-01")
        assert feeds(site, "send", "weekly", "--test", ME, "--json").object["test"]["to"] == ME
    assert b"too late" not in server.accepted[0][2]


def test_without_anything_new_nothing_is_mailed(tmp_path):
    with SmtpServer() as server:
        site = make_mailing_site(tmp_path, server)
        (site / "posts/four.md").unlink()
        assert feeds(site, "send", "weekly", "--test", ME).out == "weekly: nothing new\n"
    assert server.accepted == []


@pytest.mark.parametrize(("answer", "status"), [("451 not now", 75), ("550 no such user", 1)])
def test_a_server_that_refuses_is_quoted(tmp_path, answer, status):
    with SmtpServer({"RCPT": [answer]}) as server:
        tried = feeds(make_mailing_site(tmp_path, server), "send", "weekly", "--test", ME)
    assert tried.status == status
    assert answer.split(maxsplit=1)[1] in tried.err


def test_a_folder_mails_no_test(tmp_path):
    site = make_site(tmp_path / "site", "one", toml=TOML + WEEKLY)
    tried = feeds(site, "send", "weekly", "--test", ME)
    assert tried.status == 2
    assert "(folder) mails nobody" in tried.err
    assert feeds(site, "send", "weekly", "--test", ME, "--dry-run").status == 2
