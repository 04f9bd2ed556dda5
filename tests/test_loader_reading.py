"""One file into one post."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from feeds.loader import fields, keys
from feeds.loader.convention import Facts, SourceFile
from feeds.loader.conventions.jekyll import Jekyll
from feeds.loader.conventions.plain import Plain
from feeds.loader.reading import read_post
from feeds.models import Image, Markup, Person, Severity, Status


def read(text, *, source="2024-01-02-x.md", convention=None, **facts):
    content = text if isinstance(text, bytes) else text.encode()
    known = {"convention": "plain", "url": "https://example.org/"} | facts
    return read_post(content, SourceFile(root=Path(), source=source), Facts(**known), convention or Plain())


def post_of(text, **more):
    return read(text, **more).post


def test_a_post_is_read_whole():
    post = post_of(
        """---
Title: "R&amp;D *again*"
Date: 2024-05-06 07:08:09 +0200
lastmod: 2024-06-01
expiryDate: 2030-01-01
tags: a, b
categories: [News]
author: Ada <ada@example.org>
lang: pt_br
description: " In short "
subtitle: Longer
cover: /a.png
audio: /a.mp3
aliases: [/old/, https://old.example/x]
weight: 3
custom: {a: [1]}
---
Body
"""
    )
    assert post.title == "R&D again"
    assert post.published is not None
    assert post.published.isoformat() == "2024-05-06T07:08:09+02:00"
    assert post.updated == datetime(2024, 6, 1, tzinfo=UTC)
    assert post.expires == datetime(2030, 1, 1, tzinfo=UTC)
    assert (post.tags, post.categories) == (("a", "b"), ("News",))
    assert post.authors == (Person(name="Ada", email="ada@example.org"),)
    assert (post.language, post.summary) == ("pt-BR", "In short")
    assert post.image == Image(url="/a.png")
    assert post.enclosure is not None
    assert post.enclosure.type == "audio/mpeg"
    assert post.aliases == ("https://example.org/old/", "https://old.example/x")
    assert (post.body, post.body_line) == ("Body\n", 18)
    assert post.extra == {"subtitle": "Longer", "weight": 3, "custom": {"a": [1]}}
    assert (post.status, post.in_feeds, post.url) == (
        Status.PUBLISHED,
        True,
        "https://example.org/2024-01-02-x",
    )


@pytest.mark.parametrize("value", ["{1: 2}", "{true: 2024-05-06}", "{~: 1}"])
def test_a_table_of_dates_with_odd_keys_has_no_date(value):
    assert post_of(f"---\ndate: {value}\nlastmod: {value}\n---\nx\n").published == datetime(2024, 1, 2, tzinfo=UTC)


def test_the_header_wins_over_the_files_name():
    assert post_of("---\ndate: 2025-01-01\n---\n").published == datetime(2025, 1, 1, tzinfo=UTC)
    assert post_of("no header").published == datetime(2024, 1, 2, tzinfo=UTC)


def test_a_date_without_a_zone_is_in_the_sites_zone_at_its_default_time():
    post = post_of("---\ndate: 2024-07-01\n---\n", zone="Europe/Berlin", default_time="09:30")
    assert post.published is not None
    assert post.published.isoformat() == "2024-07-01T09:30:00+02:00"


@pytest.mark.parametrize(
    ("text", "status", "line", "words"),
    [
        (b"", Status.INVALID, None, "empty"),
        (b"---\ntitle: \xe4\n---\n", Status.INVALID, 2, "UTF-8"),
        ("---\ntitle: [\n---\n", Status.INVALID, 3, "YAML"),
        ("---\ntitle: A\ndate: soon\n---\n", Status.INVALID, 3, "date: 'soon' is no date"),
        ("---\nexpires: never\ndate: 2024-01-01\n---\n", Status.INVALID, 2, "expires: 'never' is no date"),
    ],
)
def test_what_cannot_be_a_post_is_invalid_with_line_and_reason(text, status, line, words):
    reading = read(text, source="x.md")
    [problem] = reading.problems
    assert (reading.post.status, problem.line, problem.path) == (status, line, "x.md")
    assert words in problem.message
    assert reading.post.reason == problem.message


@pytest.mark.parametrize(
    ("source", "severity"),
    [("_drafts/x.md", Severity.WARNING), ("posts/drafts/x.md", Severity.WARNING), ("posts/x.md", Severity.ERROR)],
)
def test_what_is_wrong_in_a_folder_of_drafts_is_no_error_yet(source, severity):
    reading = read(b"", source=source)
    assert [(reading.post.status, problem.severity) for problem in reading.problems] == [(Status.INVALID, severity)]


def test_an_unreadable_date_gives_way_to_the_files_name_and_says_so():
    reading = read("---\ndate: 2024-01-02 10:10::00\n---\n")
    assert reading.post.published == datetime(2024, 1, 2, tzinfo=UTC)
    [problem] = reading.problems
    assert (problem.line, problem.severity) == (2, Severity.WARNING)


def test_an_unreadable_date_of_an_update_hides_no_post_and_is_said():
    reading = read('---\ndate: 2024-01-02\nmodified: "2018-09-28T21:09:59.000Z\'"\n---\n')
    assert (reading.post.status, reading.post.updated) == (Status.PUBLISHED, None)
    [problem] = reading.problems
    assert (problem.line, problem.severity) == (3, Severity.WARNING)
    assert problem.message.endswith("; it is ignored")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ("draft: true", Status.DRAFT),
        ("draft: 'yes'", Status.DRAFT),
        ("draft: no", Status.PUBLISHED),
        ("published: false", Status.HIDDEN),
        ("published: no", Status.HIDDEN),
        ("published: 2024-01-01", Status.PUBLISHED),
        ("published: true", Status.PUBLISHED),
    ],
)
def test_drafts_and_unpublished_posts_are_known_by_any_yes_and_no(fields, status):
    assert post_of(f"---\n{fields}\n---\n").status is status


def test_a_post_without_any_date_is_undated():
    assert post_of("# A\n", source="x.md").status is Status.UNDATED


@pytest.mark.parametrize(
    ("title", "shown", "warned"),
    [
        ("2024", "2024", 0),
        ("1.10", "1.10", 0),
        ("no", "no", 0),
        ("[a, b]", "a, b", 1),
        ("{a: b}", "a", 1),
        ("''", "x", 0),
    ],
)
def test_a_title_is_text_whatever_it_was(title, shown, warned):
    reading = read(f"---\ntitle: {title}\n---\n")
    assert reading.post.title == shown
    assert len(reading.problems) == warned


def test_a_title_from_the_first_heading_leaves_the_body():
    post = post_of("---\ndate: 2024-01-01\n---\n\n# The *title*\n\nText\n")
    assert (post.title, post.body, post.body_line) == ("The title", "\nText\n", 6)


@pytest.mark.parametrize(
    ("fields", "guid"),
    [
        ("guid: https://example.org/?p=1", "https://example.org/?p=1"),
        ("uuid: 123E4567-e89b-12d3-a456-426614174000", "urn:uuid:123e4567-e89b-12d3-a456-426614174000"),
        ("guid: 123e4567e89b12d3a456426614174000", "urn:uuid:123e4567-e89b-12d3-a456-426614174000"),
        ("id: tag:example.org,2024:x", "tag:example.org,2024:x"),
        ("id: some-slug", None),
        ("id: 12", None),
    ],
)
def test_only_an_absolute_id_is_an_id(fields, guid):
    assert post_of(f"---\n{fields}\n---\n").guid == guid


def test_a_guid_that_cannot_be_one_is_reported():
    [problem] = read("---\nguid: 17\n---\n").problems
    assert problem.line == 2
    assert problem.severity is Severity.WARNING


def test_a_bundle_of_authors_keeps_mail_and_page_of_a_lone_one():
    assert post_of(
        "---\nauthor: Ada\nauthor_email: ada@example.org\nauthor_url: https://ada.example\n---\n"
    ).authors == (Person(name="Ada", email="ada@example.org", url="https://ada.example"),)
    assert len(post_of("---\nauthors: [Ada, Grace]\nauthor_email: ada@example.org\n---\n").authors) == 2


def test_who_names_nobody_gets_the_sites_author():
    site = (Person(name="Site"),)
    assert post_of("x", default_authors=site).authors == site
    assert post_of("---\nauthor: Ada\n---\n", default_authors=site).authors == (Person(name="Ada"),)


@pytest.mark.parametrize(
    ("source", "said", "markup"),
    [
        ("a.md", None, Markup.COMMONMARK),
        ("a.md", Markup.MARKDOWN, Markup.MARKDOWN),
        ("a.mdx", Markup.MARKDOWN, Markup.MDX),
        ("a.html", None, Markup.HTML),
        ("a.rst", None, Markup.RST),
    ],
)
def test_the_language_of_the_body_follows_from_the_ending_or_the_setting(source, said, markup):
    assert post_of("x", source=source, markup=said).markup is markup


def test_a_persons_permalink_beats_the_conventions():
    post = post_of("---\ntitle: My Title\ncategories: A B\n---\n", permalink="/:category/:year/:month/:day/:slug/")
    assert post.url == "https://example.org/a-b/2024/01/02/x/"


def test_feed_false_keeps_a_post_out_of_feeds_only():
    post = post_of("---\nfeed: false\n---\n")
    assert (post.status, post.in_feeds) == (Status.PUBLISHED, False)


def test_topics_are_tags():
    assert post_of("---\ntopics: [go, cli]\n---\n").tags == ("go", "cli")


def test_spaces_separate_tags_where_the_generator_says_so_but_not_in_a_single_category():
    text = "---\ntags: a b\ncategory: News and views\n---\n"
    assert post_of(text, convention=Jekyll()).tags == ("a", "b")
    assert post_of(text, convention=Jekyll()).categories == ("News and views",)
    assert post_of(text).tags == ("a b",)


def test_reading_twice_gives_equal_posts():
    assert read("---\ntags: [a]\n---\n") == read("---\ntags: [a]\n---\n")


ASKED = (
    "date", "Date", "", "Updated", "lastmod", "modified_at", "expires", "guid", "id", "uuid", "redirect_from", "alias",
    "description", "summary", "feed", "image", "cover_image", "coverAlt", "audio", "audio-type", "publishDate", "other",
)  # fmt: skip


@given(
    st.lists(
        st.tuples(
            st.sampled_from(ASKED),
            st.sampled_from(
                ["", "false", "2024-01-02", "no date", "/a.png", "/a.mp3", "https://example.org/1", "[/a, /b.png]",
                 "{updated: 2024-03-04, expires: 2024-05-06, url: /a.mp3}", "{updated: soon}", "12"]
            ),
        )
    )
)  # fmt: skip
@example([("date", "{created: 2024-01-02, updated: soon}"), ("guid", "12"), ("expires", "2024-05-06"), ("feed", "no")])
def test_what_a_header_has_no_key_for_need_not_be_asked(lines):
    text = "---\n" + "".join(f"{key or repr(key)}: {value}\n" for key, value in lines) + "---\nBody\n"
    found = read(text)
    with pytest.MonkeyPatch.context() as patch:
        every = (*ASKED, *(name for names in vars(keys).values() if isinstance(names, tuple) for name in names))
        choose = fields._choose_readers
        patch.setattr(fields, "_choose_readers", lambda written: choose((*written, *every)))
        assert read(text) == found
