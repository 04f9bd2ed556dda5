from feeds.render import fingerprint
from making import make_post


def test_it_follows_the_words_alone():
    one = fingerprint(make_post(title="A Title", body="Some *words*, naïve ones.\n"))
    assert one == fingerprint(
        make_post("moved", title="A title", body="some words\r\n\r\n**nai\u0308ve** ones", tags=("x",))
    )
    assert one != fingerprint(make_post(title="A Title", body="Other words."))
    assert one != fingerprint(make_post(title="Another", body="Some words, naïve ones."))


def test_it_is_the_same_on_every_machine():
    assert (
        fingerprint(make_post(title="A", body="b"))
        == "c8687a08aa5d6ed2044328fa6a697ab8e96dc34291e8c2034ae8c38e6fcc6d65"
    )


def test_no_text_is_too_broken_for_it():
    assert len(fingerprint(make_post(body="\ud800\x00"))) == 64
