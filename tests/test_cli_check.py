"""`feeds check --newsletter`: what an author is told before an issue goes out."""

import json

import pytest

from cli_sites import TOML, WEEKLY, feeds, make_site, write_post

FOOTER = 'address = "Blog, 1 Long Street, Town"\ntransport = "out"\n'
OUT = '[transports.out]\nkind = "folder"\nunsubscribe = "https://lists.example/leave"\n'
CLEAN = TOML + WEEKLY + FOOTER + OUT
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\x58\0\0\1\x2c"


def check(site, *arguments):
    return feeds(site, "check", "--newsletter", "weekly", *arguments)


def findings(site):
    """Each finding as its severity, place and message."""
    found = json.loads(check(site, "--json").out)["problems"]
    return {(one["severity"], f"{one['path']}:{one['line']}", one["message"]) for one in found}


def one_finding(site):
    (found,) = findings(site)
    return found


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path, "one", toml=CLEAN)


def test_an_issue_without_faults_is_let_through(site):
    result = check(site, "--strict")
    assert result.status == 0
    assert result.out.splitlines() == [
        "weekly: issue 1, “One”, 1 post",
        "subject: 3 characters",
        result.out.splitlines()[2],
        "no problems",
    ]
    assert result.out.splitlines()[2].endswith(" of 90 KB")


def test_nothing_new_is_nothing_to_look_at(tmp_path):
    result = check(make_site(tmp_path, toml=CLEAN))
    assert (result.status, result.out) == (0, "weekly: nothing new\nno problems\n")


def test_nothing_is_written(site):
    before = sorted(site.rglob("*"))
    check(site)
    assert [path for path in sorted(site.rglob("*")) if ".feeds" not in path.parts] == before


def test_an_unknown_newsletter_is_wrong_use(site):
    result = feeds(site, "check", "--newsletter", "monthly")
    assert result.status == 2
    assert "there is weekly" in result.err


@pytest.mark.parametrize(
    ("body", "severity", "said"),
    [
        ("![A hill](hill.png)", "error", "the picture https://blog.example/one/hill.png is not in the site's folder"),
        ("![](there.png)", "warning", "the picture https://blog.example/one/there.png has no alternative text"),
        ("![A hill](heavy.png)", "warning", "the picture https://blog.example/one/heavy.png weighs 1.2 MB"),
        ("[On](gone.md)", "error", "the link https://blog.example/one/gone.md leads nowhere"),
        ("[On](/gone/)", "warning", "the link https://blog.example/gone/ leads nowhere"),
        ("[On](https://blog.example/gone/)", "warning", "the link https://blog.example/gone/ leads nowhere"),
        ("[On](/later/)", "error", "the link https://blog.example/later/ leads to posts/later.md, which is scheduled"),
        ("[On][x]\n\n[x]: /gone/ 'why'", "warning", "the link https://blog.example/gone/ leads nowhere"),
        ("[Try](http://localhost:8000/x)", "warning", "the link http://localhost:8000/x leads to your own machine"),
        ("See {{ site.name }} there.", "warning", "readers will see `{{ site.name }}`: template syntax"),
        ("{{ page.gone }}", "warning", "readers will see `{{ page.gone }}`: template syntax"),
    ],
)
def test_a_fault_of_a_post_is_named_by_file_and_line(site, body, severity, said):
    (site / "posts" / "there.png").write_bytes(PICTURE)
    (site / "posts" / "heavy.png").write_bytes(PICTURE + bytes(1_200_000))
    write_post(site, "later", date="2027-01-01")
    text = f"Words.\n\nMore words.\n\n{body}"
    path = write_post(site, "one", text, date="2026-02-01")
    found = {one for one in findings(site) if "relative link" not in one[2]}
    line = next(n for n, line in enumerate(path.read_text().splitlines(), 1) if line == body.splitlines()[-1])
    assert {(one[0], one[1]) for one in found} == {(severity, f"posts/one.md:{line}")}
    assert all(one[2].startswith(said) for one in found)
    assert check(site).status == (severity == "error")
    assert check(site, "--strict").status == 1


def test_a_relative_link_that_leads_somewhere_is_only_mentioned(site):
    (site / "posts" / "data.csv").write_text("1")
    write_post(site, "one", "[Data](data.csv)", date="2026-02-01")
    message = "the relative link data.csv goes out as https://blog.example/one/data.csv"
    assert findings(site) == {("note", "posts/one.md:5", message)}
    assert check(site, "--strict").status == 0


def test_a_link_elsewhere_that_is_not_secure_is_only_mentioned(site):
    write_post(
        site,
        "one",
        "[Them](http://them.example/a), [us](http://blog.example/one/), [safe](http://github.com/a)",
        date="2026-02-01",
    )
    severity, place, said = one_finding(site)
    assert (severity, place) == ("note", "posts/one.md:5")
    assert said.startswith("the link http://them.example/a is http:")
    assert check(site, "--strict").status == 0


@pytest.mark.parametrize(
    "body",
    [
        "[A post](/one/), [itself](#there), [home](/), [all](/tags/), [2](/page/2/), [topic](/topics/bees/)",
        "[About](/about/) and [contact](/contact-us/) and [a file](/files/paper.pdf)",
        # Pages whose address the generator makes: of a folder, with a language, a version, an id of theirs before them.
        "[Guide](/en/docs/v2/setting-up/#first), [its part](/docs/timers/), [all of them](/docs/)",
        "[Elsewhere](https://other.example/gone/) and [mail](mailto:a@b.example)",
        "`{{ site.name }}` and `{% raw %}` in code\n\n    {{ indented }}",
        '<img src="there.png" alt="">',
    ],
)
def test_what_is_right_is_passed_over(site, body):
    (site / "posts" / "there.png").write_bytes(PICTURE)
    (site / "about.md").write_text("---\ntitle: About\n---\nUs.\n")
    (site / "people.md").write_text("---\npermalink: /contact-us/\n---\nUs.\n")
    (site / "docs").mkdir()
    (site / "docs" / "setting-up.md").write_text("---\ntitle: Guide\n---\nUs.\n")
    (site / "docs" / "TimerMocks.md").write_text("---\nid: timers\n---\nUs.\n")
    (site / "static" / "files").mkdir(parents=True)
    (site / "static" / "files" / "paper.pdf").write_text("%PDF")
    write_post(site, "two", body, date="2026-02-02", tags=["Bees"])
    assert {one for one in findings(site) if "relative link" not in one[2]} == set()


def test_what_a_redirect_answers_to_is_passed_over(site):
    (site / "static").mkdir(exist_ok=True)
    (site / "static" / "_redirects").write_text(
        "# old\n/chat https://chat.example 302\n/old/* /new/:splat\n/* /404 404\n"
    )
    (site / "vercel.json").write_text('{"redirects": [{"source": "/awesome", "destination": "https://x.example"}]}')
    write_post(site, "one", "[A](/chat), [B](/old/one/two/), [C](/awesome#top), [D](/older/)", date="2026-02-01")
    ((severity, _, message),) = findings(site)
    assert severity == "warning"
    assert message.startswith("the link https://blog.example/older/ leads nowhere")


def test_what_the_settings_lack_is_named_where_the_newsletter_stands(tmp_path):
    toml = TOML + WEEKLY
    line = toml.splitlines().index("[newsletters.weekly]") + 1
    site = make_site(tmp_path, ("one", {"title": "Many words " * 9}), toml=toml)
    found = findings(site)
    assert {one[:2] for one in found} == {("warning", f"feeds.toml:{line}")}
    said = " ".join(one[2] for one in found)
    for part in ("newsletters.weekly.address is not set", "unsubscribe by a mail", "98 characters and is cut to 78"):
        assert part in said
    assert (
        "nothing can be sent without it"
        in feeds(site, "check", "--newsletter", "weekly", "--set", "newsletters.weekly.from=").err
    )


def test_a_site_under_http_is_told_what_its_links_cost_and_what_to_write(tmp_path):
    toml = CLEAN.replace("https://blog", "http://blog")
    severity, place, said = one_finding(make_site(tmp_path, "one", toml=toml))
    assert (severity, place.partition(":")[0]) == ("warning", "feeds.toml")
    assert "http:" in said
    assert 'write `url = "https://blog' in said


def test_a_template_that_forgets_what_a_mail_needs_is_an_error(site):
    override = site / "templates" / "feeds" / "digest.html"
    override.parent.mkdir(parents=True)
    override.write_text(
        '{% extends "feeds/digest.html" %}{% block footer %}<tr><td><a href="/x">x</a></td></tr>{% endblock %}'
    )
    said = " ".join(one[2] for one in findings(site))
    assert "a relative link, /x" in said
    assert "a reader cannot unsubscribe" in said
    assert "the postal address is set, but the template does not show it" in said
    assert check(site).status == 1


def test_posts_that_are_shortened_to_fit_are_named(tmp_path):
    site = make_site(tmp_path, toml=CLEAN)
    write_post(site, "long", "\n\n".join(["Many words of a long post. " * 20] * 400), date="2026-02-01")
    assert one_finding(site)[2] == "“Long” is shown as an excerpt to keep the mail under 90 KB"


def test_the_editors_introduction_is_looked_over_too(site):
    folder = site / "newsletters" / "weekly"
    folder.mkdir(parents=True)
    (folder / "next.md").write_text("Welcome.\n\nSee [this](/gone/).\n")
    severity, place, message = one_finding(site)
    assert (severity, place) == ("warning", "newsletters/weekly/next.md:3")
    assert "leads nowhere" in message
