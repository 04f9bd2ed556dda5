from datetime import UTC, datetime, timedelta

import feedparser
import lxml.html
import pytest

from feeds.config import Findings
from feeds.errors import ConfigError
from feeds.feed import build_feed, to_atom
from feeds.models import Person
from feeds.selection import select_feeds
from making import make_config, make_post
from making_feeds import SITE, make_entry


def build(config, *entries, kind="site"):
    posts = [
        make_post(entry.source.removeprefix("posts/").removesuffix(".md"), published=entry.published, tags=entry.tags)
        for entry in entries
    ]
    plan = next(plan for plan in select_feeds(config, posts).plans if plan.kind == kind)
    return build_feed(config, plan, {entry.source: entry for entry in entries})


def test_the_newest_change_is_the_feeds_date(tmp_path):
    change = datetime(2026, 5, 1, tzinfo=UTC)
    feed = build(make_config(tmp_path), make_entry("old", updated=change), make_entry("new", day=3))
    assert [entry.title for entry in feed.entries] == ["New", "Old"]
    assert feed.updated == change


def test_a_feed_without_entries_has_a_date_that_never_changes(tmp_path):
    assert build(make_config(tmp_path)).updated == datetime(2000, 1, 1, tzinfo=UTC)


def test_addresses_are_absolute_and_escaped(tmp_path):
    feed = build(make_config(tmp_path), make_entry(tags=("Blüte",)), kind="tag")
    assert feed.files["atom"] == "tags/blüte/atom.xml"
    assert feed.urls["atom"] == f"{SITE}tags/bl%C3%BCte/atom.xml"


def test_a_layout_moves_files_and_addresses(tmp_path):
    feed = build(make_config(tmp_path, '[feeds]\nlayout = "wordpress"\n'), make_entry())
    assert (feed.files["rss"], feed.urls["rss"]) == ("feed/index.xml", f"{SITE}feed/")


def test_a_pattern_of_ones_own_is_obeyed(tmp_path):
    config = make_config(tmp_path, '[feeds.paths]\ntag.rss = "topics/{slug}.xml"\n')
    assert build(config, make_entry(tags=("C",)), kind="tag").files["rss"] == "topics/c.xml"


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ('tag.rss = "/abs/{slug}.xml"', "no path below"),
        ('tag.rss = "../{slug}.xml"', "no path below"),
        ('tag.rss = "all.xml"', "put {slug} into it"),
        ('tags.rss = "x/{slug}.xml"', "paths"),
    ],
)
def test_a_pattern_that_cannot_work_is_refused(tmp_path, setting, says):
    with pytest.raises(ConfigError, match=says):
        make_config(tmp_path, f"[feeds.paths]\n{setting}\n")


def test_an_entry_that_names_nobody_has_the_sites_author(tmp_path):
    config = make_config(tmp_path, '[site]\nauthor = "ada"\n[authors.ada]\nname = "Ada L."\n')
    assert build(config, make_entry(authors=())).entries[0].authors == (Person(name="Ada L."),)


def test_the_site_itself_is_the_author_where_nobody_else_is_known(tmp_path):
    feed = build(make_config(tmp_path), make_entry(authors=()))
    assert feed.authors == feed.entries[0].authors == (Person(name="Blog"),)


def test_an_entry_without_a_title_gets_the_start_of_its_summary(tmp_path):
    feed = build(make_config(tmp_path), make_entry(title="", summary="A note of few words. " * 9))
    assert feed.entries[0].title == "A note of few words. A note of few words. A note of few words. A note of few …"


def test_summaries_instead_of_posts_if_wished(tmp_path):
    feed = build(make_config(tmp_path, '[feeds]\ncontent = "summary"\n'), make_entry())
    assert (feed.entries[0].content, feed.full_content) == ("", False)


def test_what_xml_forbids_reaches_no_feed(tmp_path):
    site = Findings(site={"url": SITE, "title": "Bl\x0bog", "rights": "\x00(c)"})
    entry = make_entry(
        title="a\x0bb\nc", summary="d\ud800", content="<p>\ufffe</p>", tags=("t\x00", "\x01"), authors=("A\x1f",)
    )
    feed = build(make_config(tmp_path, findings=site), entry)
    found = feed.entries[0]
    assert (found.title, found.summary) == ("ab c", "d")
    assert feedparser.parse(to_atom(feed)).entries[0].content[0].value == "<p></p>"
    assert (found.tags, found.authors, feed.title, feed.rights) == (("t",), (Person(name="A"),), "Blog", "(c)")


def test_a_replacement_character_that_is_meant_is_written_as_a_reference(tmp_path):
    feed = build(make_config(tmp_path), make_entry(content="<p>\ufffd</p>"))
    assert feed.entries[0].content == "<p>&#xFFFD;</p>"


def test_a_backslash_in_code_survives_readers_that_have_a_use_for_it_themselves(tmp_path):
    code = r"C:\temp\new, \n, \t and \\"
    feed = build(make_config(tmp_path), make_entry(content=f"<pre>{code}</pre>"))
    content = feedparser.parse(to_atom(feed)).entries[0].content[0].value
    assert "\\" not in content
    assert lxml.html.fromstring(content).text == code


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Björn (bjo) Ek", "Björn [bjo] Ek"),
        ("@ada", "ada"),
        ("Ada @ Home", "Ada at Home"),
        ("ada@blog.example", "ada"),
        ("Ada Lovelace", "Ada Lovelace"),
    ],
)
def test_a_name_that_looks_like_an_address_reaches_every_reader_as_a_name(tmp_path, name, shown):
    feed = build(make_config(tmp_path), make_entry(authors=(name,)))
    assert feed.entries[0].authors == (Person(name=shown),)


@pytest.mark.parametrize(
    ("email", "url", "kept"),
    [
        ("ada@blog.example", "https://ada.example/über", ("ada@blog.example", "https://ada.example/%C3%BCber")),
        ("ada", "ada.example", (None, None)),
        ("ada [at] blog.example", "@ada", (None, None)),
        ("ada@localhost", "/people/ada", (None, None)),
        (None, "https://ada.example", (None, "https://ada.example")),
    ],
)
def test_an_address_of_an_author_that_is_none_is_left_out(tmp_path, email, url, kept):
    ada = Person(name="Ada", email=email, url=url)
    feed = build(make_config(tmp_path), make_entry(authors=(ada,)))
    assert feed.entries[0].authors == (Person(name="Ada", email=kept[0], url=kept[1]),)


def test_dates_are_whole_seconds_and_no_change_comes_before_publication(tmp_path):
    published = datetime(2026, 1, 1, 9, 0, 0, 123456, tzinfo=UTC)
    feed = build(make_config(tmp_path), make_entry(published=published, updated=published - timedelta(days=1)))
    assert feed.entries[0].published == feed.entries[0].updated == datetime(2026, 1, 1, 9, tzinfo=UTC)


def test_a_site_whose_address_nobody_knows_has_no_feed(tmp_path):
    plan = select_feeds(make_config(tmp_path), []).plans[0]
    with pytest.raises(ConfigError, match=r"site\.url"):
        build_feed(make_config(tmp_path, findings=Findings()), plan, {})
