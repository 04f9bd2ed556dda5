"""Runs of a newsletter that are killed, stopped and crowded, for test_publisher_chaos.py.

This process has one thread. It reads plans from stdin, one a line, and forks a child for each, which forks another for
each run: so neither costs a start of Python. A run that fails in any way that is no lock prints its traceback and makes
its plan fail. The answer to a plan is a line too: how many posts there were.
"""

import json
import os
import random
import signal
import socket
import sys
import time
import traceback
from pathlib import Path

from cli_sites import feeds, write_post
from desks import NOW, Newsroom, make_posts
from feeds.errors import LockedError

LOCKED, BROKEN = 75, 70
# Where a run may die: before and after each step that changes the ledger or the world.
POINTS = [
    f"{method}:{side}"
    for method in ("issues.claim", "issues.store", "attempts.start", "transport.deliver", "attempts.finish")
    for side in ("before", "after")
]
# And inside a delivery, where a receiver is asked for more than one thing.
INSIDE = {
    "listmonk": [
        f"transport.{step}:{side}" for step in ("_create", "_compare", "_start") for side in ("before", "after")
    ],
    "folder": ["transport._write:before", "transport._write:after"],
    "smtp": ["transport._connect:after", "transport._secure:after"],
}


class Arena:
    """One newsroom that every child inherits, warm from a first run, with no connection open."""

    def __init__(self, plan):
        self.plan = plan
        self.room = Newsroom(Path(plan["root"]), toml=plan["toml"], url=plan["url"], environment=plan["environment"])
        self.room.posts = make_posts("p0")
        self.room.run(NOW)
        self.room.ledger.close()

    def fork(self, posts, *, point=None, signal_=signal.SIGKILL, seconds=600.0, host=None):
        """Start a run over so many posts, that sends itself a signal at a point; its process id."""
        sys.stderr.flush()
        if child := os.fork():
            return child
        try:
            self.room.posts = make_posts(*(f"p{number}" for number in range(posts)))
            self.room.seconds = seconds
            if host:
                socket.gethostname = lambda: host
            if point:
                arm(self.room, point, signal_)
            self.room.run(NOW)
            os._exit(0)
        except LockedError:
            os._exit(LOCKED)
        except BaseException:  # noqa: BLE001 - a child must not go on as its parent
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(BROKEN)


class Program:
    """The whole program over a site's files, in an arena's place."""

    def __init__(self, plan):
        self.plan = plan
        self.site = Path(plan["root"])
        os.environ.update(plan["environment"])
        write_post(self.site, "p0", date="2026-03-01")
        assert feeds(self.site, "run").status == 0

    def fork(self, posts):
        """Start `feeds run` over so many posts; its process id."""
        for number in range(posts):
            if not (self.site / f"posts/p{number}.md").exists():
                write_post(self.site, f"p{number}", date="2026-03-01")
        sys.stderr.flush()
        if child := os.fork():
            return child
        ran = feeds(self.site, "run")
        if ran.status == 1 or "Traceback" in ran.err:
            sys.stderr.write(ran.err)
            sys.stderr.flush()
            os._exit(BROKEN)
        os._exit(LOCKED if ran.status == LOCKED else 0)


def arm(room, point, signal_):
    """Let the process signal itself before or after a step."""
    method, side = point.split(":")
    owner_name, name = method.split(".")
    if owner_name == "transport":
        opener = room.open_transport

        def open_transport(which):
            transport = opener(which)
            wrap(transport, name, side, signal_)
            return transport

        room.open_transport = open_transport
    else:
        wrap(getattr(room.ledger, owner_name), name, side, signal_)


def wrap(owner, name, side, signal_):
    step = getattr(owner, name)

    def run(*args, **kwargs):
        if side == "before":
            os.kill(os.getpid(), signal_)
        result = step(*args, **kwargs)
        if side == "after":
            os.kill(os.getpid(), signal_)
        return result

    setattr(owner, name, run)


def wait(child):
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {0, LOCKED, -signal.SIGKILL}, f"a run ended with {code}"
    return code


def finish(arena, posts):
    """Runs that nobody disturbs, until one is not locked out and another has nothing left to do."""
    calm, deadline = 0, time.monotonic() + 300
    while calm < 2:
        calm += wait(arena.fork(posts)) == 0
        assert time.monotonic() < deadline, "the lock of a killed run was kept"


def at_points(arena):
    """Kill a run at each point, each time with a new post, and let others clean up after it."""
    points = [*POINTS, *INSIDE[arena.plan["way"]]]
    for number, point in enumerate(points, start=2):
        assert wait(arena.fork(number, point=point)) == -signal.SIGKILL, f"{point} was never reached"
        finish(arena, number)
    return len(points) + 1


def at_random(arena):
    """Kill runs at random moments, each with a new post, and clean up once at the end."""
    chance = random.Random(arena.plan["seed"])
    began = time.monotonic()
    wait(arena.fork(2))
    usual = time.monotonic() - began
    for number in range(3, arena.plan["kills"] + 3):
        child = arena.fork(number)
        time.sleep(chance.uniform(0, usual * 1.2))
        os.kill(child, signal.SIGKILL)
        wait(child)
    posts = arena.plan["kills"] + 2
    finish(arena, posts)
    return posts


def in_a_crowd(arena):
    """Twenty runs at the same moment, then one more."""
    for child in [arena.fork(3) for _ in range(20)]:
        wait(child)
    finish(arena, 3)
    return 3


def on_two_hosts(arena):
    """Two hosts that run at the same moments over the same new posts, and share nothing but the state."""
    rounds = 12
    for number in range(2, rounds + 2):
        for child in [arena.fork(number, host=host) for host in ("castor", "pollux")]:
            wait(child)
    finish(arena, rounds + 1)
    return rounds + 1


def stopped(arena):
    """A run that is stopped past its lease at a point, another that takes over, and then the first wakes up."""
    sleeper = arena.fork(2, point=arena.plan["point"], signal_=signal.SIGSTOP, seconds=0.2)
    os.waitpid(sleeper, os.WUNTRACED)
    time.sleep(0.3)
    wait(arena.fork(2))
    os.kill(sleeper, signal.SIGCONT)
    wait(sleeper)
    finish(arena, 2)
    return 2


MODES = {
    "points": at_points,
    "random": at_random,
    "crowd": in_a_crowd,
    "hosts": on_two_hosts,
    "stopped": stopped,
}


def carry_out(plan):
    """Try a plan in a child, which writes the answer; whether it went well."""
    sys.stdout.flush()
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    try:
        arena = Program(plan) if plan.get("whole") else Arena(plan)
        sys.stdout.write(f"{MODES[plan['mode']](arena)}\n")
        sys.stdout.flush()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a child must not go on as its parent
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(BROKEN)


if __name__ == "__main__":
    for line in sys.stdin:
        if not carry_out(json.loads(line)):
            sys.stdout.write("failed\n")
            sys.stdout.flush()
