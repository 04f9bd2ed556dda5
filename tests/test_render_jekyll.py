from datetime import UTC, datetime

import pytest

from feeds.loader.site_data import DataFolder
from feeds.models import Severity
from making import make_post
from rendering import render, render_post

DOUBLED = '{% assign x = "ab" %}{% for i in (1..16) %}{% assign x = x | append: x %}{% endfor %}'
OTHER = make_post("2026-01-02-two", source="_posts/2026-01-02-two.md", url="https://blog.example/two/")


def run(root, body, **more):
    return render_post(root, body, generator="jekyll", posts=[OTHER], **more)


@pytest.mark.parametrize(
    ("liquid", "shown"),
    [
        ("{{ site.title }}: <{{ site.url }}{{ site.baseurl }}/x>", 'Blog: <a href="https://blog.example/x">'),
        ("{{ page.title }} {{ page.url }} {{ page.mood }}", "One /one/ fine"),
        ('{{ "/a" | relative_url }} {{ "/a" | absolute_url }}', "/a https://blog.example/a"),
        ("[x]({% post_url 2026-01-02-two %})", 'href="https://blog.example/two/"'),
        ("[x]({% link _posts/2026-01-02-two.md %})", 'href="https://blog.example/two/"'),
        ("[x]({% link assets/a.pdf %})", 'href="https://blog.example/assets/a.pdf"'),
        ("{% if page.mood %}yes{% else %}no{% endif %}", "yes"),
        ("{% for i in (1..3) %}{{ i }}{% endfor %}", "123"),
        ('{{ page.date | date: "%-d %B %Y" }}', "5 March 2026"),
        ('{{ "now" | date: "%Y-%m-%d" }}', "2026-03-05"),
        ('{{ "86400" | date: "%Y-%m-%d" }} {{ page.date | date: "%s" | plus: 86400 | date: "%d" }}', "1970-01-02 06"),
        ("{{ page.date | date_to_string }}", "05 Mar 2026"),
        ('{{ "A Title!" | slugify }} {{ "a b" | uri_escape }}', "a-title a%20b"),
        ("{{ page.tags | array_to_sentence_string }}", "x, y, and z"),
        ("{% capture /dev/null %}nobody {% assign a = 1 %}{% endcapture %}{{ a }}{{ dev }}", "<p>1nobody"),
        ('{% assign g = site.people | group_by: "at" %}{% for x in g %}{{ x.name }}{{ x.size }}{% endfor %}', "a2b1"),
        ('{{ site.people | where_exp: "one", "one.at == \'a\' and one.n > 1" | map: "n" | join }}', "<p>2</p>"),
        ('{% assign p = site.people | find_exp: "one", "one.at == \'b\'" %}{{ p.n }}', "<p>3</p>"),
        ('{% assign g = site.people | group_by_exp: "o", "o.at | upcase" %}{{ g[1].name }}{{ g.size }}', "<p>B2</p>"),
        ('{{ page.tags | push: "p" | unshift: "u" | shift | pop: 2 | join: "." }}', "<p>x.y</p>"),
        ("{% comment %}nobody{% endcomment %}text", "<p>text</p>"),
        ("{% raw %}{{ left }}{% endraw %}", "{{ left }}"),
        ('{{ "{% gist ada/12 " }}%}', "{% gist ada/12 %}"),
        ("`{{ '{% highlight ruby ' }}%}`", "<code>{% highlight ruby %}</code>"),
        ("```\n{% raw %}{{ left }}{% endraw %}\n```", "<code>{{ left }}\n</code>"),
        ("{% raw %}\n```\n{{ left }}\n```\n{% endraw %}", "<code>{{ left }}\n</code>"),
        ("`{{ site.url }}` {% assign a = 1 %}{{ a }}", "<code>{{ site.url }}</code> 1"),
    ],
)
def test_liquid_says_what_it_says_in_jekyll(tmp_path, liquid, shown):
    date = datetime(2026, 3, 5, 10, tzinfo=UTC)
    people = [{"at": "a", "n": 1}, {"at": "a", "n": 2}, {"at": "b", "n": 3}]
    options = {"variables": {"people": people}}
    result = run(tmp_path, liquid, extra={"mood": "fine"}, published=date, tags=("x", "y", "z"), options=options)
    assert shown in result.entry.content
    assert not result.problems


def test_an_include_is_a_file_of_the_sites_with_its_arguments(tmp_path):
    (tmp_path / "_includes").mkdir()
    (tmp_path / "_includes" / "fig.html").write_text('<img src="{{ include.src }}" alt="{{ include.alt }}">`{{ x }}`')
    result = run(tmp_path, '{% include fig.html\n  src="/a.png" alt=page.title %}')
    assert '<img src="https://blog.example/a.png" alt="One">' in result.entry.content
    assert "<code>{{ x }}</code>" in result.entry.content
    assert "_includes/fig.html" in result.files


@pytest.mark.parametrize(
    "tag", ["include ../secret", "include_relative ../../secret", "include /etc/passwd", "include link"]
)
def test_no_include_leaves_the_site(tmp_path, tag):
    site = tmp_path / "site"
    (site / "_includes").mkdir(parents=True)
    (tmp_path / "secret").write_text("hunter2")
    (site / "_includes" / "link").symlink_to(tmp_path / "secret")
    result = run(site, f"before {{% {tag} %}} after")
    assert result.entry.content == "<p>before  after</p>\n"
    (problem,) = result.problems
    assert (problem.path, problem.line, problem.severity) == ("posts/one.md", 1, Severity.WARNING)


@pytest.mark.parametrize(
    "runaway",
    [
        "{% for i in (1..1000000000) %}x{% endfor %}",
        "{% for i in (1..9000) %}{% for j in (1..9000) %}y{% endfor %}{% endfor %}",
        '{% assign x = "ab" %}{% for i in (1..99) %}{% assign x = x | append: x %}{% endfor %}{{ x }}',
        f'{DOUBLED}{{{{ x | replace: "a", x }}}}',
        f'{DOUBLED}{{{{ x | split: "" | join: x }}}}',
        "{% include loop.html %}",
        f"{DOUBLED}{{% for i in (1..9999) %}}{{% assign y = x | upcase | downcase | strip %}}{{% endfor %}}",
    ],
)
def test_no_loop_runs_away(tmp_path, runaway):
    (tmp_path / "_includes").mkdir()
    (tmp_path / "_includes" / "loop.html").write_text("{% include loop.html %}{% include loop.html %}")
    result = run(tmp_path, f"before\n\n{runaway}\n\nafter")
    assert "after" in result.entry.content
    assert len(result.entry.content) < 3_000_000
    assert result.problems


def test_no_template_sees_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("LISTMONK_TOKEN", "hunter2")
    body = "{{ env.LISTMONK_TOKEN }}{{ site.env }}{{ jekyll.environment }}{{ page.__class__ }}"
    body += "{{ site.__globals__ }}{{ ENV }}"
    assert run(tmp_path, f"x{body}y").entry.content == "<p>xy</p>\n"


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ("{{ x | nosuchfilter }}", 3),
        ("{% include nosuch.html %}", 3),
        ("{% post_url 2020-01-01-nosuch %}", 3),
        ("{{ x | date: }", 3),
    ],
)
def test_what_cannot_run_is_left_out_and_reported_with_its_line(tmp_path, broken, line):
    result = run(tmp_path, f"before\n\nx {broken} y\n\nafter", body_line=1)
    assert "before" in result.entry.content
    assert "after" in result.entry.content
    assert [problem.line for problem in result.problems] == [line]


def test_a_block_that_is_never_closed_does_not_swallow_the_post(tmp_path):
    result = run(tmp_path, "{% if page.title %}one\n\ntwo {{ page.title }}")
    assert "one" in result.entry.content
    assert "two" in result.entry.content
    assert result.problems


def test_a_post_may_ask_for_no_liquid(tmp_path):
    assert "{{ site.title }}" in run(tmp_path, "{{ site.title }}", extra={"render_with_liquid": False}).entry.content


def test_data_files_of_the_sites_are_read_when_a_post_shows_them(tmp_path):
    (tmp_path / "_data" / "deep").mkdir(parents=True)
    (tmp_path / "_data" / "releases.yml").write_text("- version: 1.10\n  size: 3\n- version: 2.0\n  size: 4\n")
    (tmp_path / "_data" / "deep" / "people.csv").write_text("name,age\nAda,36\n")
    (tmp_path / "_data" / "broken.yml").write_text("a: [")
    options = {"data": DataFolder(tmp_path, "_data")}
    body = '{% assign r = site.data.releases | where: "version", "1.10" | first %}{{ r.size }}'
    result = run(tmp_path, body + "{{ site.data.deep.people[0].name }}{{ site.data.none }}", options=options)
    assert result.entry.content == "<p>3Ada</p>\n"
    assert {"_data/releases.yml", "_data/deep/people.csv", "_data/none.yml"} <= set(result.files)
    assert not result.problems
    broken = run(tmp_path, "a{{ site.data.broken.a }}b", options=options)
    assert "ab" in broken.entry.content
    assert "broken.yml" in broken.problems[0].message


def test_what_an_include_indents_is_laid_out_and_no_code(tmp_path):
    (tmp_path / "_includes").mkdir()
    (tmp_path / "_includes" / "list.html").write_text(
        "{% for i in (1..2) %}\n\n    {% if i == 2 %}two{% endif %}\n{% endfor %}"
    )
    result = run(tmp_path, "{% include list.html %}")
    assert "two" in result.entry.content
    assert "{%" not in result.entry.content
    assert not result.problems


def test_a_block_of_a_plugins_is_one_mistake_and_keeps_what_it_encloses(tmp_path):
    (tmp_path / "_includes").mkdir()
    (tmp_path / "_includes" / "a.html").write_text("{% anchored %}\nwords\n{% endanchored %}")
    result = run(tmp_path, "{% include a.html %}")
    assert "words" in result.entry.content
    assert len(result.problems) == 1


def test_a_mistake_in_an_include_is_named_with_the_includes_line(tmp_path):
    (tmp_path / "_includes").mkdir()
    (tmp_path / "_includes" / "a.html").write_text("a\n{{ 1 | nothing }}\nb")
    (problem,) = run(tmp_path, "x\n\n{% include a.html %}\n").problems
    assert problem.line is None
    assert "a.html:2: " in problem.message


def test_a_site_may_keep_its_includes_elsewhere(tmp_path):
    (tmp_path / "src" / "parts").mkdir(parents=True)
    (tmp_path / "src" / "parts" / "a.html").write_text("<b>here</b>")
    options = {"variables": {"source": "./src", "includes_dir": "parts"}}
    assert "<b>here</b>" in run(tmp_path, "{% include a.html %}", options=options).entry.content


def test_other_generators_posts_are_no_liquid(tmp_path):
    assert "{{ site.title }}" in render(tmp_path, "{{ site.title }}", generator="hugo")


def test_the_sites_own_settings_are_variables_of_the_site(tmp_path):
    options = {"variables": {"email": "a@blog.example", "url": "https://staging.example", "deep": {"key": ["x", "y"]}}}
    result = run(tmp_path, "{{ site.email }} {{ site.deep.key[1] }} {{ site.url }}", options=options)
    assert "a@blog.example" in result.entry.content
    assert " y " in result.entry.content
    assert "staging" not in result.entry.content
