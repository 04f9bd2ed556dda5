"""A digest posted to a real list: Postfix takes it, mlmmj hands it to every subscriber."""

import email
import email.policy
import os
import re
import shutil
import smtplib
import tempfile
import time
from pathlib import Path

import pytest
from local_list import LEAVE, LIST, LocalList

from desks import NOW, Newsroom, make_posts
from feeds.models import IssueState

pytestmark = pytest.mark.postfix
READERS = [f"reader{number}@readers.test" for number in range(5)]


@pytest.fixture(scope="module")
def running():
    if os.getuid() != 0:
        pytest.skip("Postfix has to be started by root")
    # Postfix's and mlmmj's accounts cannot enter pytest's own folder.
    folder = Path(tempfile.mkdtemp(prefix="feeds-list-", dir="/tmp"))
    folder.chmod(0o755)
    with LocalList(folder / "list", READERS) as running:
        yield running
    shutil.rmtree(folder)


@pytest.fixture
def room(running, tmp_path):
    toml = '[newsletters.weekly]\nfrom = "The Editors <digest@example.org>"\ntransport = "list"\n[transports.list]\n'
    toml += f'kind = "smtp"\nhost = "127.0.0.1"\nport = {running.port}\nsecurity = "none"\nto = "{LIST}"\n'
    toml += f'unsubscribe = "mailto:{LEAVE}"\n'
    room = Newsroom(tmp_path, toml=toml)
    room.posts = make_posts("a", "b")
    room.seed()
    return room


def wait_for(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_an_issue_reaches_each_subscriber_once_and_whole_and_unsubscribing_works(running, room):
    assert room.last().issue.state is IssueState.DELIVERED
    wait_for(lambda: all(running.read_mail(reader) for reader in READERS))
    time.sleep(1)  # time for a second copy, should one be on its way
    sent = email.message_from_bytes(room.ledger.issues.read_prepared(room.issue(1)), policy=email.policy.default)
    for reader in READERS:
        (raw,) = running.read_mail(reader)
        got = email.message_from_bytes(raw, policy=email.policy.default)
        assert not any(part.defects for part in got.walk())
        for header in ("Message-ID", "Subject", "Date", "From", "Auto-Submitted"):
            assert got.get_all(header) == sent.get_all(header)
        assert got.get_all("List-Id") == ["<news.lists.test>"]
        assert got.get_all("List-Unsubscribe") == [f"<mailto:{LEAVE}>"]
        for kind in ("plain", "html"):
            assert got.get_body((kind,)).get_content().split() == sent.get_body((kind,)).get_content().split()
    leaving = READERS[0]
    way_out = re.search(r'href="mailto:([^"]+)"', got.get_body(("html",)).get_content())[1]
    with smtplib.SMTP("127.0.0.1", running.port, timeout=10) as session:
        session.sendmail(leaving, way_out, f"From: {leaving}\r\nTo: {way_out}\r\nSubject: unsubscribe\r\n\r\n")
    wait_for(lambda: leaving not in running.read_subscribers())
    before = len(running.read_mail(leaving))
    room.posts += make_posts("c")
    room.run(NOW.replace(hour=12))
    wait_for(lambda: all(len(running.read_mail(reader)) == 2 for reader in READERS[1:]))
    digests = [raw for raw in running.read_mail(leaving)[before:] if b"The week" in raw]
    assert digests == []
