"""What a site's files say, and where it was found."""

from __future__ import annotations

import pytest

from blogs import write
from feeds.loader.clues import Clues, clean_url


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ("https://example.org/blog", "https://example.org/blog"),
        ("//example.org", "https://example.org"),
        ("http://localhost:4000", None),
        ("http://127.0.0.1", None),
        ("/blog", None),
        ("", None),
        ("https://{{ site }}", None),
        ("https://$DEPLOY_URL", None),
        ("example", None),
    ],
)
def test_only_an_address_that_readers_can_open_counts(said, url):
    assert clean_url(said) == url


def test_the_first_file_that_says_something_wins_and_is_named():
    clues = Clues("jekyll", evidence="_config.yml")
    clues.note("title", "", "a")
    clues.note("title", ["x"], "b")
    clues.note("title", "R&amp;D", "c")
    clues.note("title", "Other", "d")
    clues.note("language", "nonsense", "e")
    found = clues.conclude(posts=("posts",), found_by="f")
    assert dict(found.site) == {"title": "R&D"}
    assert found.origins == {"posts.convention": "_config.yml", "site.title": "c", "posts.path": "f"}


def test_a_cname_is_an_address(tmp_path):
    write(tmp_path, {"static/CNAME": "blog.example.org\n"})
    clues = Clues("hugo", evidence="hugo.toml")
    clues.note_domain(tmp_path, "static")
    assert clues.site == {"url": "https://blog.example.org/"}
    assert clues.origins["site.url"] == "static/CNAME"


def test_the_sites_author_may_be_a_name_or_a_table():
    clues = Clues("jekyll", evidence="x")
    clues.note_author({"name": "Ada", "email": "ada@example.org", "url": "nowhere"}, "_config.yml")
    assert clues.site["author"] == "Ada"
    assert (clues.authors["Ada"].email, clues.authors["Ada"].url) == ("ada@example.org", None)
