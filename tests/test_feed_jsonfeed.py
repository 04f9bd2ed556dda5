import json

import jsonschema

from feeds.feed import Pieces, to_json
from feeds.models import Enclosure, Image, Person
from making_feeds import SITE, make_entry, make_feed

PEOPLE = {"type": "array", "items": {"$ref": "#/$defs/person"}, "minItems": 1}
LINK = {"type": "string", "pattern": "^https?://"}
# The specification's words as a schema (https://www.jsonfeed.org/version/1.1/), closed against misspelt keys.
SCHEMA = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": LINK,
        "feed_url": LINK,
        "description": {"type": "string"},
        "icon": LINK,
        "favicon": LINK,
        "authors": PEOPLE,
        "author": {"$ref": "#/$defs/person"},
        "language": {"type": "string"},
        "hubs": {"type": "array", "items": {"type": "object", "required": ["type", "url"]}},
        "items": {"type": "array", "items": {"$ref": "#/$defs/item"}},
    },
    "$defs": {
        "person": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {"name": {"type": "string"}, "url": {"type": "string"}, "avatar": LINK},
        },
        "item": {
            "type": "object",
            "required": ["id"],
            "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string", "minLength": 1},
                "url": LINK,
                "title": {"type": "string"},
                "content_html": {"type": "string"},
                "content_text": {"type": "string"},
                "summary": {"type": "string"},
                "image": LINK,
                "date_published": {"type": "string", "format": "date-time"},
                "date_modified": {"type": "string", "format": "date-time"},
                "authors": PEOPLE,
                "author": {"$ref": "#/$defs/person"},
                "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
                "language": {"type": "string"},
                "attachments": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["url", "mime_type"],
                        "additionalProperties": False,
                        "properties": {
                            "url": LINK,
                            "mime_type": {"type": "string"},
                            "size_in_bytes": {"type": "integer"},
                        },
                    },
                },
            },
        },
    },
}


def read(*entries, **more):
    feed = json.loads(to_json(make_feed(*entries, **more)))
    jsonschema.validate(feed, SCHEMA)
    return feed


def test_the_head_says_what_the_feed_is():
    feed = read(hub="https://hub.example/", icon=f"{SITE}i.png", language="de")
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Blog",
        "home_page_url": SITE,
        "feed_url": f"{SITE}feed.json",
        "description": "What a blog says",
        "icon": f"{SITE}i.png",
        "favicon": f"{SITE}i.png",
        "language": "de",
        "authors": [{"name": "Blog"}],
        "author": {"name": "Blog"},
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "items": [],
    }


def test_an_item_has_all_that_the_entry_has():
    entry = make_entry(
        title='A "quoted" <title>',
        authors=(),
        tags=("a", "b"),
        categories=("b", "c"),
        language="de",
        image=Image(url=f"{SITE}a.png", alt="x"),
        enclosure=Enclosure(url=f"{SITE}a.mp3", type="audio/mpeg", length=99),
    )
    (item,) = read(entry)["items"]
    assert item == {
        "id": entry.id,
        "url": entry.url,
        "title": 'A "quoted" <title>',
        "summary": "Words of one.",
        "content_html": "<p>All the words of one.</p>",
        "image": f"{SITE}a.png",
        "date_published": "2026-01-01T09:00:00+00:00",
        "date_modified": "2026-01-01T09:00:00+00:00",
        "tags": ["a", "b", "c"],
        "language": "de",
        "attachments": [{"url": f"{SITE}a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 99}],
    }


def test_every_author_is_there_and_the_first_one_for_old_readers_too():
    bob = Person(name="Bob", email="bob@blog.example", url="https://bob.example/")
    (item,) = read(make_entry(authors=("Ada", bob)))["items"]
    assert item["authors"] == [{"name": "Ada"}, {"name": "Bob", "url": "https://bob.example/"}]
    assert item["author"] == {"name": "Ada"}


def test_an_entry_without_content_has_its_summary_as_text():
    (item,) = read(make_entry(content=""))["items"]
    assert item["content_text"] == item["summary"] == "Words of one."
    assert "content_html" not in item


def test_an_entry_in_the_feeds_language_need_not_say_so():
    (item,) = read(make_entry(language="en"), language="en")["items"]
    assert "language" not in item


def test_shared_entries_give_the_bytes_of_a_feed_that_was_made_alone():
    one, two = make_entry("one", language="de"), make_entry("two", content="<p>line\nline \\n \u2028</p>")
    feeds = [make_feed(one, two), make_feed(two, one, path="tags/x", language="de")]
    pieces = Pieces()
    assert [to_json(feed, pieces) for feed in feeds] == [to_json(feed) for feed in feeds]
    assert json.loads(to_json(feeds[0]))["items"][1]["content_html"] == two.content
