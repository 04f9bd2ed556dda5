"""What is kept of a post or an entry is all of it."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st

from feeds.cache.records import (
    from_text,
    pack_entry,
    pack_moment,
    pack_post,
    pack_problems,
    to_text,
    unpack_entry,
    unpack_moment,
    unpack_post,
    unpack_problems,
)
from feeds.models import Enclosure, Entry, Image, Markup, Person, Post, Problem, Severity, Status

text = st.text(max_size=12)
moments = st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29)).flatmap(  # noqa: DTZ001
    lambda moment: st.sampled_from(
        [
            moment.replace(tzinfo=UTC, fold=0),
            moment.replace(tzinfo=timezone(timedelta(minutes=-210)), fold=0),
            moment.replace(tzinfo=ZoneInfo("Europe/Berlin")),
            moment.replace(tzinfo=ZoneInfo("Europe/Berlin"), fold=1),
        ]
    )
)
people = st.builds(Person, name=text, email=st.none() | text, url=st.none() | text)
images = st.builds(Image, url=text, alt=text, type=st.none() | text, width=st.none() | st.integers(0, 9999))
enclosures = st.builds(Enclosure, url=text, type=text, length=st.integers(0))
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | text
values = st.recursive(
    scalars | moments | st.dates() | st.times(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(text | st.integers() | st.just("\0"), inner, max_size=3)
    ),
    max_leaves=6,
)
names = st.lists(text, max_size=3).map(tuple)
shared = {
    "authors": st.lists(people, max_size=2).map(tuple),
    "tags": names,
    "categories": names,
    "language": st.none() | text,
    "image": st.none() | images,
    "enclosure": st.none() | enclosures,
    "extra": st.dictionaries(text, values, max_size=3),
}
posts = st.builds(
    Post,
    source=text,
    status=st.sampled_from(Status),
    reason=text,
    title=text,
    body=text,
    body_line=st.integers(1, 99),
    markup=st.sampled_from(Markup),
    published=st.none() | moments,
    updated=st.none() | moments,
    expires=st.none() | moments,
    url=st.none() | text,
    base=st.none() | text,
    guid=st.none() | text,
    aliases=names,
    summary=st.none() | text,
    in_feeds=st.booleans(),
    **shared,
)
entries = st.builds(
    Entry,
    id=text,
    source=text,
    url=text,
    title=text,
    published=moments,
    updated=moments,
    summary=text,
    content=text,
    words=st.integers(0),
    **shared,
)


@given(posts)
def test_a_post_comes_back_as_it_was_but_for_its_body(post):
    assert unpack_post(from_text(to_text(pack_post(post)))) == replace(post, body="")


@given(entries)
def test_an_entry_comes_back_as_it_was(entry):
    assert unpack_entry(from_text(to_text(pack_entry(entry))), content=entry.content) == entry


@given(moments)
def test_a_moment_keeps_its_zone(moment):
    back = unpack_moment(from_text(to_text(pack_moment(moment))))
    assert (back.isoformat(), str(back.tzinfo), back.fold) == (moment.isoformat(), str(moment.tzinfo), moment.fold)


def test_problems_and_odd_values_come_back():
    found = (Problem(message="m", path="p", line=3, severity=Severity.NOTE), Problem(message="n"))
    assert unpack_problems(from_text(to_text(pack_problems(found)))) == found
    extra = {"a": {1: date(2024, 5, 1), "t": time(1, 2)}, "b": ("x", [None]), "\ud800": float("inf")}
    post = Post(source="a.md", status=Status.DRAFT, extra=extra)
    assert unpack_post(from_text(to_text(pack_post(post)))).extra == extra


def test_no_field_is_forgotten():
    assert len(pack_post(Post(source="a.md", status=Status.DRAFT))) == len(fields(Post)) - 1  # the body
    moment = datetime(2024, 5, 1, tzinfo=UTC)
    entry = Entry(id="i", source="s", url="u", title="t", published=moment, updated=moment, summary="", content="")
    assert len(pack_entry(entry)) == len(fields(Entry)) - 1  # the content
