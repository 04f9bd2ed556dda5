"""An edit of words makes these posts' entries again and no more; files and lines are those of a build of everything."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from cli_sites import NOW, TOML, WEEKLY, feeds, ids, make_site, snapshot, write_post
from feeds.cache.answers import Answer, Edit, recall
from feeds.cli.retouch import retouch

LONG = "The first paragraph is a good deal longer than the second one. " * 8
BODY = f"{LONG}\n\nThe words of the second.\n"


@pytest.fixture
def site(tmp_path):
    root = make_site(tmp_path / "site")
    for day, name in enumerate(("one", "two", "three"), start=1):
        write_post(root, name, BODY, date=f"2026-02-{day:02}", tags=["all", name], author="Ada")
    write_post(root, "draft", BODY, date="2026-02-09", draft=True)
    feeds(root, "build")
    return root


def edit(site, name="three", *, old="words", new="letters"):
    path = site / f"posts/{name}.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def retouched(site, *options, now=NOW):
    """What the program prints by making again only what was edited, None if it makes everything."""
    arguments = ["build", "--site", str(site), "--now", now, *options]
    recalled = recall(arguments, {})
    return retouch(recalled, as_json="--json" in options) if isinstance(recalled, Edit) else None


def clean_build(site, tmp_path, *options):
    """The files and the lines of a build of everything, in a copy of the site that has written its feeds once."""
    copy = tmp_path / "clean" / "site"
    shutil.rmtree(copy.parent, ignore_errors=True)
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("cache"))
    built = feeds(copy, "build", *options)
    return read_all(copy), built.out.replace(str(copy), str(site)), built.err


def read_all(site):
    return {path: data for path, (data, _) in snapshot(site / "public").items()}


def read_rows(site):
    with sqlite3.connect(site / ".feeds/cache/posts.db") as database:
        return sorted(database.execute("SELECT kind, name, key, data FROM kept WHERE kind <> 'output'"))


def count_written(out):
    return int(re.search(r"(\d+) files? written", out)[1])


@pytest.mark.parametrize("options", [(), ("--json",), ("--strict",), ("--set", "feeds.content=summary")])
def test_an_edit_of_words_gives_the_files_and_the_lines_of_a_build_of_everything(site, tmp_path, options):
    write_post(site, "odd", BODY, date="2026-02-04", tags=["C", "C++"], updated="tomorrow maybe")
    feeds(site, "build", *options)
    edit(site)
    files, out, err = clean_build(site, tmp_path, *options)
    assert retouched(site, *options) == Answer(out=out, err=err, status=int("--strict" in options))
    assert read_all(site) == files
    assert err


def test_nothing_is_left_to_do_for_the_next_build_nor_for_one_of_everything(site):
    edit(site)
    assert count_written(retouched(site).out) == 12  # the site's, two tags' and the author's feeds in three formats
    assert isinstance(recall(["build", "--site", str(site), "--now", NOW], {}), Answer)
    rows = read_rows(site)
    (site / ".feeds/cache/build.json").unlink()
    assert count_written(feeds(site, "build").out) == 0
    assert read_rows(site) == rows


def test_one_edit_may_follow_another(site, tmp_path):
    for step in range(3):
        edit(site, "one", old="The words", new=f"The words {step}")
        edit(site, "two", old="The words", new=f"The words {step}")
        out = retouched(site).out
        assert count_written(out) == 15
    assert read_all(site) == clean_build(site, tmp_path)[0]


def test_an_edit_that_is_taken_back_leaves_the_feeds_as_they_were(site):
    before = read_all(site)
    edit(site, old="words", new="letters")
    assert retouched(site)
    edit(site, old="letters", new="words")
    assert retouched(site)
    assert read_all(site) == before


def test_a_draft_and_a_post_that_no_feed_shows_write_no_file(site, tmp_path):
    edit(site, "draft")
    assert count_written(retouched(site).out) == 0
    options = ("--set", "feeds.limit=1", "--set", "feeds.by=[]")
    feeds(site, "build", *options, "--yes")
    edit(site, "one")
    feeds(site, "build", *options, "--yes")
    edit(site, "one", old="letters", new="words")
    assert count_written(retouched(site, *options, "--yes").out) == 0
    assert read_all(site) == clean_build(site, tmp_path, *options, "--yes")[0]


@pytest.mark.parametrize(
    "change",
    [
        ('title: "Three"', 'title: "Four"'),
        ("2026-02-03", "2026-02-04"),
        ('["all", "three"]', '["all"]'),
        ('"Ada"', '"Bob"'),
        ("---\n", "---\ndraft: true\n"),
        ("---\n", "---\npermalink: /here/\n"),
        ("---\n", "---\nupdated: 2026-02-20\n"),
        ("---\n", "---\naliases: [/there/]\n"),
        ("---\n", "---\nmood: good\n"),
        ("---\n", "---\ndate: never\n"),
        ("The first", "The very first"),  # the page shows the beginning of the newest posts
    ],
)
def test_whatever_else_of_a_post_changes_is_for_a_build_of_everything(site, tmp_path, change):
    path = site / "posts/three.md"
    path.write_text(path.read_text("utf-8").replace(*change, 1), "utf-8")
    assert retouched(site) is None
    feeds(site, "build")
    assert read_all(site) == clean_build(site, tmp_path)[0]


@pytest.mark.parametrize("what", ["added", "removed", "settings", "output", "lost", "manifest", "renamed", "template"])
def test_an_edit_beside_any_other_change_is_for_a_build_of_everything(site, tmp_path, what):
    if what == "template":
        (site / "templates/feeds").mkdir(parents=True)
        feeds(site, "build")
    edit(site)
    match what:
        case "added":
            write_post(site, "four", BODY, date="2026-02-05")
        case "removed":
            (site / "posts/one.md").unlink()
        case "settings":
            (site / "feeds.toml").write_text(TOML.replace('"Blog"', '"Log"'), "utf-8")
        case "output":
            (site / "public/rss.xml").write_bytes(b"<rss/>")
        case "lost":
            (site / "public/atom.xml").unlink()
        case "manifest":
            (site / "public/.feeds-manifest.json").unlink()
        case "renamed":
            (site / "posts/one.md").rename(site / "posts/uno.md")
    assert retouched(site) is None
    feeds(site, "build")
    assert read_all(site) == clean_build(site, tmp_path)[0]


def test_a_post_that_another_shows_is_for_a_build_of_everything(tmp_path):
    site = make_site(tmp_path / "site", toml=TOML.replace("[posts]", '[posts]\nconvention = "mkdocs"'))
    write_post(site, "shown", BODY, date="2026-02-01")
    write_post(site, "showing", f'{LONG}\n\n--8<-- "posts/shown.md"\n', date="2026-02-02")
    feeds(site, "build")
    edit(site, "shown")
    assert retouched(site) is None
    feeds(site, "build")
    assert "letters" in read_all(site)["feed.json"].decode().partition("shown/")[0]
    # One that begins to show another is so from then on.
    write_post(site, "late", BODY, date="2026-02-03")
    write_post(site, "begins", BODY, date="2026-02-04")
    feeds(site, "build")
    edit(site, "begins", old="The words", new='--8<-- "posts/late.md"\n\nThe words')
    assert retouched(site) is None


def test_links_between_posts_lead_where_they_lead_in_any_build(site, tmp_path):
    edit(site, old="The words", new="[See](one.md) and [that](two.md). The words")
    assert retouched(site)
    assert read_all(site) == clean_build(site, tmp_path)[0]
    assert b"https://blog.example/two/" in read_all(site)["feed.json"]


def test_the_ledger_learns_the_words_so_that_a_renamed_post_keeps_its_id(site):
    edit(site)
    assert retouched(site)
    before = ids(site)
    (site / "posts/three.md").rename(site / "posts/drei.md")
    feeds(site, "build", "--yes")
    assert ids(site) == before


def test_a_ledger_that_somebody_has_changed_is_for_a_build_of_everything(site):
    edit(site)
    with sqlite3.connect(site / ".feeds/state.db") as database:
        database.execute("UPDATE feeds_posts SET held = 1")
    assert retouched(site) is None


def test_a_newsletter_s_copies_stay(site, tmp_path):
    (site / "feeds.toml").write_text(TOML + WEEKLY, "utf-8")
    feeds(site, "send", "weekly", "--first-run", "last=2")
    feeds(site, "build")
    edit(site)
    assert retouched(site)
    assert any("newsletters/" in path for path in read_all(site))
    assert read_all(site) == clean_build(site, tmp_path)[0]


@pytest.mark.parametrize("step", range(0, 100, 7))
def test_notes_that_were_damaged_are_not_believed(site, tmp_path, step):
    edit(site)
    file = site / ".feeds/cache/build.notes"
    data = bytearray(file.read_bytes())
    data[step * len(data) // 100] ^= 1
    file.write_bytes(data)
    assert retouched(site) is None
    feeds(site, "build")
    assert read_all(site) == clean_build(site, tmp_path)[0]


def test_a_record_of_an_earlier_state_is_never_built_upon(site, tmp_path):
    old = tmp_path / "old"
    shutil.copytree(site / ".feeds/cache", old)
    edit(site, "one")
    write_post(site, "four", BODY, date="2026-02-05", tags=["all"])
    feeds(site, "build")
    shutil.rmtree(site / ".feeds/cache")
    shutil.copytree(old, site / ".feeds/cache")
    edit(site)
    assert retouched(site) is None
    feeds(site, "build")
    assert read_all(site) == clean_build(site, tmp_path)[0]


def test_a_feed_that_grows_too_large_is_shortened_by_a_build_of_everything(site):
    options = ("--set", "feeds.max_bytes=10000")
    feeds(site, "build", *options)
    edit(site, new="words " * 2000)
    assert retouched(site, *options) is None
    assert "entries show their summary" in feeds(site, "build", *options).out
    edit(site, new="letters")
    assert retouched(site, *options) is None


def test_a_post_that_falls_due_meanwhile_is_for_a_build_of_everything(site):
    write_post(site, "later", BODY, date="2026-03-05T12:00:00+00:00")
    feeds(site, "build")
    edit(site)
    assert retouched(site, now="2026-03-05T12:00:00+00:00") is None
    assert retouched(site, now="2026-03-01T12:00:00+00:00") is None  # a clock that went back
    assert retouched(site, now="2026-03-05T11:59:59+00:00")


def test_a_build_in_the_same_folder_goes_first(site):
    import fcntl
    import os

    edit(site)
    folder = os.open(site / "public", os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    assert feeds(site, "build").status == 75
    os.close(folder)
    assert retouched(site) or feeds(site, "build").status == 0


def test_a_blog_in_a_folder_of_a_project_with_data_of_its_own(tmp_path):
    root = tmp_path / "site"
    blog = root / "docs"
    (blog / "_posts").mkdir(parents=True)
    (blog / "_data").mkdir()
    (blog / "_config.yml").write_text("title: Docs\nurl: https://docs.example\n", "utf-8")
    (blog / "_data/people.yml").write_text("ada: {name: Ada}\n", "utf-8")
    for day in (1, 2):
        text = f"---\ntitle: Post {day}\ntags: [A]\n---\n{LONG}\n\nBy {{{{ site.data.people.ada.name }}}}. The words.\n"
        (blog / f"_posts/2026-02-0{day}-p{day}.md").write_text(text, "utf-8")
    feeds(root, "build")
    path = blog / "_posts/2026-02-02-p2.md"
    path.write_text(path.read_text("utf-8").replace("The words", "The letters of {{ page.title }}"), "utf-8")
    assert retouched(root)
    assert "By Ada. The letters of Post 2" in read_all(root)["feed.json"].decode()
    assert read_all(root) == clean_build(root, tmp_path)[0]


def test_it_needs_no_library_that_checks_settings_or_reads_arguments(site):
    feeds(site, "build", "--set", "site.url=https://other.example", "--output", str(site / "other"))
    edit(site)
    code = (
        "import sys; sys.argv[0] = 'feeds'\n"
        "from feeds.cli import main\n"
        "try: main()\n"
        "except SystemExit as left: assert not left.code\n"
        "heavy = {'typer', 'pydantic', 'sqlalchemy', 'rich', 'jinja2'}\n"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}))"
    )
    environment = {"PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    options = ["--set", "site.url=https://other.example", "--output", str(site / "other")]
    command = [sys.executable, "-c", code, "build", "--site", str(site), "--now", NOW, *options]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
    assert count_written(ran.stdout) == 12
    assert json.loads((site / "other/feed.json").read_bytes())["items"]
