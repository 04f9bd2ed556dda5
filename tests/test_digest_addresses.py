"""Addresses that every mail program takes."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, strategies as st

from feeds.digest.addresses import follow_scheme, make_link, make_slots, make_uri, show_letters


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


@pytest.mark.parametrize(
    ("query", "uri"),
    [
        ("code=aGk%3D%3D", "code=aGk=="),
        ("u=https%3A%2F%2Fexample.org%2Fa%20b&x=1%2C%202", "u=https://example.org/a%20b&x=1,%202"),
        # What a form would read otherwise, and what no tool takes for its own, stays as it is.
        ("q=a%26%26b%2B%2Bc%3B%3B", "q=a%26%26b%2B%2Bc%3B%3B"),
        ("q=a%3Db&r=c%3D", "q=a%3Db&r=c%3D"),
        ("%3D%3D", "%3D%3D"),
    ],
)
def test_no_value_of_a_query_looks_like_a_tag_where_another_spelling_reads_the_same(query, uri):
    made = make_uri(f"https://example.org/?{query}")
    assert made == f"https://example.org/?{uri}"
    assert parse_qsl(urlsplit(made).query) == parse_qsl(query)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("wiki/Lisp_%28programming_language%29", "wiki/Lisp_(programming_language)"),
        ("a%3Ab%2Cc/%40me", "a:b,c/@me"),
        # What no tool takes for its own stays as it is, as does what would be another path.
        ("wiki/Lisp_%28x", "wiki/Lisp_%28x"),
        ("a%2Fb%3Fc", "a%2Fb%3Fc"),
    ],
)
def test_no_path_looks_like_a_tag_where_another_spelling_reads_the_same(path, uri):
    assert make_uri(f"https://example.org/{path}") == f"https://example.org/{uri}"


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("http://Example.org/a?b#c", "https://Example.org/a?b#c"),
        ("http://www.example.org/a", "http://www.example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("http://[x/a", "http://[x/a"),
    ],
)
def test_a_link_to_the_site_itself_has_its_scheme(url, followed):
    assert follow_scheme(url, "https://example.org/post/") == followed
    assert follow_scheme(url, "http://example.org/post/") == url


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("%D8%AB%D9%82%D8%A7%D9%81%D8%A9-%D9%83%D9%8A%D9%81/", "ثقافة-كيف/"),
        ("日本語/#%E7%9B%AE%E6%AC%A1", "日本語/#目次"),
        ("a%e2%80%93b", "a–b"),
        ("%E7%A0%B4%EF%BC%9ADDOS/", "破：DDOS/"),
        ("%E3%80%8C%E6%9C%AC%E3%80%8D/%F0%9F%8E%89/", "「本」/🎉/"),
        ("?utf8=%E2%9C%93&q=%D0%BF%D1%80%26", "?utf8=✓&q=пр%26"),
        ("%E4%BD%A0%E5%A5%BD%EF%BC%9F", "你好？"),
        # What changes the direction, what stands for something lost, and bytes that are no UTF-8.
        ("%EF%BF%BD/", "%EF%BF%BD/"),
        ("%E2%80%AE%20%2F", "%E2%80%AE%20%2F"),
        ("%93%FA%96%7B", "%93%FA%96%7B"),
    ],
)
def test_a_link_shows_the_letters_and_signs_of_its_address(path, shown):
    assert make_link(f"https://example.org/{path}") == f"https://example.org/{shown}"


@given(st.text())
def test_a_link_is_the_same_address(url):
    with_capitals = re.sub("%[0-9A-Fa-f]{2}", lambda escape: escape[0].upper(), make_uri(url))
    assert re.sub("%[0-9A-Fa-f]{2}", lambda escape: escape[0].upper(), make_uri(make_link(url))) == with_capitals


def test_letters_are_shown_in_addresses_and_never_in_words():
    escaped = "https://example.org/%D1%8F.png"
    page = f'<a class="x" href="{escaped}"><img width="9" src="{escaped}" alt="{escaped}"> {escaped}</a>'
    shown = page.replace(f'href="{escaped}"', 'href="https://example.org/я.png"')
    assert show_letters(page) == shown.replace(f'src="{escaped}"', 'src="https://example.org/я.png"')


@given(st.text())
def test_no_text_breaks_it(url):
    assert make_uri(url).isascii() or "[" in url


def test_slots_are_addresses_that_cannot_exist_and_differ_by_issue():
    slots = make_slots("a" * 64)
    assert slots["unsubscribe"] == "https://slot-aaaaaaaaaaaaaaaa.invalid/unsubscribe"
    assert not set(slots.values()) & set(make_slots("b" * 64).values())
