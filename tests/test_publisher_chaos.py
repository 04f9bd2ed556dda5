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

WAYS = ("folder", "smtp", "listmonk")
# For each database and each way out; read here, before the tests' environment is cleaned.
KILLS = int(os.environ.get("FEEDS_CHAOS", "200"))
SEED = 8
SITE = '[posts]\npath = "posts"\npermalink = "/:slug/"\n'
NEWSLETTER = (
    '[newsletters.weekly]\nfrom = "x@example.org"\nflood_limit = 100000\nmax_posts = 100000\ntransport = "way"\n'
)


class Folder:
    name = "folder"

    def __init__(self, root):
        self.toml = NEWSLETTER.replace('"way"', '"folder"')
        self.root = root

    def carried(self):
        manifests = [
            json.loads(path.read_text("utf-8")) for path in self.root.glob("outbox/weekly/[0-9]*/manifest.json")
        ]
        return [post for manifest in manifests for post in manifest["post_ids"]]


class Smtp:
    name = "smtp"

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
            found += set(re.findall(r"https://example\.org/p\d+/", text))
        return found


class Campaigns:
    name = "listmonk"

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
            for post in set(re.findall(r"https://example\.org/p\d+/", self.server.campaigns[number]["body"]))
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


@pytest.fixture(scope="module")
def breaker():
    """The process that breaks runs, for all tests of this module."""
    paths = os.pathsep.join(sys.path)
    with subprocess.Popen(
        [sys.executable, Path(__file__).with_name("chaos.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    ) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def break_runs(breaker, root, url):
    """A function: how many posts there were in the runs of a mode, and the newsroom after it."""

    def run(way, mode, **rest):
        room = Newsroom(root, toml=SITE + way.toml, url=url)
        room.seed()
        room.ledger.close()
        plan = {"root": str(root), "url": url, "toml": SITE + way.toml, "way": way.name, "mode": mode, **rest}
        breaker.stdin.write(json.dumps(plan | {"environment": {"TOKEN": "s3cret"}}) + "\n")
        breaker.stdin.flush()
        answer = breaker.stdout.readline().strip()
        assert answer.isdecimal(), f"{answer or 'died'}; what is printed above says why"
        return int(answer), room

    return run


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


def test_a_run_that_dies_at_any_step_mails_nothing_twice_and_loses_nothing(break_runs, way):
    posts, room = break_runs(way, "points")
    unknown = check_count(posts, room, way)
    if isinstance(way, Smtp):  # died between the noted attempt and the noted answer: six of the twelve points
        assert len(unknown) == 6


def test_runs_that_die_at_random_moments_mail_nothing_twice_and_lose_nothing(break_runs, way):
    posts, room = break_runs(way, "random", seed=SEED, kills=KILLS)
    check_count(posts, room, way)


@pytest.mark.parametrize("state_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("way", ["smtp", "listmonk"], indirect=True)
def test_the_whole_program_that_dies_at_random_moments_mails_nothing_twice_and_loses_nothing(break_runs, way):
    posts, room = break_runs(way, "random", seed=SEED, kills=KILLS // 10, whole=True)
    check_count(posts, room, way)


def test_twenty_runs_at_once_are_one_issue(break_runs, way):
    posts, room = break_runs(way, "crowd")
    assert not check_count(posts, room, way)
    assert len(room.ledger.issues.list_all()) == 2


@pytest.mark.postgresql
@pytest.mark.parametrize("state_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("way", ["smtp", "listmonk"], indirect=True)
def test_two_hosts_on_one_database_never_both_send(break_runs, way):
    posts, room = break_runs(way, "hosts")
    assert not check_count(posts, room, way)
    issues = room.ledger.issues.list_all()
    hosts = [attempt.holder.partition(":")[0] for issue in issues for attempt in room.ledger.attempts.list_all(issue)]
    assert {"castor", "pollux"} & set(hosts)
    assert len(hosts) == len(issues), "one attempt for each issue"


@pytest.mark.parametrize("point", [point for point in POINTS if point.endswith("before")])
def test_a_run_that_was_stopped_past_its_lease_and_wakes_up_mails_nothing_twice(break_runs, point):
    with SmtpServer() as server:
        way = Smtp(server)
        posts, room = break_runs(way, "stopped", point=point)
        check_count(posts, room, way)
        assert len(server.accepted) == 2
