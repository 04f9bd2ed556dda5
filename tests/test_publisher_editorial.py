"""What an editor adds to an issue, used once."""

import json

import pytest

from cli_sites import TOML, WEEKLY, feeds, make_site, write_post


@pytest.fixture
def site(tmp_path):
    site = make_site(tmp_path / "site", "one", "two", "three", toml=TOML + WEEKLY)
    assert feeds(site, "send", "weekly", "--first-run", "seed").status == 0
    write_post(site, "four", date="2026-03-01")
    (site / "newsletters/weekly").mkdir(parents=True)
    return site


def introduce(site, text="Hello *readers*, see [the first](/one/).<script>x</script>"):
    (site / "newsletters/weekly/next.md").write_text(text, "utf-8")


def archived(site):
    return sorted(path.name for path in (site / "newsletters/weekly").iterdir())


def html(site, number):
    return (site / f"outbox/weekly/{number}/issue.html").read_text("utf-8")


def test_an_introduction_is_mailed_once_and_kept_under_its_issues_number(site):
    introduce(site)
    assert feeds(site, "run").status == 0
    assert "Hello <em" in html(site, 1)
    assert 'href="https://blog.example/one/"' in html(site, 1)
    assert "<script" not in html(site, 1)
    assert "Hello" in (site / "outbox/weekly/1/issue.txt").read_text("utf-8")
    assert archived(site) == ["1.md"]
    write_post(site, "five", date="2026-03-02")
    feeds(site, "run")
    assert "Hello" not in html(site, 2)


def test_a_look_at_the_digest_does_not_use_the_introduction_up(site):
    introduce(site)
    assert feeds(site, "digest").status == 0
    assert "Hello <em" in (site / "preview/weekly/issue.html").read_text("utf-8")
    assert archived(site) == ["next.md"]


def test_an_introduction_waits_while_nothing_is_new(site):
    feeds(site, "run")
    introduce(site)
    feeds(site, "run")
    assert archived(site) == ["next.md"]


def test_a_run_that_fails_while_composing_leaves_the_introduction_to_its_issue(site):
    introduce(site)
    (site / "templates/feeds").mkdir(parents=True)
    (site / "templates/feeds/digest.html").write_text("{% if %}")
    assert feeds(site, "run").status == 1
    assert archived(site) == ["1.md"]
    (site / "templates/feeds/digest.html").unlink()
    introduce(site, "For the issue after.")
    assert feeds(site, "run").status == 0
    assert "Hello <em" in html(site, 1)
    assert archived(site) == ["1.md", "next.md"]


def test_an_issue_that_reached_nobody_passes_its_introduction_on(site):
    (site / "feeds.toml").write_text(TOML + WEEKLY + "hold = true\n")
    introduce(site)
    feeds(site, "run")
    assert feeds(site, "resolve", "weekly/1", "--cancel").status == 0
    assert feeds(site, "send", "weekly").status == 0
    assert "Hello <em" in html(site, 2)
    assert archived(site) == ["2.md"]


def test_an_introduction_that_is_not_text_is_named_and_nothing_is_mailed(site):
    (site / "newsletters/weekly/next.md").write_bytes(b"caf\xe9")
    ran = feeds(site, "run")
    assert ran.status == 1
    assert "is not UTF-8" in ran.err
    assert not (site / "outbox").exists()
    (site / "newsletters/weekly/1.md").write_text("Mended.")
    assert feeds(site, "run").status == 0
    assert "Mended." in html(site, 1)


@pytest.mark.parametrize(("correction", "words"), [("It was 1912.", "It was 1912."), (True, "corrected")])
def test_a_correction_of_a_mailed_post_is_told_once(site, correction, words):
    feeds(site, "run")
    write_post(site, "four", date="2026-03-01", correction=correction)
    write_post(site, "one", date="2026-02-01", correction="Never mailed, so nobody needs to know.")
    feeds(site, "run")
    assert not (site / "outbox/weekly/2").exists(), "a correction alone is no issue"
    write_post(site, "five", date="2026-03-02")
    feeds(site, "run")
    assert words in html(site, 2)
    assert "Never mailed" not in html(site, 2)
    assert json.loads((site / "outbox/weekly/2/manifest.json").read_text())["post_ids"] == [
        "https://blog.example/five/"
    ]
    write_post(site, "six", date="2026-03-02")
    feeds(site, "run")
    assert "/four/" not in html(site, 3)
