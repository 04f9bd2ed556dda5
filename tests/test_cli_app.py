"""The command line as one meets it first: help, mistakes, pipes."""

import os
import subprocess
import sys

import pytest

from cli_sites import ROOT, feeds, finish, make_site, start_feeds
from feeds.cli.app import COMMANDS


def plain(*arguments):
    """The program without the options of a site."""
    return finish(start_feeds(*arguments))


def test_without_arguments_it_shows_its_commands():
    shown = plain()
    assert shown.status == 2
    assert "Usage: feeds" in shown.out + shown.err


def test_the_list_of_commands_tells_each_in_one_whole_line():
    shown = plain("--help")
    assert (shown.status, shown.err) == (0, "")
    lines = shown.out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == list(COMMANDS)
    assert all(line.endswith(".") and not line.endswith("...") and len(line) <= 80 for line in lines)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command, tmp_path):
    shown = feeds(tmp_path, command, "--help")
    assert (shown.status, shown.err) == (0, "")
    assert f"Usage: feeds {command}" in shown.out
    for option in ("--site DIR", "--config FILE", "--state DIR", "--set KEY=VALUE", "--now RFC3339"):
        assert option in shown.out


def test_the_version_is_one_line_installed_or_not():
    for arguments in (["--version"], ["--version", "build"]):
        shown = plain(*arguments)
        assert (shown.status, shown.err) == (0, "")
        assert shown.out.startswith("feeds ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bild"], "No such command 'bild'"),
        (["build", "--nope"], "No such option: --nope"),
        (["build", "extra"], "unexpected extra argument"),
        (["why"], "Missing argument 'POST'"),
        (["send"], "Missing argument 'NAME'"),
        (["build", "--now", "tomorrow"], "--now tomorrow: write it as RFC 3339 has it"),
        (["build", "--now", "2026-01-01T00:00:00"], "--now 2026-01-01T00:00:00: write it as RFC 3339 has it"),
        (["build", "--set", "site.url"], "--set site.url: write it as KEY=VALUE"),
        (["build", "--set", "site.titel=x"], "site.titel"),
        (["diff", "--fail-on", "everything"], "--fail-on everything: there is new, edited, reidentified, gone"),
        (["send", "weekly", "--first-run", "some"], "--first-run some: write `seed`, or `last=3`"),
        (["send", "weekly", "--first-run", "last=0"], "--first-run last=0"),
        (["resolve", "x"], "say one of --sent, --again, --cancel"),
        (["resolve", "x", "--new", "--cancel"], "say one of"),
    ],
)
def test_wrong_use_is_2_and_says_how_it_is_right(arguments, words, tmp_path):
    site = make_site(tmp_path, "one")
    said = feeds(site, *arguments, now=None)
    assert (said.status, said.out) == (2, "")
    assert words in said.err
    assert "Traceback" not in said.err


def test_a_pipe_that_closes_early_ends_the_program_without_a_word(tmp_path):
    site = make_site(tmp_path, *(f"post-{number}" for number in range(1, 29)))
    for number in range(400):
        (site / f"posts/more-{number}.md").write_text(f"---\ntitle: {'long ' * 40}\ndate: 2026-02-01\n---\nx\n")
    reader, writer = os.pipe()
    code = "import sys; from feeds.cli import main; sys.argv[0] = 'feeds'; main()"
    running = subprocess.Popen(
        [sys.executable, "-c", code, "list", "--site", site],
        stdout=writer,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    os.close(writer)
    os.read(reader, 10)
    os.close(reader)
    _, err = running.communicate(timeout=60)
    assert err == b""
    assert running.returncode == 1


def test_a_state_folder_that_is_a_file_is_one_line(tmp_path):
    site = make_site(tmp_path, "one")
    (site / "state").write_text("")
    said = feeds(site, "build", "--state", site / "state")
    assert (said.status, said.err.count("\n")) == (1, 1)
    (site / ".feeds").mkdir()
    (site / ".feeds/state.db").write_text("this is no database")
    said = feeds(site, "build")
    assert (said.status, said.err.count("\n")) == (1, 1)
    assert "state.db: is not a ledger of feeds, or is damaged; restore it from a backup" in said.err
