import threading

import pytest

from feeds import workers
from feeds.errors import ConfigError
from feeds.feed import FeedFiles, files as feed_files, pieces, to_atom, to_json, to_rss
from feeds.output import write_output
from making_feeds import make_entry, make_feed

WORDS = "<p>" + "many words " * 500 + "</p>"


def make_large(**more):
    return make_feed(*(make_entry(f"n{day}", day=-day, content=WORDS) for day in range(10)), **more)


def test_the_files_of_all_feeds_are_those_of_each():
    feeds = [make_large(), make_feed(make_entry("n0", content=WORDS), path="tags/x", formats=("rss",))]
    files = FeedFiles(feeds, max_bytes=1_000_000)
    assert dict(files) == {
        "rss.xml": to_rss(feeds[0]),
        "atom.xml": to_atom(feeds[0]),
        "feed.json": to_json(feeds[0]),
        "tags/x/rss.xml": to_rss(feeds[1]),
    }
    assert len(files) == 4
    assert files.notes == {}


def test_each_feed_is_made_once_though_others_stand_between_its_files(tmp_path):
    made = []
    feeds = [make_large(), *(make_large(path=f"authors/{name}") for name in "ab")]
    files = FeedFiles(feeds, max_bytes=1_000_000, fill=lambda feed: made.append(feed.path) or feed)
    written = write_output(tmp_path, files, site_url="https://blog.example/")
    assert made == ["", "authors/a", "authors/b"]
    assert written.changed == tuple(sorted(files))
    assert written.changed.index("atom.xml") < written.changed.index("authors/a/rss.xml") < len(written.changed) - 2


def test_what_was_made_ahead_is_not_made_again_for_one_that_was_lost(monkeypatch):
    monkeypatch.setattr(feed_files, "ENOUGH", 1)
    monkeypatch.setattr(feed_files, "CHUNK", 1)
    monkeypatch.setattr(workers, "count_cores", lambda: 2)
    made = []
    feeds = [make_large(path=f"tags/{name}") for name in "abc"]
    files = FeedFiles(feeds, max_bytes=1_000_000, fill=lambda feed: made.append(feed.path) or feed)
    files.write_ahead()
    for name in "abac":
        assert files[f"tags/{name}/rss.xml"]
    assert made == ["tags/a"]  # here, and all others in other processes
    assert threading.active_count() == 1  # with the last one the other processes have gone


def test_two_feeds_in_one_file_are_refused_and_not_lost():
    feeds = [make_large(path="x", title="Ada"), make_large(path="x", title="News")]
    with pytest.raises(ConfigError, match=r"one file, x/rss\.xml: `Ada` and `News`; give one of them another slug"):
        FeedFiles(feeds, max_bytes=1_000_000)


def test_the_notes_name_the_feed():
    files = FeedFiles([make_large(path="tags/x")], max_bytes=40_000)
    assert sorted(files) == ["tags/x/atom.xml", "tags/x/feed.json", "tags/x/rss.xml"]
    assert len(files["tags/x/atom.xml"]) <= 40_000
    assert list(files.notes) == ["tags/x"]


def test_pieces_that_were_forgotten_are_made_again(monkeypatch):
    monkeypatch.setattr(pieces, "MAX_SERVED", 1)
    feeds = [make_large(path=f"tags/{name}") for name in "abc"]
    files = FeedFiles(feeds, max_bytes=1_000_000)
    assert {path: files[path] for path in files} == {
        path: data for feed in feeds for path, data in FeedFiles([feed], max_bytes=1_000_000).items()
    }


def test_many_feeds_are_the_same_made_in_several_processes(monkeypatch):
    monkeypatch.setattr(feed_files, "ENOUGH", 1)
    monkeypatch.setattr(feed_files, "CHUNK", 1)
    monkeypatch.setattr(workers, "count_cores", lambda: 2)
    feeds = [make_large(path=f"tags/{name}") for name in "abc"]
    alone, together = (FeedFiles(feeds, max_bytes=40_000) for _ in range(2))
    together.write_ahead()
    for path in sorted(alone, reverse=True):  # and whatever the order in which they are asked for
        assert together[path] == alone[path]
    assert together.notes == alone.notes
