"""Links of an issue that say http: and mean a host which the blog itself asks by https:."""

import re

import pytest

from cli_sites import TOML, WEEKLY, feeds, make_site, write_post

OLD = "Once [there](http://Old.example/a?b=1), <http://old.example/bare> and in `http://old.example/code`."


@pytest.fixture
def site(tmp_path):
    site = make_site(tmp_path / "site", toml=TOML + WEEKLY)
    write_post(site, "old", date="2026-03-01", description="Links of old.", body=OLD)
    return site


def compose(site):
    assert feeds(site, "digest", "--set", "newsletters.weekly.max_posts=1").status == 0
    return [(site / f"preview/weekly/issue.{kind}").read_text("utf-8") for kind in ("html", "txt")]


def test_a_host_that_another_post_asks_by_https_is_asked_so_in_a_mail(site):
    write_post(site, "new", date="2026-02-01", body="Lately: https://old.example.")
    html, text = compose(site)
    assert set(re.findall(r'href="(https?://[Oo]ld[^"]*)', html)) == {
        "https://Old.example/a?b=1",
        "https://old.example/bare",
    }
    assert ">https://old.example/bare<" in html
    assert "https://old.example/bare" in text
    # What is shown as code is what somebody is to type.
    for shown in (text, re.sub(r"<[^>]*>", " ", html)):
        assert set(re.findall(r"http://[\w./]*\w", shown)) == {"http://old.example/code"}
    assert feeds(site, "build").status == 0
    assert "http://Old.example/a" in (site / "public/rss.xml").read_text("utf-8")


@pytest.mark.parametrize(
    "said",
    [
        "http://old.example/ as ever",
        "https://old.example.org/ is another",
        "https://old.example-shop.org/",
        "https://old.example:8443/",
        "https://www.old.example/",
    ],
)
def test_an_address_of_another_host_says_nothing_of_this_one(site, said):
    write_post(site, "new", date="2026-02-01", body=said)
    html, _ = compose(site)
    assert 'href="http://Old.example/a?b=1"' in html


def test_a_draft_says_nothing_that_a_reader_could_see(site):
    write_post(site, "new", date="2026-02-01", body="https://old.example/", draft="true")
    html, _ = compose(site)
    assert 'href="http://Old.example/a?b=1"' in html
