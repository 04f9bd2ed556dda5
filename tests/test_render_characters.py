import unicodedata
from html import unescape

from hypothesis import given, strategies as st

from feeds.models import Markup
from feeds.render.characters import (
    clean_body,
    clean_html,
    clean_text,
    hide_lookalikes,
    is_inert,
    may_show_handlers,
    pair_bidi_controls,
)
from rendering import render_post

FORBIDDEN = "\x00\x0b\x1f\x7f\x80\ufffe\uffff\ud800\ufeff\ufdd0"


@given(st.text(st.characters() | st.sampled_from(FORBIDDEN + "\u2028\r\u202e\u202c\u2066\u2069")))
def test_whatever_is_written_xml_can_carry_it(text):
    for cleaned in (clean_text(text), clean_body(text, path="x", first_line=1)[0], clean_html(text)):
        assert not any(character in cleaned for character in FORBIDDEN)
    assert unicodedata.is_normalized("NFC", clean_text(text))
    assert "\n" not in clean_text(text)


def test_each_line_with_a_forbidden_character_is_named_once():
    text, problems = clean_body("a\r\nb\x0b\x0b\x07\n\nc\ufeff", path="p.md", first_line=10)
    assert text == "a\nb\n\nc"
    assert [(problem.line, problem.message.split(",")[0]) for problem in problems] == [
        (11, "holds U+0007"),
        (13, "holds U+FEFF"),
    ]


def test_there_is_one_kind_of_line_break():
    assert clean_body("a\r\nb\rc\u2028d\u2029e\x85f\n", path="x", first_line=1)[0] == "a\nb\nc\nd\ne\nf\n"


def test_bidirectional_controls_stay_in_pairs_only():
    assert pair_bidi_controls("a\u202bb\u202cc") == "a\u202bb\u202cc"
    assert pair_bidi_controls("a\u202eb") == "ab"
    assert pair_bidi_controls("a\u2069b\u2066") == "ab"
    assert pair_bidi_controls("\u2066\u202a\u2069x") == "x"


def test_a_control_does_not_reach_beyond_its_block():
    assert clean_html("<p>a\u202e</p><p>b\u202c</p>") == "<p>a</p><p>b</p>"


def test_a_sign_for_a_lost_character_is_shown_and_is_no_failed_decoding(tmp_path):
    result = render_post(tmp_path, "a \ufffd `\ufffd` &#0;", title="T\ufffd", markup=Markup.COMMONMARK)
    assert "\ufffd" not in result.entry.content + result.entry.title + result.entry.summary
    assert unescape(result.entry.content).startswith("<p>a \ufffd <code>\ufffd</code>")


def test_what_is_told_to_need_no_cleaning_needs_none_whatever_stands_beside_it():
    inert = {chr(code) for code in range(0x30000) if is_inert(chr(code).encode("utf-8", "surrogatepass"))}
    assert {*"a\n\tß\u03b1я中あ\u00a0\u201c\u2019\u2026€🎉"} <= inert
    for text in ("".join(sorted(inert)), "".join(sorted(inert, reverse=True))):
        assert clean_body(text, path="x", first_line=1) == (text, ())
    # What NFC puts together or into another order (UAX 15): what follows a starter in a decomposition, vowels and final
    # consonants of Hangul, and whatever has a combining class.
    pairs = [unicodedata.decomposition(chr(code)).split() for code in range(0x30000)]
    joined = {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and not pair[0].startswith("<")}
    assert not inert & (joined | {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))})
    assert not any(unicodedata.combining(character) for character in inert)


TEXTS = st.lists(
    st.sampled_from([
        "on", "ON", "onclick", "one", " ", "\n", "\u00a0", "=", '"', "'", "x", "é", "on" + "x" * 50, " " * 50, "<", ">",
        "&", ";", "-",
    ]),
    max_size=12,
).map("".join)  # fmt: skip


@given(TEXTS)
def test_a_text_that_shows_no_handler_is_left_as_it_is(text):
    written = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for quote in ('"', "&quot;"):
        if not may_show_handlers(written.replace('"', quote).encode()):
            assert hide_lookalikes(f"<p>{written}</p>") == f"<p>{written}</p>"


def test_few_texts_are_taken_for_handlers():
    assert not may_show_handlers(b"What it says: x = 'a'; const caption = \"b\"; if (one == 2) done = '3'")
    assert may_show_handlers(b"&lt;p onclick=&quot;x&quot;&gt;")
