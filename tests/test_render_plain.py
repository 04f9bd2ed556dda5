from hypothesis import given, strategies as st

from feeds.render.plain import count_parted, count_words, extract_text


def test_blocks_part_words_and_inline_tags_do_not():
    html = "<p>a<em>b</em>c</p><p>d</p><ul><li>e</li><li>f&amp;g &lt;h&gt;</li></ul>i<br>j"
    html += "<table><tr><td>k</td><td>l</td></tr></table>"
    assert extract_text(html) == "abc d e f&g <h> i j k l"


def test_words_are_what_stands_between_spaces():
    assert count_words("<p>One <em>two</em>, <code>three</code>.</p>\n<p>don’t</p>") == 4
    assert count_words("<p>Größe über alles</p>") == 3
    assert count_words("<p>日本語 and ไทย</p>") == 7


@given(st.text(st.sampled_from("a \n\t\r\x0b\x0c\u00a0é")))
def test_what_is_counted_without_a_list_of_words_is_as_many(text):
    assert count_parted(text.encode()) == len(text.encode().split())
