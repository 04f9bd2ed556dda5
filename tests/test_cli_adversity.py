"""A machine that turns against the program: no mail or one mail, a clear line, and the exit status that says so."""

import contextlib
import os
import sqlite3

import pytest

from cli_sites import TOML, WEEKLY, feeds, finish, mailed, make_site, start_feeds, write_post
from listmonk_double import Listmonk
from smtp_server import DROP, SmtpServer

FOUR = "https://blog.example/four/"
LATER = "2026-03-02T10:00:00Z"


@pytest.fixture
def site(tmp_path):
    """A site whose newsletter has started, and one new post."""
    site = make_site(tmp_path / "site", "one", "two", "three", toml=TOML + WEEKLY)
    assert feeds(site, "send", "weekly", "--first-run", "seed").status == 0
    write_post(site, "four", date="2026-03-01")
    return site


def smtp_settings(server, *, security="none", host="127.0.0.1"):
    toml = f'transport = "list"\n[transports.list]\nkind = "smtp"\nhost = "{host}"\nport = {server.port}\n'
    return f'{TOML}{WEEKLY}{toml}security = "{security}"\nto = "list@blog.example"\ntimeout = 5\n'


def lines(result):
    return result.err.splitlines()


def raise_version(state):
    with contextlib.closing(sqlite3.connect(state)) as connection, connection:
        connection.execute("UPDATE feeds_schema SET version = 99")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda state: state.write_bytes(os.urandom(9000)), "is not a ledger of feeds, or is damaged; restore it"),
        (lambda state: state.write_bytes(state.read_bytes()[:5000]), "is damaged; restore it from a backup"),
        (raise_version, "the ledger has version 99, this program knows 2: update feeds"),
    ],
    ids=["corrupt", "cut", "from the future"],
)
def test_a_state_that_cannot_be_read_stops_everything(site, spoil, said):
    state = site / ".feeds/state.db"
    spoil(state)
    before = state.read_bytes()
    for command in (["run"], ["send", "weekly"], ["status"], ["digest"], ["resolve", "weekly/1", "--sent"]):
        stopped = feeds(site, *command)
        assert (stopped.status, stopped.out, len(lines(stopped))) == (1, "", 1)
        assert stopped.err.startswith(f"feeds: {state}: ")
        assert said in stopped.err
    assert state.read_bytes() == before
    assert not (site / "outbox").exists()


def test_a_state_that_is_lost_mails_nobody_before_a_person_says_where_to_begin(site):
    (site / ".feeds/state.db").unlink()
    for _ in range(2):
        ran = feeds(site, "run")
        assert ran.status == 3
        assert "weekly: has never mailed: `feeds send weekly --first-run seed`" in ran.err
    assert not (site / "outbox").exists()


def test_a_state_that_may_only_be_read_mails_nothing(site, small_disk):
    folder, close = small_disk
    state = ("--state", folder)
    feeds(site, "send", "weekly", "--first-run", "seed", *state)
    write_post(site, "five", date="2026-03-01")
    close()
    for command in (["run"], ["send", "weekly"]):
        stopped = feeds(site, *command, *state)
        assert (stopped.status, stopped.out, len(lines(stopped))) == (1, "", 1)
        assert "cannot be opened (Read-only file system)" in stopped.err
    assert feeds(site, "status", *state).status == 0
    assert not (site / "outbox").exists()


def test_a_disk_that_is_full_mails_nothing_until_there_is_room(site, small_disk):
    folder, _ = small_disk
    state = ("--state", folder)
    feeds(site, "send", "weekly", "--first-run", "seed", *state)
    write_post(site, "five", date="2026-03-01")
    filler = folder / "filler"
    for spare in (0, 20_000):
        with filler.open("ab", buffering=0) as file, contextlib.suppress(OSError):
            while file.write(b"x" * 4096):
                pass
        os.truncate(filler, filler.stat().st_size - spare)
        stopped = feeds(site, "run", *state)
        assert stopped.status == 1
        assert "the disk is full; free some space, nothing is lost" in stopped.err
        assert mailed(site) == []
    filler.unlink()
    assert feeds(site, "run", *state).status == 0
    assert feeds(site, "run", *state).status == 0
    assert mailed(site) == [["https://blog.example/five/"]]


def test_a_clock_that_goes_back_and_forward_mails_once(site):
    feeds(site, "run", now="2026-03-02T08:00:00Z")
    moments = {"2020-01-01T00:00:00Z": 3, LATER: 0, "2026-09-01T00:00:00Z": 0, "2026-03-02T08:30:00Z": 0}
    for now, status in moments.items():
        assert feeds(site, "run", now=now).status == status
    assert mailed(site) == [[FOUR]]


def test_the_machines_zone_is_no_concern_of_a_schedule(site):
    zoned = TOML.replace("[site]", '[site]\ntimezone = "Europe/Berlin"')
    (site / "feeds.toml").write_text(f'{zoned}{WEEKLY}schedule = "mondays 09:00"\n')
    for now in ("2026-03-09T07:59:00Z", "2026-03-09T08:00:00Z"):
        ran = finish(start_feeds("run", "--site", site, "--now", now, TZ="Pacific/Apia"))
        assert (ran.status, ran.err) == (0, "")
        assert mailed(site) == ([] if "07:59" in now else [[FOUR]])


def test_what_a_server_puts_off_twice_arrives_once(site):
    with SmtpServer({"RCPT": ["451 4.2.0 greylisted"], "DATA": ["452 4.3.1 full"]}) as server:
        (site / "feeds.toml").write_text(smtp_settings(server))
        moments = ["2026-03-02T09:00:00Z", "2026-03-02T09:02:00Z", "2026-03-02T09:06:00Z", LATER]
        ran = [feeds(site, "run", now=now) for now in moments]
        assert [one.status for one in ran] == [75, 75, 0, 0]
        assert "waits until 2026-03-02 09:01 UTC: 127.0.0.1 answered 451: 4.2.0 greylisted" in ran[0].err
        assert len(server.accepted) == 1
        (issue,) = feeds(site, "status", "--json").object[0]["issues"]
        assert [attempt["outcome"] for attempt in issue["attempts"]] == ["deferred", "deferred", "accepted"]


def test_a_connection_that_breaks_at_the_dot_is_left_to_a_person(site):
    with SmtpServer({"DOT": [DROP]}) as server:
        (site / "feeds.toml").write_text(smtp_settings(server))
        for now in ("2026-03-02T09:00:00Z", LATER):
            ran = feeds(site, "run", now=now)
            assert ran.status == 3
            assert "look, then `feeds resolve weekly/1 --sent`, --again or --cancel" in ran.err
            assert "after the whole message had left" in ran.err
        assert len(server.accepted) == 1
        assert feeds(site, "resolve", "weekly/1", "--sent").status == 0
        assert feeds(site, "run", now=LATER).status == 0
        assert len(server.accepted) == 1


def test_a_server_without_tls_gets_no_mail_and_is_named(site):
    with SmtpServer() as server:
        (site / "feeds.toml").write_text(smtp_settings(server, security="starttls", host="localhost"))
        ran = feeds(site, "run")
    assert ran.status == 1
    assert "localhost does not offer what is asked of it, so nothing was sent" in ran.err
    assert "MAIL" not in server.commands


@pytest.mark.parametrize("token", ["s3cret", "wr0ng-t0ken"])
def test_a_secret_is_nowhere_but_in_the_request(site, token, monkeypatch):
    monkeypatch.setenv("LM_TOKEN", token)
    with Listmonk(subscribers=["me@blog.example"]) as server:
        table = f'[transports.lm]\nkind = "listmonk"\nurl = "{server.url}"\nuser = "feeds"\ntoken_env = "LM_TOKEN"\n'
        (site / "feeds.toml").write_text(f'{TOML}{WEEKLY}transport = "lm"\n{table}lists = [1]\n')
        commands = [
            ["check"],
            ["digest"],
            ["send", "weekly", "--test", "me@blog.example"],
            ["run"],
            ["status", "weekly/1"],
            ["status", "--json"],
            ["why", "four.md", "--json"],
        ]
        told = [feeds(site, *command) for command in commands]
        assert any(token in headers["Authorization"] for *_, headers in server.requests)
    assert token not in "".join(one.out + one.err for one in told)
    assert token.encode() not in b"".join(path.read_bytes() for path in site.rglob("*") if path.is_file())
    assert (told[3].status == 0) is (token == "s3cret")


@pytest.mark.postgresql
@pytest.mark.parametrize("state_url", ["postgresql"], indirect=True)
def test_two_machines_that_share_a_database_mail_each_post_once(tmp_path, state_url):
    with SmtpServer() as server:
        toml = f'{smtp_settings(server)}[state]\nurl = "{state_url}"\n'
        one, other = (make_site(tmp_path / name, "one", "two", "three", toml=toml) for name in ("one", "other"))
        for command in (["list"], ["status"], ["run", "--dry-run"], ["build"]):
            assert feeds(one, *command).status in {0, 3}, "a database without tables is an empty state"
        assert feeds(one, "send", "weekly", "--first-run", "seed").status == 0
        for number, (first, second) in enumerate([(one, other), (other, one)], start=1):
            for site in (one, other):
                write_post(site, f"new-{number}", date="2026-03-01")
            assert feeds(first, "run").status == 0
            assert "weekly: nothing new" in feeds(second, "run").out
            assert len(server.accepted) == number
        for site in (one, other):
            write_post(site, "new-3", date="2026-03-01")
        running = [start_feeds("run", "--site", site, "--now", LATER) for site in (one, other)]
        ended = [finish(process) for process in running]
        assert {result.status for result in ended} <= {0, 75}, ended
        assert len(server.accepted) == 3
        stories = [feeds(site, "status", "--json", now=LATER).object[0]["issues"] for site in (one, other)]
        assert stories[0] == stories[1]


def test_a_build_brings_an_older_ledger_up_to_date_and_a_look_does_not(tmp_path):
    site = make_site(tmp_path / "site", "one")
    feeds(site, "build")
    state = site / ".feeds/state.db"
    with contextlib.closing(sqlite3.connect(state)) as connection, connection:
        connection.execute("UPDATE feeds_schema SET version = 1")
        connection.execute("DROP TABLE feeds_site")
    write_post(site, "two", date="2026-02-02")
    looked = feeds(site, "diff")
    assert (looked.status, "`feeds build` or `feeds run` will bring it to 2" in looked.err) == (1, True)
    assert feeds(site, "build").status == 0
    assert feeds(site, "diff").status == 0
    with contextlib.closing(sqlite3.connect(state)) as connection:
        assert connection.execute("SELECT version FROM feeds_schema").fetchall() == [(2,)]
        assert connection.execute("SELECT first_url FROM feeds_site").fetchall() == [("https://blog.example/",)]
