"""Whatever is wrong with the files: one clear line with file and line, and the rest goes on."""

import json
import os

import pytest

from cli_sites import POSTS, TOML, feeds, files, ids, make_site, write_post

GOOD = "https://blog.example/good/"


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path / "site", "good")


def spoil(site, text, name="bad.md"):
    path = site / "posts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\ntitle: [unclosed\ndate: 2026-02-02\n---\nx\n", "posts/bad.md:3: "),
        ("---\ntitle: a: b: c\ndate: 2026-02-02\n---\nx\n", "posts/bad.md:2: "),
        ("---\ntitle: Never closed\ndate: 2026-02-02\n\nx\n", "posts/bad.md:1: "),
        ("+++\ntitle = Unquoted\ndate = 2026-02-02\n+++\nx\n", "posts/bad.md:2: "),
        ('{\n"title": "X",,\n"date": "2026-02-02"\n}\n\nx\n', "posts/bad.md:2: "),
        (b"---\ntitle: Caf\xe9\ndate: 2026-02-02\n---\nx\n", "posts/bad.md:2: "),
        ("---\n- a\n- list\n---\nx\n", "posts/bad.md:"),
        ("---\ntitle: X\ndate: yesterday\n---\nx\n", "posts/bad.md:3: "),
        ("---\ntitle: X\ndate: 2026-02-30\n---\nx\n", "posts/bad.md:3: "),
        ("", "posts/bad.md: "),
    ],
    ids=["yaml", "yaml colon", "unclosed", "toml", "json", "latin-1", "list", "word as date", "no such day", "empty"],
)
def test_a_broken_post_is_one_error_with_its_place_and_the_others_are_built(site, text, place):
    spoil(site, text)
    built = feeds(site, "build")
    assert built.status == 0
    assert ids(site) == [GOOD]
    (problem,) = built.problems
    assert problem.startswith(f"error: {place}")
    assert "1 error" in built.out
    checked = feeds(site, "check")
    assert (checked.status, checked.problems) == (1, [problem])
    (bad,) = (post for post in feeds(site, "list", "--json").objects if post["source"] == "posts/bad.md")
    assert bad["status"] in {"invalid", "undated"}
    assert bad["reason"]


@pytest.mark.parametrize(("value", "shown"), [("2026", "2026"), ("1.10", "1.10"), ("no", "no"), ("[A, B]", None)])
def test_a_title_that_is_no_text_is_shown_as_it_was_written_or_named(site, value, shown):
    spoil(site, f"---\ntitle: {value}\ndate: 2026-02-02\n---\nx\n")
    built = feeds(site, "build")
    assert built.status == 0
    if shown:
        items = json.loads((site / "public/feed.json").read_text("utf-8"))["items"]
        assert items[0]["title"] == shown
    else:
        (problem,) = built.problems
        assert "posts/bad.md:2: title" in problem


def test_control_characters_are_taken_out_and_named(site):
    spoil(site, "---\ntitle: A\x0bB\ndate: 2026-02-02\n---\nx\n\ny\x1bz\n")
    built = feeds(site, "build")
    assert built.status == 0
    assert len(ids(site)) == 2
    assert any("posts/bad.md:" in line for line in built.err.splitlines())
    for path in (site / "public").rglob("*.*"):
        assert b"\x0b" not in path.read_bytes()
        assert b"\x1b" not in path.read_bytes()
    assert "\x1b" not in built.err


def test_of_two_posts_with_one_address_the_first_stands_in_the_feeds(site):
    write_post(site, "late", date="2026-02-09", slug="good")
    built = feeds(site, "build")
    assert ids(site) == [GOOD]
    (problem,) = built.problems
    assert problem.startswith(
        "error: posts/late.md: has the same address as posts/good.md (https://blog.example/good/)"
    )


def test_an_unknown_key_in_the_settings_names_the_nearest(tmp_path):
    site = make_site(tmp_path, "good", toml=TOML + 'titel = "Oops"\n')
    for command in ("build", "check", "list", "run", "status"):
        said = feeds(site, command)
        assert (said.status, said.out) == (2, "")
        assert said.err.startswith("feeds: feeds.toml:7: site.titel: ")
        assert "title" in said.err.partition("site.titel: ")[2]
        assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[site\n", "feeds.toml:1: is not TOML"),
        ('[site]\nurl = "ftp://x"\n', "site.url: is no address of a site"),
        ('[site]\ntimezone = "Mars/Base"\n', "site.timezone: is no time zone"),
        ("[feeds]\nlimit = 0\n", "feeds.toml:2: feeds.limit: "),
        ('[feeds]\nformats = ["rdf"]\n', "feeds.formats"),
        ('[posts]\nconvention = "wordpress"\n', "knows no generator 'wordpress'"),
        ('[newsletters.w]\nfrom = "x@example.org"\ntransport = "pigeon"\n', "names 'pigeon'"),
    ],
)
def test_settings_that_cannot_be_used_are_one_line(tmp_path, toml, words):
    said = feeds(make_site(tmp_path, "good", toml=toml), "build")
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith("feeds: ")
    assert words in said.err


def test_a_post_that_is_a_link_to_itself_is_named(site):
    (site / "posts/loop.md").symlink_to("loop.md")
    built = feeds(site, "build")
    assert (built.status, ids(site)) == (0, [GOOD])
    (problem,) = built.problems
    assert problem.startswith("error: posts/loop.md: ")


def test_a_folder_that_is_a_link_to_its_parent_ends(site):
    (site / "posts/again").symlink_to("..")
    built = feeds(site, "build")
    assert built.status == 0
    assert GOOD in ids(site)


def test_a_post_that_is_a_link_to_a_file_elsewhere_is_read_as_its_author_meant(site, tmp_path):
    vault = tmp_path / "vault.md"
    vault.write_text("---\ntitle: From the vault\ndate: 2026-02-02\n---\nx\n")
    (site / "posts/linked.md").symlink_to(vault)
    (site / "posts/nowhere.md").symlink_to("gone.md")
    assert feeds(site, "build").status == 0
    assert ids(site) == ["https://blog.example/linked/", GOOD]


def test_a_tag_that_looks_like_a_path_stays_inside_the_output(site):
    write_post(site, "bad", date="2026-02-02", tags=["../../etc", "..", "/", "a/../../b"], author="../../../root")
    built = feeds(site, "build")
    assert built.status == 0
    assert "tags/etc/rss.xml" in files(site / "public")
    assert {path.relative_to(site).parts[0] for path in site.rglob("*.xml")} == {"public"}
    assert not any(".." in path for path in files(site / "public"))


def test_huge_values_are_taken_in_their_stride(site):
    write_post(site, "bad", "word " * 200_000, date="2026-02-02", title="T" * 10_000, tags=["x" * 5_000] * 3)
    built = feeds(site, "build")
    assert built.status == 0
    assert len(ids(site)) == 2
    assert max(len(part) for path in files(site / "public") for part in path.split("/")) < 255


def test_deeply_nested_text_is_no_traceback(site):
    spoil(site, "---\ntitle: Deep\ndate: 2026-02-02\n---\n" + ">" * 3000 + " x\n" + "[" * 3000 + "<div>" * 3000 + "\n")
    spoil(site, "---\ntitle: " + "[" * 3000 + "\ndate: 2026-02-02\n---\nx\n", "deep.md")
    built = feeds(site, "build")
    assert built.status == 0
    assert GOOD in ids(site)


def test_a_post_that_is_a_folder_is_no_traceback(site):
    (site / "posts/folder.md").mkdir()
    assert feeds(site, "build").status == 0


def test_check_names_every_problem_and_leaves_with_1_if_there_are_errors(site):
    spoil(site, "---\ntitle: X\ndate: yesterday\n---\nx\n")
    spoil(site, "---\ntitle: [\n---\nx\n", "worse.md")
    checked = feeds(site, "check", "--json")
    assert checked.status == 1
    assert {problem["path"] for problem in checked.object["problems"]} == {"posts/bad.md", "posts/worse.md"}
    (site / "posts/bad.md").unlink()
    (site / "posts/worse.md").unlink()
    assert feeds(site, "check").status == 0


def test_the_settings_can_be_broken_and_nothing_is_a_traceback(tmp_path):
    site = make_site(tmp_path, "good", toml=POSTS)
    (site / "feeds.toml").write_bytes(b"\xff\xfe")
    said = feeds(site, "check")
    assert (said.status, said.err) == (2, "feeds: feeds.toml: is not UTF-8; save it as UTF-8\n")


def test_text_cannot_steer_the_terminal_and_is_not_misspelt(tmp_path):
    persian, family = "نرم\u200cافزار", "\U0001f468\u200d\U0001f4bb"
    site = make_site(tmp_path, ("one", {"title": f"{persian} {family} \u202ex\x9b2J"}))
    out = feeds(site, "list").out
    assert f"{persian} {family} \ufffdx" in out
    assert "\x9b" not in out


def test_a_file_whose_name_is_no_text_is_one_error_and_the_others_are_built(site):
    name = os.fsdecode(b"caf\xe9.md")
    spoil(site, "---\ntitle: X\ndate: 2026-02-02\n---\nx\n", name)
    for command in ("build", "check", "list"):
        said = feeds(site, command)
        assert "Traceback" not in said.err
        assert any("is not UTF-8" in line for line in (said.out + said.err).splitlines())
    assert ids(site) == [GOOD]
