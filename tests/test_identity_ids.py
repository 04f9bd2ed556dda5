from dataclasses import replace

from feeds.identity import assign_ids
from feeds.models import History, Status
from making import make_post


def words(post):
    return post.body


def assign(posts, history=None):
    return assign_ids(posts, history or History(), fingerprint=words)


def remember(posts, history=None):
    known = {old.id: old for old in (history.posts if history else ())}
    known |= {new.id: new for new in assign(posts, history).remembered}
    return History(posts=tuple(known.values()))


def test_the_address_at_first_publication_is_the_id():
    assert assign([make_post("one")]).ids == {"posts/one.md": "https://blog.example/one/"}


def test_a_pinned_id_wins_over_the_address():
    assert assign([make_post("one", guid="urn:x:1")]).ids["posts/one.md"] == "urn:x:1"


def test_a_new_permalink_pattern_changes_no_id():
    history = remember([make_post("one"), make_post("two")])
    moved = [make_post("one", url="https://new.example/2026/one"), make_post("two", url="https://new.example/2026/two")]
    assert assign(moved, history).ids == {
        "posts/one.md": "https://blog.example/one/",
        "posts/two.md": "https://blog.example/two/",
    }


def test_a_renamed_post_keeps_its_id_by_address_even_on_another_domain():
    history = remember([make_post("one")])
    renamed = make_post(
        "one", source="posts/renamed.md", url="http://other.example/one", body="Edited.", title="Edited"
    )
    assert assign([renamed], history).ids["posts/renamed.md"] == "https://blog.example/one/"


def test_a_renamed_post_keeps_its_id_by_an_alias():
    history = remember([make_post("one")])
    renamed = make_post("uno", body="Edited.", aliases=("https://blog.example/one/",))
    assert assign([renamed], history).ids["posts/uno.md"] == "https://blog.example/one/"


def test_a_renamed_post_keeps_its_id_by_its_words():
    history = remember([make_post("one"), make_post("two")])
    renamed = make_post("uno", body="Words of one.", title="One")
    assert assign([renamed, make_post("two")], history).ids["posts/uno.md"] == "https://blog.example/one/"


def test_a_former_address_is_remembered_for_ever():
    history = remember([make_post("one")])
    history = remember([make_post("one", url="https://blog.example/uno/")], history)
    assert history.posts[0].aliases == ("https://blog.example/one/",)
    back = make_post("again", url="https://blog.example/one/", body="Edited.", title="Edited")
    assert assign([back], history).ids["posts/again.md"] == "https://blog.example/one/"


def test_a_post_that_resembles_a_vanished_one_is_new_and_held():
    history = remember([make_post("one", title="Same"), make_post("two", title="Other")])
    found = assign([make_post("new", title="same", body="Other words."), make_post("two", title="Other")], history)
    assert {one.source for one in found.remembered if one.held} == {"posts/new.md"}
    assert "feeds resolve posts/new.md" in found.problems[0].message


def test_a_hold_stays_until_a_person_decides():
    history = remember([make_post("one", title="Same")])
    again = [make_post("new", title="Same", body="Other words.")]
    history = remember(again, remember(again, history))
    assert {one.source for one in history.posts if one.held} == {"posts/new.md"}


def test_two_equal_vanished_posts_are_too_many_to_choose_from():
    history = remember([make_post("one", body="Same."), make_post("two", body="Same.")])
    found = assign([make_post("new", body="Same.", title="New")], history)
    assert found.ids["posts/new.md"] == "https://blog.example/new/"
    assert {one.source for one in found.remembered if one.held} == {"posts/new.md"}


def test_a_new_post_at_a_former_address_gets_an_id_of_its_own():
    history = remember([make_post("one")])
    moved = make_post("one", url="https://blog.example/moved/")
    newcomer = make_post("newcomer", url="https://blog.example/one/")
    ids = assign([moved, newcomer], history).ids
    assert ids["posts/one.md"] == "https://blog.example/one/"
    assert ids["posts/newcomer.md"].startswith("https://blog.example/one/#")


def test_an_unpublished_post_keeps_its_id_for_its_return():
    history = remember([make_post("one")])
    draft = make_post("one", status=Status.DRAFT)
    assert [one.published for one in assign([draft], history).remembered] == [False]
    back = replace(draft, status=Status.PUBLISHED, url="https://blog.example/elsewhere/")
    assert assign([back], history).ids["posts/one.md"] == "https://blog.example/one/"


def test_the_order_of_the_files_decides_nothing():
    posts = [make_post(name, body="Same.") for name in "abc"]
    assert assign(posts).ids == assign(posts[::-1]).ids


def test_nothing_new_is_nothing_to_remember():
    posts = [make_post("one"), make_post("two")]
    assert assign(posts, remember(posts)).remembered == ()


def test_of_two_posts_at_one_address_the_one_in_the_feeds_has_the_address_as_its_id():
    shown = make_post("shown", url="https://blog.example/same/")
    hidden = make_post("another", url="https://blog.example/same/", in_feeds=False)
    assert assign([hidden, shown]).ids[shown.source] == "https://blog.example/same/"
