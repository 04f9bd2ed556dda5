"""Addresses that every mail program takes."""

import pytest
from hypothesis import given, strategies as st

from feeds.digest.addresses import make_slots, make_uri


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/ä?ö=ü#ß", "https://example.org/%C3%A4?%C3%B6=%C3%BC#%C3%9F"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://example.org/%C3%A4", "https://example.org/%C3%A4"),
        ("https://example.org/{{ X }}/*|Y|*/[Z]", "https://example.org/%7B%7B%20X%20%7D%7D/*%7CY%7C*/%5BZ%5D"),
        ("mailto:a@example.org?subject=Hi there", "mailto:a@example.org?subject=Hi%20there"),
    ],
)
def test_an_address_is_written_in_ascii(url, uri):
    assert make_uri(url) == uri


@given(st.text())
def test_no_text_breaks_it(url):
    assert make_uri(url).isascii() or "[" in url


def test_slots_are_addresses_that_cannot_exist_and_differ_by_issue():
    slots = make_slots("a" * 64)
    assert slots["unsubscribe"] == "https://slot-aaaaaaaaaaaaaaaa.invalid/unsubscribe"
    assert not set(slots.values()) & set(make_slots("b" * 64).values())
