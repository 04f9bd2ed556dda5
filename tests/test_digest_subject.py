"""The line that decides whether a mail is opened."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from feeds.digest.subject import compose_preheader, compose_subject
from feeds.errors import TemplateError
from feeds.theme import make_environment, make_language
from making_digests import make_config

ENGLISH = make_language("en", "UTC")


def subject(tmp_path, titles, template=None):
    return compose_subject(
        make_environment(make_config(tmp_path)),
        ENGLISH,
        template=template,
        newsletter="weekly",
        title="The Letter",
        number=7,
        date=datetime(2026, 5, 1, tzinfo=UTC),
        titles=titles,
    )[0]


def test_one_post_gives_its_title(tmp_path):
    assert subject(tmp_path, ["A post"]) == "A post"


def test_several_posts_give_the_first_title_and_their_number(tmp_path):
    assert subject(tmp_path, ["A post", "B", "C"]) == "A post and 2 more"


def test_a_template_knows_the_issue(tmp_path):
    template = "{{ newsletter }} {{ number }}: {{ titles | listing }}, {{ date | date }}"
    assert subject(tmp_path, ["A", "B"], template) == "The Letter 7: A and B, 1 May 2026"


def test_template_syntax_in_a_title_is_not_run(tmp_path):
    assert subject(tmp_path, ["{{ 7 * 7 }}"], "{{ title }}") == "{{ 7 * 7 }}"


@pytest.mark.parametrize("template", ["", "   ", "{% if false %}x{% endif %}", "\u2028\n"])
def test_an_empty_subject_falls_back(tmp_path, template):
    assert subject(tmp_path, ["A post"], template) == "A post"
    assert subject(tmp_path, [" "], template) == "The Letter · Issue 7"


def test_a_mistake_in_the_setting_names_the_setting(tmp_path):
    with pytest.raises(TemplateError, match=r"newsletters\.weekly\.subject: 'titel' is undefined"):
        subject(tmp_path, ["A"], "{{ titel }}")


@given(st.lists(st.text(max_size=200), min_size=1, max_size=3))
def test_a_subject_is_one_line_of_1_to_78_characters(tmp_path_factory, titles):
    line = subject(tmp_path_factory.getbasetemp(), titles, "{{ title }}")
    assert 1 <= len(line) <= 78
    assert line == " ".join(line.split())
    assert line.isprintable() or all(ord(character) > 127 for character in line if not character.isprintable())


def test_a_long_subject_is_cut_between_words(tmp_path):
    line = subject(tmp_path, ["Words that " + "go on " * 20])
    assert len(line) <= 78
    assert line.endswith(("go on…", "go…"))


def test_an_emoji_is_not_cut_in_two(tmp_path):
    family = "👩\u200d👩\u200d👧"
    line = subject(tmp_path, ["x" * 74 + family + "y" * 10])
    assert not line.rstrip("…").endswith("\u200d")
    assert "👩" not in line


def test_the_preheader_names_the_other_posts_or_says_what_the_one_is_about():
    assert compose_preheader(ENGLISH, titles=["A", "B", "C"], summary="s") == "Also: B and C"
    assert compose_preheader(ENGLISH, titles=["A"], summary="What it is\nabout") == "What it is about"
