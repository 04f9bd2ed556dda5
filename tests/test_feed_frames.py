from datetime import timedelta

from hypothesis import given, strategies as st

from feeds.feed import jsonfeed, xml
from feeds.feed.frames import FIGURES, write_frames
from feeds.feed.moulds import STAND_IN
from feeds.models import Person
from making_feeds import START, make_feed

SIGNS = (*"&<>\"'\\/%\t\n\r\x7fé漢😀\ue000\ue001", "&amp;", "&#13;", STAND_IN % 0, STAND_IN % 5, *FIGURES, "\n</feed>")
LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=4)
TEXT = st.lists(st.sampled_from(SIGNS) | LETTERS, max_size=4).map("".join)
MAYBE = st.none() | TEXT
IMAGE = MAYBE | st.tuples(TEXT, st.sampled_from([".png", ".svg", ".JPG?x=1"])).map("".join)
FEEDS = st.builds(
    lambda url, **values: make_feed(urls={"rss": url, "atom": f"{url}/", "json": url}, **values),
    url=TEXT.filter(bool),
    title=TEXT.filter(bool),
    description=TEXT,
    home_page_url=TEXT.filter(bool),
    updated=st.integers(0, 10**8).map(lambda seconds: START + timedelta(seconds=seconds)),
    id=TEXT,
    language=TEXT,
    authors=st.lists(st.builds(Person, name=TEXT.filter(bool), email=MAYBE, url=MAYBE), max_size=2).map(tuple),
    rights=MAYBE,
    icon=IMAGE,
    logo=IMAGE,
    hub=MAYBE,
    ttl=st.none() | st.integers(0, 10**15 + 9),
)


@given(FEEDS)
def test_a_frame_has_the_bytes_of_one_that_is_made_for_its_feed_alone(feed):
    alone = [xml.frame_rss(feed, xml.find_channel_image(feed)), xml.frame_atom(feed), jsonfeed.frame(feed)]
    assert write_frames(feed, ("rss", "atom", "json")) == alone
