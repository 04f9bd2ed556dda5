"""Whatever breaks a run, each post is in exactly one accepted issue, or its issue is visibly unknown.

The receiver counts, not the ledger. `FEEDS_CHAOS=2000` kills ten times as often.
"""

import email
import email.policy
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from chaos import POINTS
from desks import Newsroom
from feeds.models import IssueState
from listmonk_double import Listmonk
from smtp_server import SmtpServer

KILLS = int(os.environ.get("FEEDS_CHAOS", "200"))
WAYS = ("folder", "smtp", "listmonk")
NEWSLETTER = '[newsletters.weekly]\nfrom = "x@example.org"\nflood_limit = 100000\ntransport = "way"\n'


class Folder:
    def __init__(self, root):
        self.toml = NEWSLETTER.replace('"way"', '"folder"')
        self.root = root

    def carried(self):
        manifests = [
            json.loads(path.read_text("utf-8")) for path in self.root.glob("outbox/weekly/[0-9]*/manifest.json")
        ]
        return [post for manifest in manifests for post in manifest["post_ids"]]


class Smtp:
    def __init__(self, server):
        self.server = server
        self.toml = NEWSLETTER + (
            f'[transports.way]\nkind = "smtp"\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n'
            'to = "list@example.org"\n'
        )

    def carried(self):
        found = []
        for _, _, message in self.server.accepted:
            text = email.message_from_bytes(message, policy=email.policy.default).get_body(("plain",)).get_content()
            found += re.findall(r"https://example\.org/p\d+/", text)
        return found


class Campaigns:
    def __init__(self, server):
        self.server = server
        self.toml = NEWSLETTER + (
            f'[transports.way]\nkind = "listmonk"\nurl = "{server.url}"\nuser = "feeds"\n'
            'token_env = "TOKEN"\nlists = [1]\n'
        )

    def carried(self):
        return [
            post
            for number in self.server.starts
            for post in re.findall(r"https://example\.org/p\d+/", self.server.campaigns[number]["body"])
        ]


@pytest.fixture(params=WAYS)
def way(request, root):
    if request.param == "folder":
        yield Folder(root)
    elif request.param == "smtp":
        with SmtpServer() as server:
            yield Smtp(server)
    else:
        with Listmonk(at_once=True) as server:
            yield Campaigns(server)


@pytest.fixture
def root():
    """A folder in memory where there is one: a killed process needs no disk."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="feeds-chaos-", dir=memory if os.access(memory, os.W_OK) else None))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def url(root, state_url):
    return state_url if state_url.startswith("postgresql") else f"sqlite:///{root}/.feeds/state.db"


def break_runs(root, url, way, mode, **rest):
    """How many posts there were in the runs of this mode, and the newsroom after it."""
    room = Newsroom(root, toml=way.toml, url=url)
    room.seed()
    plan = {"root": str(root), "url": url, "toml": way.toml, "environment": {"TOKEN": "s3cret"}, "mode": mode} | rest
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("chaos.py"), json.dumps(plan)],
        capture_output=True,
        text=True,
        timeout=600,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout), room


def check_count(posts, room, way):
    """Each post arrived once; or not at all, and then its issue says that nobody knows."""
    carried = Counter(way.carried())
    assert not {post: count for post, count in carried.items() if count > 1}
    unknown = {
        post for issue in room.ledger.issues.list_all() if issue.state is IssueState.UNKNOWN for post in issue.post_ids
    }
    every = {f"https://example.org/p{number}/" for number in range(posts)}
    assert every <= set(carried) | unknown
    delivered = {
        post
        for issue in room.ledger.issues.list_all()
        if issue.state is IssueState.DELIVERED
        for post in issue.post_ids
    }
    assert delivered <= set(carried)
    if not isinstance(way, Smtp):
        assert set(carried) == every == delivered
    return unknown


def test_a_run_that_dies_at_any_step_mails_nothing_twice_and_loses_nothing(root, url, way):
    posts, room = break_runs(root, url, way, "points")
    unknown = check_count(posts, room, way)
    if isinstance(way, Smtp):  # died between the noted attempt and the noted answer: three of the ten points
        assert len(unknown) == 4


def test_runs_that_die_at_random_moments_mail_nothing_twice_and_lose_nothing(root, url, way):
    posts, room = break_runs(root, url, way, "random", seed=8, kills=KILLS // 6)
    check_count(posts, room, way)


def test_twenty_runs_at_once_are_one_issue(root, url, way):
    posts, room = break_runs(root, url, way, "crowd")
    assert not check_count(posts, room, way)
    assert len(room.ledger.issues.list_all()) == 2


@pytest.mark.parametrize("point", [point for point in POINTS if point.endswith("before")])
def test_a_run_that_was_stopped_past_its_lease_and_wakes_up_mails_nothing_twice(root, url, point):
    with SmtpServer() as server:
        way = Smtp(server)
        posts, room = break_runs(root, url, way, "stopped", point=point)
        check_count(posts, room, way)
        assert len(server.accepted) == 2
