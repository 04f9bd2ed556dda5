import pickle
from datetime import UTC, datetime

import pytest

from feeds.errors import ConfigError, PostError
from feeds.models import Enclosure, Markup, Severity
from feeds.render import Renderer, Siblings, locate_posts
from making import make_config, make_post
from rendering import SITE, make_renderer, render_post


def test_a_vertical_tab_is_left_out_and_reported_with_its_line(tmp_path):
    result = render_post(tmp_path, "one\n\ntwo \x0bthree", body_line=7)
    assert "two three" in result.entry.content
    (problem,) = result.problems
    assert (problem.path, problem.line, problem.severity) == ("posts/one.md", 9, Severity.WARNING)
    assert "U+000B" in problem.message


def test_a_renderer_can_travel_to_another_process(tmp_path):
    post = make_post(body="[other](two.md)")
    other = make_post("two")
    renderer = pickle.loads(pickle.dumps(make_renderer(tmp_path, posts=[post, other])))
    assert 'href="https://blog.example/two/"' in renderer.render(post, id="x").entry.content


def test_one_post_leaves_nothing_behind_for_the_next(tmp_path):
    posts = [
        make_post(f"p{n}", body=f"a[^1] {{{{ site.url }}}}\n\n[^1]: note {n}\n", markup=m) for n, m in enumerate(Markup)
    ]
    renderer = make_renderer(tmp_path, generator="jekyll", posts=posts)
    first = [renderer.render(post, id=post.url) for post in posts]
    assert [renderer.render(post, id=post.url) for post in reversed(posts)] == first[::-1]
    assert all(f"note {n}" in made.entry.content for n, made in enumerate(first))


def test_what_an_entry_depends_on_is_said(tmp_path):
    (tmp_path / "static").mkdir()
    plain = render_post(tmp_path, "Words.")
    assert (plain.files, plain.asked) == ((), {})
    linked = render_post(tmp_path, "[x](two.md) ![p](/p.png)")
    assert linked.asked
    assert {"p.png", "static/p.png"} <= set(linked.files)
    one, two = make_post("one"), make_post("two")
    sites = [Siblings(locate_posts(posts, "https://blog.example/")) for posts in ([one], [one, two], [two, one])]
    assert [site.gives_answers(linked.asked) for site in sites] == [True, False, False]


def test_the_newest_date_is_never_before_the_first(tmp_path):
    published = datetime(2026, 5, 1, 9, tzinfo=UTC)
    early, late = published.replace(month=4), published.replace(month=6)
    assert render_post(tmp_path, "x", published=published, updated=early).entry.updated == published
    assert render_post(tmp_path, "x", published=published, updated=late).entry.updated == late


def test_a_title_is_never_empty_and_always_one_plain_line(tmp_path):
    assert render_post(tmp_path, "# Heading\n\ntext", title="").entry.title == "Heading text"
    assert render_post(tmp_path, "", title="").entry.title == "posts/one.md"
    assert render_post(tmp_path, "", title=" a\u2028b\x07 \u202ec  {{ x }} ").entry.title == "a b c {{ x }}"


def test_a_post_without_a_date_is_no_entry(tmp_path):
    with pytest.raises(PostError, match=r"posts/one\.md: has no date"):
        render_post(tmp_path, "x", published=None)


def test_without_a_sites_address_there_is_no_entry(tmp_path):
    with pytest.raises(ConfigError, match=r"site\.url"):
        Renderer(make_config(tmp_path, findings=type(make_config(tmp_path).findings)()), [])


def test_names_and_enclosures_are_fit_for_a_feed(tmp_path):
    sound = Enclosure(url="/a.mp3", type="audio/mpeg", length=3)
    entry = render_post(tmp_path, "x", tags=("a\x0bb ",), categories=("c\u2029d",), enclosure=sound).entry
    assert (entry.tags, entry.categories) == (("ab",), ("c d",))
    assert entry.enclosure.url == "https://blog.example/a.mp3"


@pytest.mark.parametrize(("length", "notes"), [(0, 1), (3, 0)])
def test_a_sound_of_unknown_length_is_noted(tmp_path, length, notes):
    sound = Enclosure(url="https://cdn.example/a.mp3", type="audio/mpeg", length=length)
    said = [problem.message for problem in render_post(tmp_path, "x", enclosure=sound).problems]
    assert ["https://cdn.example/a.mp3 is not at hand" in message for message in said] == [True] * notes


def test_words_are_counted_with_code_and_by_character_where_a_script_parts_none(tmp_path):
    assert render_post(tmp_path, "one *two*, [three](x)\n\n    four five\n").entry.words == 5
    assert render_post(tmp_path, "漢字かな and").entry.words == 5


def test_relative_addresses_start_from_a_bundle_where_there_is_one(tmp_path):
    entry = render_post(tmp_path, "![x](x.png)", base="https://cdn.example/bundle/").entry
    assert 'src="https://cdn.example/bundle/x.png"' in entry.content
    assert SITE["url"] not in entry.content
