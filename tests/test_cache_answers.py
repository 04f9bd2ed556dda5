"""A build that finds nothing changed answers at once; whatever happens to the site, it never answers wrongly."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from cli_sites import NOW, TOML, WEEKLY, feeds, in_processes, make_site, snapshot, write_post
from feeds.cache.answers import Answer, recall
from feeds.models import IssueState

SHA256 = re.compile(rb"[0-9]+ [0-9a-f]{64}")
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def answers(site, command="build", *, now=NOW, options=()):
    """Whether the program would answer without a full run."""
    return isinstance(recall([command, "--site", str(site), "--now", now, *options], {}), Answer)


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path / "site", "one", "two", toml=TOML + WEEKLY)


def read_record(site):
    """What is kept of how files looked: of the outputs, and of the site."""
    _, head, rows = (site / ".feeds/cache/build.json").read_bytes().split(b"\n", 2)
    return b"\0".join([*(row.encode() for row in json.loads(head)["outputs"].values()), rows])


def test_the_second_build_is_answered_at_once_and_in_the_same_words(site):
    feeds(site, "build")
    assert answers(site)
    at_once = feeds(site, "build")
    shutil.rmtree(site / ".feeds" / "cache")
    assert not answers(site)
    assert at_once == feeds(site, "build")
    assert " 0 removed" in at_once.out


def test_warnings_are_said_again(site):
    write_post(site, "three", date="2026-02-20", tags=["C", "C++"])
    first = feeds(site, "build")
    assert first.problems
    assert answers(site)
    assert feeds(site, "build").err == first.err
    feeds(site, "build", "--strict")
    assert feeds(site, "build", "--strict").status == 1


def test_a_run_without_anything_due_is_answered_at_once_until_something_is(site):
    feeds(site, "send", "weekly", "--first-run", "seed")
    feeds(site, "run")
    feeds(site, "run")
    assert answers(site, "run")
    write_post(site, "three", date="2026-03-01")
    assert not answers(site, "run")
    assert "issue 1 is delivered" in feeds(site, "run").out


def test_a_newsletter_that_needs_a_person_is_reported_by_every_run(site):
    for _ in range(3):
        assert feeds(site, "run").status == 3
    assert not answers(site, "run")


def test_a_person_s_decision_is_seen_by_the_next_run(site):
    feeds(site, "send", "weekly", "--first-run", "seed")
    write_post(site, "three", date="2026-03-01")
    (site / "outbox/weekly").mkdir(parents=True)
    (site / "outbox/weekly/1").write_text("something else", "utf-8")
    assert feeds(site, "run").status == 1
    (site / "outbox/weekly/1").unlink()
    assert not answers(site, "run")
    assert feeds(site, "resolve", "weekly/1", "--again").status == 0
    assert IssueState.DELIVERED in feeds(site, "run").out


@pytest.mark.parametrize("options", [["--dry-run"], ["--output", "elsewhere"], ["--set", "feeds.limit=1"]])
def test_another_command_line_is_another_question(site, options):
    feeds(site, "build")
    assert not answers(site, options=options)


def test_a_clock_that_went_back_is_a_full_run(site):
    feeds(site, "build")
    assert not answers(site, now="2026-03-01T09:00:00+00:00")


def test_a_scheduled_post_ends_the_silence_when_it_is_due(site):
    write_post(site, "later", date="2026-03-05T12:00:00+00:00")
    feeds(site, "build")
    assert answers(site, now="2026-03-05T11:59:59+00:00")
    assert not answers(site, now="2026-03-05T12:00:00+00:00")


def test_what_stands_still_after_a_checkout_is_told_without_its_bytes_and_a_change_is_seen_all_the_same(
    site, monkeypatch
):
    feeds(site, "build")
    fresh = read_record(site)
    monkeypatch.setattr("feeds.cache.answers.COARSEST_TICK", 0)
    monkeypatch.setattr("feeds.cache.answers.OUTPUT_TICK", 0)
    assert answers(site)
    settled = read_record(site)
    assert SHA256.search(fresh)
    assert not SHA256.search(settled)
    assert answers(site)
    assert read_record(site) == settled
    (site / "posts/one.md").write_text((site / "posts/one.md").read_text("utf-8").replace("words", "wards"), "utf-8")
    assert not answers(site)


def test_a_record_that_was_damaged_is_no_answer(site):
    feeds(site, "build")
    record = site / ".feeds/cache/build.json"
    whole = record.read_bytes()
    for position in range(0, len(whole), 97):
        record.write_bytes(whole[:position] + bytes([whole[position] ^ 4]) + whole[position + 1 :])
        assert not answers(site)
    record.write_bytes(whole[:50])
    assert not answers(site)


def test_a_record_of_another_program_is_no_answer(site):
    feeds(site, "build")
    record = site / ".feeds/cache/build.json"
    data = json.dumps({"key": "another", "seen": "something"}).encode()
    record.write_bytes(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
    assert not answers(site)
    assert feeds(site, "build").status == 0


def test_an_output_that_somebody_removed_or_changed_is_put_right(site):
    feeds(site, "build")
    (site / "public/rss.xml").unlink()
    assert "1 file written" in feeds(site, "build").out
    (site / "public/atom.xml").write_bytes(b"<feed/>")
    assert "1 file written" in feeds(site, "build").out


def read_all(folder):
    return {path: content for path, (content, _) in snapshot(folder).items()}


EDITS = (
    "add",
    "edit",
    "rename",
    "retag",
    "delete",
    "draft",
    "schedule",
    "wait",
    "limit",
    "template",
    "flip",
    "lose",
    "author",
    "date",
    "picture",
    "language",
    "nothing",
    "words",
    "all words",
    "back",
    "stale",
    "due",
)
# What somebody does who writes, so that most sequences have some of it.
WRITING = ("words", "words", "all words", "back", "edit", "nothing", "due")


def change(site, edit, step, clock):  # noqa: C901, PLR0912, PLR0915 - one case for each thing that happens to a blog
    """One thing that happens to a blog; returns the time after it."""
    posts = sorted((site / "posts").glob("*.md"))
    post = posts[step % len(posts)] if posts else None
    match edit:
        case "words" if post:
            reword(post, step)
        case "all words":
            for one in posts:
                reword(one, step)
        case "back" if post:
            before = post.read_bytes()
            reword(post, step + 100)
            feeds(site, "build", "--yes", now=clock.isoformat())
            post.write_bytes(before)
        case "stale" if post and (site / ".feeds/cache").is_dir():
            shutil.copytree(site / ".feeds/cache", site.parent / "stale", dirs_exist_ok=True)
            reword(post, step + 200)
            feeds(site, "build", "--yes", now=clock.isoformat())
            shutil.copytree(site.parent / "stale", site / ".feeds/cache", dirs_exist_ok=True)
        case "due":
            clock += timedelta(hours=2)
        case "add":
            write_post(site, f"added-{step}", date="2026-02-01", tags=[f"t{step % 3}"])
        case "edit" if post:
            post.write_text(post.read_text("utf-8") + f"\nMore {step}.\n", "utf-8")
        case "rename" if post:
            post.rename(post.with_name(f"renamed-{step}.md"))
        case "retag" if post:
            post.write_text(post.read_text("utf-8").replace("---\n", f"---\ntags: [r{step}]\n", 1), "utf-8")
        case "delete" if post and len(posts) > 3:
            post.unlink()
        case "draft" if post:
            post.write_text(post.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), "utf-8")
        case "schedule":
            due = clock + timedelta(hours=2)
            write_post(site, f"scheduled-{step}", date=due.isoformat())
        case "wait":
            clock += timedelta(hours=3)
        case "limit":
            (site / "feeds.toml").write_text(TOML + f"[feeds]\nlimit = {1 + step % 3}\n", "utf-8")
        case "template":
            own = site / "templates/feeds"
            own.mkdir(parents=True, exist_ok=True)
            text = f'{{% extends "feeds/subscribe.html" %}}{{% block latest %}}{step}{{% endblock %}}\n'
            (own / "subscribe.html").write_text(text, "utf-8")
        case "flip":
            for record in (site / ".feeds/cache").iterdir():
                data = bytearray(record.read_bytes())
                for number in range(1 + len(data) // 2000):
                    data[(step * 31 + number * 1999) % len(data)] ^= 1
                record.write_bytes(bytes(data))
        case "lose":
            shutil.rmtree(site / ".feeds/cache", ignore_errors=True)
        case "author" if post:
            post.write_text(post.read_text("utf-8").replace("---\n", f"---\nauthor: A {step % 2}\n", 1), "utf-8")
        case "date" if post:
            text = re.sub(r"date: .*", f'date: "2026-01-{10 + step}"', post.read_text("utf-8"))
            post.write_text(text, "utf-8")
        case "picture":
            write_post(site, "pictured", date="2026-02-03", image=f"/p{step % 2}.png", body="![p](/p0.png) [x](one.md)")
            (site / f"p{step % 2}.png").write_bytes(b"GIF89a" + bytes([step + 1, 0, 9, 0]))
        case "language":
            (site / "feeds.toml").write_text(
                TOML.replace("[site]", f'[site]\nlanguage = "{"de" * (step % 2) or "en"}"'), "utf-8"
            )
    return clock


def reword(post, step):
    """Another end of a post, whose beginning and header stay as they are."""
    text = post.read_text("utf-8").partition("\nIn the end")[0]
    post.write_text(f"{text}\nIn the end {step}, [see](one.md). ![p](/p{step % 2}.png)\n", "utf-8")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.tuples(st.sampled_from(EDITS + WRITING), st.integers(0, 9)), min_size=2, max_size=6))
def test_after_any_edits_the_files_are_those_of_a_clean_build(tmp_path_factory, edits):
    root = tmp_path_factory.mktemp("edits")
    site, clock = make_site(root / "site"), START
    for day, name in enumerate(("one", "two", "three", "four"), start=1):
        write_post(site, name, date=f"2026-02-{day:02}", tags=["all"], summary=f"About {name}.")
    feeds(site, "build", now=clock.isoformat())
    for edit, step in edits:
        clock = change(site, edit, step, clock)
        clean = root / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(site, clean, ignore=shutil.ignore_patterns("public", "cache"))
        for folder in (site, clean):
            with in_processes(several=(step % 2 == 0) == (folder == clean)):
                assert feeds(folder, "build", "--yes", now=clock.isoformat()).status == 0
        assert read_all(site / "public") == read_all(clean / "public")


def test_the_answer_needs_no_library(site):
    feeds(site, "build")
    code = (
        "import sys; from feeds.cache.answers import Answer, recall; "
        f"assert isinstance(recall(['build', '--site', {str(site)!r}, '--now', {NOW!r}], {{}}), Answer); "
        "heavy = {'typer', 'pydantic', 'sqlalchemy', 'rich', 'jinja2'}; "
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}))"
    )
    environment = {"PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
