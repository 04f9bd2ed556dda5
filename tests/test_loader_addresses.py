"""Addresses: filled patterns, absolute URIs, one form for comparing."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given, strategies as st

from feeds.errors import PostError
from feeds.loader.addresses import encode, fill_pattern, fold_address, join_path, make_absolute


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("/a/b/", "https://example.org/blog/a/b/"),
        ("a", "https://example.org/blog/a"),
        ("https://other.example/x", "https://other.example/x"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("/größe/", "https://example.org/blog/gr%C3%B6%C3%9Fe/"),
        ("/a b?c=d e#f", "https://example.org/blog/a%20b?c=d%20e#f"),
        ("/100%/%41", "https://example.org/blog/100%25/%41"),
    ],
)
def test_an_address_becomes_an_absolute_uri(address, url):
    assert make_absolute(address, site="https://example.org/blog/") == url


def test_without_a_site_an_address_is_a_path_below_the_sites_folder():
    assert make_absolute("/a/", site=None) == "/a/"
    assert make_absolute("/a/", site=None, prefix="/blog") == "/blog/a/"


@pytest.mark.parametrize(
    ("path", "joined"),
    [("a/b", "/a/b"), ("//a///b/", "/a/b/"), ("/../../etc", "/etc"), ("", "/"), ("./a/.", "/a")],
)
def test_a_path_cannot_leave_the_site(path, joined):
    assert join_path(path) == joined


def test_a_pattern_takes_both_kinds_of_names_and_says_which_there_are():
    makers = {"year": str, "slug": lambda _: "s", "day_x": lambda _: "d"}
    assert fill_pattern("/:year_{slug}/:day_x", makers, 2024) == "/2024_s/d"
    with pytest.raises(PostError, match=r"a `:nope`, which means nothing; there are :day_x, :slug, :year"):
        fill_pattern("/:nope/", makers, 2024)


@pytest.mark.parametrize(
    "other",
    [
        "https://EXAMPLE.org/caf%C3%A9/",
        "https://example.org/café",
        "https://example.org/cafe\u0301/index.html",
        "http://example.org/café.html",
    ],
)
def test_spellings_of_one_page_are_equal(other):
    assert fold_address(other) == fold_address("https://example.org/café/")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_encoding_twice_changes_nothing_more(path):
    once = encode("https://example.org/" + path)
    assert encode(once) == once
    assert once.isascii()
    assert urlsplit(once).netloc == "example.org"
