"""Hosts that are asked by https: alone."""

import re

import pytest

from cli_sites import feeds
from feeds.config.secure import prefer_https


@pytest.mark.parametrize(
    "host", ["github.com", "gist.GitHub.com", "me.github.io", "twitter.com", "blog.google", "shop.example.app"]
)
def test_a_host_that_certainly_speaks_https_is_asked_so(host):
    assert prefer_https(f"http://{host}/a?b=http://c#d") == f"https://{host}/a?b=http://c#d"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "http://notgithub.com/",
        # The certificate of these holds for one name below the host, and that list for the name alone.
        "http://www.me.github.io/",
        "http://old.twitter.com/",
        # Another port is another server.
        "http://github.com:8080/",
        "http://me@github.io.example/",
        "http://[x/a",
        "https://github.com/",
        "mailto:a@github.com",
        "/app",
    ],
)
def test_any_other_address_stays(url):
    assert prefer_https(url) == url


@pytest.mark.parametrize(("domain", "scheme"), [("blog.example", "https"), ("other.example", "http")])
def test_a_mail_links_to_a_site_on_github_pages_by_https(tmp_path, domain, scheme):
    (tmp_path / "_config.yml").write_text("url: http://blog.example\n")
    (tmp_path / "CNAME").write_text(f"{domain}\n")
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2026-02-01-one.md").write_text("[Old](http://blog.example/old) words.\n")
    weekly = ("--set", "newsletters.weekly.from=Blog <news@blog.example>")
    assert feeds(tmp_path, "digest", *weekly).status == 0
    found = set(re.findall(r"https?://blog\.example", (tmp_path / "preview/weekly/issue.html").read_text("utf-8")))
    assert found == {f"{scheme}://blog.example"}
    found = set(re.findall(r"https?://blog\.example", (tmp_path / "preview/weekly/issue.txt").read_text("utf-8")))
    assert found == {f"{scheme}://blog.example"}
    assert ("every link of the mail" in feeds(tmp_path, "check", "--newsletter", "weekly", *weekly).err) == (
        scheme == "http"
    )
    assert feeds(tmp_path, "build").status == 0
    assert "http://blog.example/" in (tmp_path / "public/rss.xml").read_text("utf-8")
