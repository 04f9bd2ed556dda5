import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from feeds.errors import LockedError
from feeds.state import Ledger
from feeds.state.schema import leases

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOLD = """
import sys, time
from feeds.state import Ledger
with Ledger(sys.argv[1]).leases.hold(seconds=float(sys.argv[2])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def other(state_url):
    """Start another process that holds the lease for so many seconds."""
    processes = []

    def start(seconds):
        command = [sys.executable, "-c", HOLD, state_url, str(seconds)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        processes.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()
        process.stdout.close()


def test_one_holds_the_lease_and_the_others_are_told_who(state_url):
    ledger = Ledger(state_url)
    told = pytest.raises(LockedError, match=f":{os.getpid()} is at it")
    with ledger.leases.hold(), told, Ledger(state_url).leases.hold():
        pass


def test_each_holder_has_a_higher_token(state_url):
    tokens = []
    for _ in range(3):
        with Ledger(state_url).leases.hold() as lease:
            tokens.append(lease.token)
    assert tokens == [1, 2, 3]


def test_a_living_holder_keeps_the_lease(state_url, other):
    other(600)
    with pytest.raises(LockedError), Ledger(state_url).leases.hold():
        pass


def test_a_killed_holder_loses_the_lease_at_once(state_url, other):
    process = other(600)
    process.send_signal(signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + 10
    while True:
        try:
            with Ledger(state_url).leases.hold() as lease:
                assert lease.token == 2
                break
        except LockedError:  # the server needs a moment to see that the connection is gone
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_a_holder_that_is_stopped_past_its_lease_can_change_nothing_when_it_wakes(state_url):
    ledger = Ledger(state_url)
    with ledger.leases.hold(seconds=0.1) as slow:
        ledger.issues.seed("weekly", [], lease=slow, now=NOW)
        time.sleep(0.2)
        with Ledger(state_url).leases.hold() as quick:
            assert quick.token > slow.token
            with pytest.raises(LockedError, match="took over"):
                ledger.issues.claim("weekly", ["a"], lease=slow, now=NOW)
            with pytest.raises(LockedError, match="took over"):
                ledger.leases.renew(slow)
            assert Ledger(state_url).issues.claim("weekly", ["a"], lease=quick, now=NOW)


def test_a_lease_that_ran_out_is_still_good_if_nobody_took_it(state_url):
    ledger = Ledger(state_url)
    with ledger.leases.hold(seconds=60) as lease:
        with ledger._database.write() as connection:
            connection.execute(leases.update().values(expires_at=0.0))
        ledger.issues.seed("weekly", [], lease=lease, now=NOW)
        with pytest.raises(LockedError), Ledger(state_url).leases.hold():
            pass
