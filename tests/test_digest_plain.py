"""A post as plain text."""

from html import escape

import pytest
from hypothesis import given, strategies as st

from feeds.digest.content import adapt_content
from feeds.digest.plain import write_plain
from feeds.theme import make_language

SAY = make_language("en", "UTC").say


def plain(content):
    return write_plain(adapt_content(content, title="The title", url="https://example.org/", level=2, say=SAY), say=SAY)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>one\n  two</p><p>three</p>", "one two\n\nthree"),
        ("<p>one<br>two</p>", "one\ntwo"),
        ("<h2>Title</h2><p>x</p>", "Title\n=====\n\nx"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
        ('<ol start="9"><li>a</li><li>b</li></ol>', "9. a\n10. b"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\n  b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre>a  b\n\n\tc\n</pre>", "```\na  b\n\n    c\n```"),
        ("<hr>", "* * *"),
        ('<p><img src="https://e.org/x.png" alt="A hill"></p>', "[Picture: A hill]"),
        ("<p>x<sup>2</sup></p>", "x^2"),
        ("<p>a <b>bold </b>word, <code>code</code> and <em>stress</em></p>", "a *bold* word, `code` and *stress*"),
        ("<p>a <em><strong>very</strong> strong</em> word</p>", "a *very* strong word"),
        (
            '<h2><a href="https://a.example/">A</a> (<a href="https://b.example/">1.2</a>)</h2>',
            "A (1.2) [1] [2]\n===============\n\n[1] https://a.example/\n[2] https://b.example/",
        ),
        ("<p>使用了<strong>反向索引</strong>的文档</p>", "使用了*反向索引*的文档"),
        ("<p><b></b><code>a`b</code> <strong>x<br>y</strong></p>", "a`b x\ny"),
        ("<h2>The <code>id</code></h2>", "The id\n======"),
        ('<p><a href="https://a.example/"><code>https://a.example/</code></a></p>', "https://a.example/"),
        ("<p>soft\u00adhyphen\u200b</p>", "softhyphen"),
        (
            "<table><tr><th>Name</th><th>Year</th></tr><tr><td>Atom</td><td>2005</td></tr></table>",
            "Name | Year\n-----+-----\nAtom | 2005",
        ),
    ],
)
def test_every_element_has_a_form_in_plain_text(content, text):
    assert plain(content) == text


def test_links_are_numbered_and_listed_once_each():
    text = plain(
        '<p><a href="https://a.example/">A</a>, <a href="https://b.example/">B</a>, <a href="https://a.example/">again</a></p>'
    )
    assert text == "A [1], B [2], again [1]\n\n[1] https://a.example/\n[2] https://b.example/"


def test_a_link_that_shows_its_address_is_not_repeated():
    assert plain('<p><a href="https://a.example/">https://a.example/</a></p>') == "https://a.example/"
    assert plain('<p><a href="https://github.com/a">http://github.com/a</a></p>') == "https://github.com/a"
    assert plain('<p><a href="mailto:a@b.example">a@b.example</a></p>') == "a@b.example"


def test_an_address_is_neither_cut_nor_goes_on_into_the_text():
    text = plain(
        '<p>見よ<a href="https://a.example/oh!">https://a.example/oh!</a> <a href="https://a.example/何？">何</a></p>'
    )
    assert text == "見よ<https://a.example/oh!> 何 [1]\n\n[1] <https://a.example/何？>"
    link = '<a href="https://b.example/">https://b.example/</a>'
    assert plain(f"<p>{link}をご覧。{link}, {link}</p>") == (
        "<https://b.example/>をご覧。https://b.example/, https://b.example/"
    )


def test_a_wide_table_is_written_row_by_row_under_its_headers():
    long = "a text that takes much of a line by itself"
    text = plain(f"<table><tr><th>One</th><th>Two</th></tr><tr><td>{long}</td><td>{long}</td></tr></table>")
    assert text == f"  One: {long}\n  Two: {long}"


def test_a_sentence_in_a_code_block_is_wrapped_and_code_is_not():
    sentence = "  - Use this when you show what is going on in front of you, for it is easier than to describe it."
    code = "result = [transform(item, key=lambda x: x.name) for item in collection if item.valid and not item.seen]"
    prompt = "&gt; Do you want an auto-reload &amp; a server that doesn't stop, to assist with the development? (Y/n)"
    command = "git commit --amend --all --signoff --verbose --cleanup strip --author someone --date yesterday --edit"
    lines = plain(f"<pre>{sentence}\n{prompt}\n{code}\n{command}</pre>").splitlines()
    assert max(map(len, lines[:-3])) <= 72
    assert lines[-3:] == [code, command, "```"]


@pytest.mark.parametrize("mark", ["# ", "    // ", "-- ", "> "])
def test_each_line_of_a_wrapped_comment_is_one(mark):
    comment = mark + "This tells in many words what the next line does, so that nobody has to read it twice, ever."
    first, second = plain(f"<pre>{escape(comment)}</pre>").splitlines()[1:-1]
    assert first.startswith(mark)
    assert second.startswith(mark)
    assert f"{first} {second.removeprefix(mark)}" == comment


@given(st.lists(st.text(alphabet="abc dé<&", max_size=60), min_size=1, max_size=5))
def test_no_word_is_lost_and_no_line_too_long(paragraphs):
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;") for text in paragraphs]
    text = plain("".join(f"<p>{one}</p>" for one in escaped))
    assert text.split() == " ".join(paragraphs).split()
    assert all(len(line) <= 72 for line in text.splitlines())
