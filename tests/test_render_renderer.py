import datetime
import pickle

import pytest

from feeds.config import Findings, Settings, resolve_config
from feeds.models import Markup, Post, Status
from feeds.render import Renderer, fingerprint

DAY = datetime.datetime(2024, 3, 1, 9, 30, tzinfo=datetime.UTC)


def make_config(root, *, convention="plain", **settings):
    return resolve_config(
        root=root,
        settings=Settings.model_validate({"site": {"url": "https://example.org/", "title": "Example"}} | settings),
        origins={},
        findings=Findings(convention=convention),
    )


def make_post(body, **values):
    defaults = {
        "source": "posts/one.md",
        "status": Status.PUBLISHED,
        "title": "One",
        "published": DAY,
        "url": "https://example.org/one/",
    }
    return Post(body=body, **(defaults | values))


@pytest.fixture
def render(tmp_path):
    def render(body, *, convention="plain", settings=None, posts=(), id="https://example.org/one/", **values):
        config = make_config(tmp_path, convention=convention, **(settings or {}))
        post = make_post(body, **values)
        return Renderer(config, [post, *posts]).render(post, id=id)

    return render


def test_addresses_become_absolute(render):
    entry = render("[a](../b) ![c](c.png) [d](#d) [e](//cdn.example/x) [f](/g) [h](mailto:a@example.org)").entry
    for address in (
        "https://example.org/b",
        "https://example.org/one/c.png",
        "https://example.org/one/#d",
        "https://cdn.example/x",
        "https://example.org/g",
        "mailto:a@example.org",
    ):
        assert f'"{address}"' in entry.content


def test_a_vertical_tab_is_left_out_and_reported_with_its_line(render):
    result = render("one\n\ntwo \x0bthree", body_line=7)
    assert "two three" in result.entry.content
    assert [(problem.path, problem.line) for problem in result.problems] == [("posts/one.md", 9)]


def test_jekylls_site_variables_are_filled_in_and_code_stays_as_written(render):
    body = "![x]({{ site.url }}{{ site.baseurl }}/x.png){:.center}\n\n`{{ page.title }}` {% raw %}{{ y }}{% endraw %}"
    entry = render(body, convention="jekyll").entry
    assert 'src="https://example.org/x.png"' in entry.content
    assert "<code>{{ page.title }}</code>" in entry.content
    assert "{{ y }}" in entry.content


def test_a_renderer_can_travel_to_another_process(tmp_path):
    post = make_post("[other](two.md)")
    other = make_post("x", source="posts/two.md", url="https://example.org/zwei/")
    renderer = pickle.loads(pickle.dumps(Renderer(make_config(tmp_path), [post, other])))
    result = renderer.render(post, id="x")
    assert 'href="https://example.org/zwei/"' in result.entry.content
    assert result.by_siblings


def test_the_classic_dialect_is_rendered_as_python_markdown(render):
    entry = render('Term\n:   Meaning\n\n!!! note "Mind"\n    this', markup=Markup.MARKDOWN).entry
    assert "<dt>Term</dt>" in entry.content
    assert "this" in entry.content


def test_a_summary_is_never_empty(render):
    assert render("").entry.summary == "One"
    assert render("![](x.png)").entry.summary == "One"
    assert render("First one. \n\nSecond.").entry.summary == "First one."
    assert render("Above it.\n\nStill above.\n\n<!-- more -->\n\nBelow.").entry.summary == "Above it. Still above."


def test_a_fingerprint_follows_the_words_alone():
    assert fingerprint(make_post("Some *words*.")) == fingerprint(make_post("some words"))
    assert fingerprint(make_post("Some words.")) != fingerprint(make_post("Other words."))
