"""Authors: several forms of each, and the prose that real blogs write about theirs."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from feeds.loader.people import Directory, parse_people, read_people
from feeds.models import Person

DIRECTORY = Directory(
    {
        "henry": Person(name="Henry Zhu", url="https://henry.example"),
        "nicolò": Person(name="Nicolò Ribaudo"),
        "ada": Person(name="Ada Lovelace", email="ada@example.org"),
    }
)


def names(value):
    return [person.name for person in parse_people(value, directory={})]


@pytest.mark.parametrize("written", ["henry", "Henry", "Henry Zhu", "henry zhu", "henry-zhu", "henry_zhu", " henry "])
def test_a_person_is_known_by_key_name_and_slug_in_any_case(written):
    assert parse_people(written, directory=DIRECTORY) == (DIRECTORY["henry"],)


@pytest.mark.parametrize(
    "written",
    [
        "henry, nicolò",
        ["henry", "nicolò"],
        "henry; nicolò",
        "henry and nicolò",
        [{"key": "henry"}, "Nicolò Ribaudo"],
    ],
)
def test_keys_resolve_in_lists_of_any_shape(written):
    assert parse_people(written, directory=DIRECTORY) == (DIRECTORY["henry"], DIRECTORY["nicolò"])


def test_a_table_with_a_key_overrides_what_the_directory_says():
    [person] = parse_people({"key": "ada", "url": "https://ada.example", "title": "Countess"}, directory=DIRECTORY)
    assert person == Person(name="Ada Lovelace", email="ada@example.org", url="https://ada.example")


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Ada <ada@example.org>", Person(name="Ada", email="ada@example.org")),
        (
            '"Ada" <ada@example.org> (https://a.example)',
            Person(name="Ada", email="ada@example.org", url="https://a.example"),
        ),
        ("ada@example.org (Ada)", Person(name="Ada", email="ada@example.org")),
        ("ada@example.org", Person(name="ada", email="ada@example.org")),
        ("Ada (https://a.example)", Person(name="Ada", url="https://a.example")),
        ("[Ada](https://a.example)", Person(name="Ada", url="https://a.example")),
        ("[Ada](mailto:ada@example.org)", Person(name="Ada", email="ada@example.org")),
        ("Ada ([@ada](https://a.example))", Person(name="Ada", url="https://a.example")),
        ("Sch&uuml;ring", Person(name="Schüring")),
        (
            {"name": "Ada", "title": "CEO", "mail": "ada@example.org"},
            Person(name="Ada", email="ada@example.org"),
        ),
        ({"Name": "Ada", "GitHub": "ada"}, Person(name="Ada", url="https://github.com/ada")),
        ({"name": "Ada", "socials": {"x": "@ada"}}, Person(name="Ada", url="https://x.com/ada")),
        (
            {"name": "Ada", "link": "https://a.example", "twitter": "ada"},
            Person(name="Ada", url="https://a.example"),
        ),
    ],
)
def test_name_address_and_link_are_told_apart(written, person):
    assert parse_people(written, directory={}) == (person,)


@pytest.mark.parametrize(
    ("prose", "people"),
    [
        ("[Ada](https://a.example), Grace", ["Ada", "Grace"]),
        ("Ada & Grace", ["Ada", "Grace"]),
        ("Ada Lovelace, Grace Hopper and Jean Bartik", ["Ada Lovelace", "Grace Hopper", "Jean Bartik"]),
        ("Ada Lovelace, Grace Hopper, and Jean Bartik", ["Ada Lovelace", "Grace Hopper", "Jean Bartik"]),
        ("Lovelace, Ada; Hopper, Grace", ["Lovelace, Ada", "Hopper, Grace"]),
        ("alice, bob", ["alice", "bob"]),
        ("Sammy Davis, Jr.", ["Sammy Davis, Jr."]),
        ("Sammy Davis, Jr., Frank Sinatra", ["Sammy Davis, Jr.", "Frank Sinatra"]),
        ("Ludwig van Beethoven, van Gogh", ["Ludwig van Beethoven", "van Gogh"]),
        ("the Blink and V8 teams", ["the Blink and V8 teams"]),
        ("Research and Development Group", ["Research and Development Group"]),
        ("Jane Doe and the Governance WG", ["Jane Doe", "the Governance WG"]),
        ("Jane Doe on behalf of the Compiler Team", ["Jane Doe"]),
        ("Jane Doe — not the brightest, but the fastest", ["Jane Doe"]),
        ("[Jane Doe](https://j.example), keeper of hash codes", ["Jane Doe"]),
        ("Jane Doe, Software Engineer and Mechanic", ["Jane Doe"]),
        (
            "Jane Doe ([@jd](https://j.example)), Main Thread Liberator, and John Roe ([@jr](https://r.example)), pal",
            ["Jane Doe", "John Roe"],
        ),
        ("王小明、李华", ["王小明", "李华"]),
        ("أحمد، محمد", ["أحمد", "محمد"]),
        ('Mazdak "Centril" Farrokhzad', ['Mazdak "Centril" Farrokhzad']),
        (["Ada, Grace", "Ada"], ["Ada", "Grace"]),
        ("", []),
        (None, []),
        (True, []),
    ],
)
def test_prose_about_authors_becomes_their_names(prose, people):
    assert names(prose) == people


def test_a_directory_is_read_from_a_table_or_a_list():
    table = {"ts": {"name": "Thomas Sch&uuml;ring", "github": "thomsch98"}, "x": None, "broken": 3}
    assert read_people(table) == {
        "ts": Person(name="Thomas Schüring", url="https://github.com/thomsch98"),
        "x": Person(name="x"),
    }
    listed = [{"id": "kyle", "name": "Kyle"}, {"name": "Ada"}, {"bio": "nobody"}, "noise"]
    assert read_people(listed) == {"kyle": Person(name="Kyle"), "Ada": Person(name="Ada")}
    assert read_people({"authors": {"a": {"name": "A"}}}) == {"a": Person(name="A")}
    assert read_people("noise") == {}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_front_matter_gives_persons_with_names(value):
    assert all(person.name.strip() for person in parse_people(value, directory=DIRECTORY))
    assert all(person.name.strip() for person in read_people(value).values())
