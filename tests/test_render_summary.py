import re

import pytest
from hypothesis import given, strategies as st

from feeds.models import Markup
from feeds.render.summary import MAX_LENGTH, cut_at_sentence, summarize as summarize_clean
from rendering import render_post

LONG = "This first sentence is here to be long enough. " * 5


def summarize(root, body, **more):
    return render_post(root, body, **more).entry.summary


@pytest.mark.parametrize(
    "marker",
    [
        "<!--more-->",
        "<!-- more -->",
        "<!-- truncate -->",
        "<!--truncate-->",
        "<!-- TEASER_END -->",
        "<!-- TEASER_END: Read -->",
    ],
)
@pytest.mark.parametrize("markup", [Markup.COMMONMARK, Markup.MARKDOWN, Markup.HTML])
def test_a_marker_ends_the_summary(tmp_path, marker, markup):
    body = f"Above <i>it</i>.\n\nStill above.\n\n{marker}\n\nBelow."
    assert summarize(tmp_path, body, markup=markup) == "Above it. Still above."


def test_a_sites_own_marker_ends_it_too(tmp_path):
    text = '[posts]\nsummary_marker = "%%fold%%"\n'
    body = "One.\n\n%%fold%%\n\nTwo."
    assert summarize(tmp_path, body, text=text) == "One."
    assert "%%fold%%" not in render_post(tmp_path, body, text=text).entry.content


def test_a_marker_in_code_is_code(tmp_path):
    assert summarize(tmp_path, "First.\n\nSecond `<!--more-->` third.") == "First."


def test_what_front_matter_says_wins_and_is_plain_text(tmp_path):
    assert (
        summarize(tmp_path, "Body.\n\n<!--more-->", summary="*Said* <b>so</b> [x](y) &amp; a < b")
        == "Said so x & a < b"
    )
    assert summarize(tmp_path, "Body.", summary="  ") == "Body."


@pytest.mark.parametrize(
    "furniture",
    [
        "![a picture](x.png)",
        "**Table of contents**",
        "*By Ada Lovelace, 3 May 2026*",
        "by Ada Lovelace",
        "10 November 2016 - San Francisco",
        "(Picture: By Ada Lovelace, CC-BY-4.0 License)",
        "¡Hola a todos!",
        "[music service=1768940271 loop=no]",
        "$$ P\\left(A=2\\right) $$",
        "[Home](/) | [About](/about)",
        "# A heading that is long enough to be taken for text",
        "> A motto that somebody said, and that is long enough to be one.",
        "```\ncode that is long enough to be taken for text, too\n```",
        "| a table that is | long enough |\n|---|---|\n| to be | text |",
        "- [One of the contents](#one)\n- [Two of the contents](#two)",
        ":::note\nA note that is long enough to be taken for the text itself.\n:::",
        "3 May 2026",
        "Hello, dear readers of this blog!",
    ],
)
def test_the_first_real_paragraph_is_no_furniture(tmp_path, furniture):
    assert summarize(tmp_path, f"{furniture}\n\nThe text begins *here*[^1], really.\n\nMore.\n\n[^1]: Note") == (
        "The text begins here, really."
    )


@pytest.mark.parametrize("body", ["", "![](x.png)", "<!-- more -->\n\n![](x.png)", "---", "<script>x</script>"])
def test_a_summary_is_never_empty(tmp_path, body):
    assert summarize(tmp_path, body) == "One"


def test_whatever_there_is_will_do(tmp_path):
    assert summarize(tmp_path, "- only\n- a list") == "only"
    assert summarize(tmp_path, "# Only a heading") == "Only a heading"
    assert summarize(tmp_path, "```\nonly code\n```") == "only code"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (LONG + "And more " * 40, LONG.strip()),
        (f"{LONG}See e.g. {'x' * 100}", LONG.strip()),
        (f"{LONG}(Or not. Or so {'x ' * 60}", LONG.strip()),
        ("word " * 100, "word " * 58 + "word…"),
        ("漢字。" * 200, "漢字。" * 100),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_a_long_text_ends_with_a_sentence_or_a_word(text, cut):
    assert cut_at_sentence(text.strip(), MAX_LENGTH).strip() == cut.strip()


WORDS = ("word", "e.g", "approx", "z.\u00a0B", "т. е", "No", "7", "?!", ".", "…", '."', "。", "。」", "\n", "(", ")")
ENDED = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s)|[。！？][」』”）]*")
SHORT = re.compile(r"(?:\b(?:[A-Za-zА-Яа-я]|approx|z\.\u00a0B|No)|\d)\.$")


@given(st.lists(st.sampled_from(WORDS) | st.sampled_from((" ", ". ")), min_size=30, max_size=80).map("".join))
def test_a_cut_is_at_the_last_sentence_that_no_abbreviation_and_no_parenthesis_ends(text):
    ends = [text[: found.end()] for found in ENDED.finditer(text[:61])]
    whole = [end for end in ends if not SHORT.search(end) and end.count("(") <= end.count(")")]
    if len(text) > 60 and whole and len(whole[-1]) >= 12:
        assert cut_at_sentence(text, 60) == whole[-1]


@given(st.text(max_size=400), st.integers(20, 100))
def test_a_cut_is_short_enough_and_begins_as_the_text_does(text, length):
    cut = cut_at_sentence(text, length)
    assert len(cut) <= length
    assert text.startswith(cut.removesuffix("…"))
    assert bool(cut) == bool(text)


def test_a_list_above_the_marker_is_parted_and_one_of_the_contents_is_left_out(tmp_path):
    body = "We did:\n\n- *one*\n- two.\n- three\n\n1. [Here](#here)\n   - [There `x`](#there)\n\n<!--more-->\n\n## Here"
    assert render_post(tmp_path, body).entry.summary == "We did: one; two. three"
    links = "See\n\n- [Here](/here)\n- [There](/there#x) too\n\n<!--more-->\n\nMore"
    assert render_post(tmp_path, links).entry.summary == "See Here; There too"


@pytest.mark.parametrize("summary", [None, "Quelle idée\u202f! Vingt\xa0euros,  *dit*-il."])
def test_a_summary_keeps_the_no_break_spaces_of_its_sentence(tmp_path, summary):
    body = "\xa0\n\nQuelle idée\u202f! Vingt&nbsp;euros,\n*dit*-il."
    assert render_post(tmp_path, body, summary=summary).entry.summary == "Quelle idée\u202f! Vingt\xa0euros, dit-il."


def test_a_paragraph_of_no_break_spaces_is_no_summary(tmp_path):
    assert summarize(tmp_path, "&nbsp;&nbsp;\n\nHere is the text of it.") == "Here is the text of it."


BEGINNINGS = st.lists(
    st.sampled_from([
        "<h2>A heading</h2>", "<h1>", "</h1>", "<h2>", "</h2>", "<p>", "</p>", "<p>", "</p>", "\n", "<em>", "</em>",
        "A text that is long enough to be one. ", "by Ada", "<code>", "</code>", '<a href="/x">', "</a>", "<sup>",
        "</sup>", '<a href="#fn" id="fn-1">', "<blockquote>", "</blockquote>", "<ul>", "<li>", "</li>", "</ul>",
        "x" * 4000, "<br>", "<figure>", "</figure>", "<strong>", "</strong>",
    ]),
    max_size=14,
).map("".join)  # fmt: skip


@given(BEGINNINGS)
def test_a_post_that_begins_with_its_first_paragraph_is_summed_up_as_any_other(html):
    # Behind what is left out of every summary, no paragraph is where it is looked for first.
    assert len(html) > 3900 or summarize_clean(html) == summarize_clean("<nav></nav>" + html)
