"""The text of a letter: its opening, and words before pictures."""

from feeds.digest.prose import make_fragment, make_prose
from feeds.theme import make_language
from making_digests import make_entry

SAY = make_language("en", "UTC").say
PICTURE = '<p><img src="https://example.org/x.png" alt="A hill"></p>'


def prose(content, *, whole=True):
    return make_prose(make_entry(content=content), level=2, say=SAY, whole=whole)


def test_the_first_words_come_before_the_first_picture():
    made = prose(f"{PICTURE}<p>Words.</p><p>More.</p>")
    assert made.opening == "<p>Words.</p>"
    assert made.rest.index("<img") < made.rest.index("More.")
    assert made.plain == "Words.\n\n[Picture: A hill]\n\nMore."


def test_a_picture_passes_a_heading_too_and_takes_its_caption_along():
    figure = '<figure><img src="https://example.org/x.png" alt="x"><figcaption>By Ada</figcaption></figure>'
    made = prose(f"{figure}<h2>Title</h2><p>Words.</p>")
    html = made.opening + made.rest
    assert html.index("Title") < html.index("Words.") < html.index("<img") < html.index("By Ada")


def test_pictures_alone_stay_as_they_are():
    assert prose(PICTURE).opening.startswith("<p><img")


def test_an_opening_is_whole_blocks_and_does_not_end_in_a_heading():
    paragraph = f"<p>{'word ' * 90}</p>"
    made = prose(f"{paragraph}{paragraph}<h2>Next</h2>{paragraph}", whole=False)
    assert (made.opening + made.rest).count("<p>") == 2
    assert "Next" not in made.plain


def test_an_opening_has_at_least_the_first_block_and_never_skips_one():
    made = prose(f"<p>{'word ' * 900}</p><p>short</p>", whole=False)
    assert made.rest == ""
    made = prose(f"<p>first</p><p>{'word ' * 900}</p><p>short</p>", whole=False)
    assert made.plain == "first"


def test_an_editors_text_is_adapted_like_a_post():
    made = make_fragment('Hello <a href="#x">you</a><script>x</script>', say=SAY)
    assert (made.opening, made.rest, made.plain) == ("<p>Hello you</p>", "", "Hello you")
