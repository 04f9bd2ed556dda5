import dataclasses
from datetime import datetime, timedelta, timezone

import pytest

from feeds.identity.rules import find_rule
from making import make_post


def posts(address="/notes/{}.html"):
    return [
        dataclasses.replace(
            make_post(name),
            url="https://blog.example" + address.format(name),
            published=datetime(2026, 1, day, 23, 30, tzinfo=timezone(-timedelta(hours=5))),
        )
        for day, name in enumerate(("one", "two", "three"), start=1)
    ]


@pytest.mark.parametrize(
    ("address", "ids", "third"),
    [
        ("/notes/{}.html", "https://blog.example/notes/{}", "https://blog.example/notes/three"),
        ("/{}/", "https://blog.example/{}", "https://blog.example/three"),
        ("/{}/", "http://old.example/{}/", "http://old.example/three/"),
        ("/{}.html", "tag:blog.example,2026-01-{day:02}:/{}.html", "tag:blog.example,2026-01-03:/three.html"),
        ("/{}/index.html", "tag:blog.example,2005:/{}/", "tag:blog.example,2005:/three/"),
    ],
)
def test_the_ids_of_other_programs_follow_from_the_addresses(address, ids, third):
    *known, last = posts(address)
    rule = find_rule([(post, ids.format(post.title.lower(), day=post.published.day)) for post in known])
    assert rule.make_id(last) == third


@pytest.mark.parametrize("ids", [["17", "42"], ["urn:uuid:1", "https://blog.example/notes/two"], ["x/notes/one.html"]])
def test_ids_that_follow_from_nothing_or_are_too_few_make_no_rule(ids):
    assert find_rule(list(zip(posts(), ids, strict=False))) is None
