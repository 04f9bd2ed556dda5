"""The same input gives the same bytes, wherever and whenever it is built."""

import re

import pytest

from cli_sites import example_site, feeds, finish, in_processes, start_feeds

PLACES = [
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1", "now": "2026-11-24T00:00:00Z"},
    {
        "TZ": "America/St_Johns",
        "LC_ALL": "de_DE.UTF-8",
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "4711",
        "now": "2027-03-28T02:30:00+01:00",
    },
]


@pytest.fixture(scope="module")
def twins(tmp_path_factory):
    """The example site, built and its digest composed in two places at once."""
    sites = [example_site(tmp_path_factory.mktemp("place") / name) for name in ("a", "somewhere else, ü")]
    for command, moments in (("build", [place["now"] for place in PLACES]), ("digest", [PLACES[0]["now"]] * 2)):
        running = [
            start_feeds(command, "--site", site, "--now", now, **{k: v for k, v in place.items() if k != "now"})
            for site, place, now in zip(sites, PLACES, moments, strict=True)
        ]
        for process in running:
            assert finish(process).status == 0
    return sites


def read_all(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_feeds_are_the_same_bytes_in_any_folder_zone_language_and_at_any_time(twins):
    one, other = (read_all(site / "public") for site in twins)
    assert len(one) > 50
    assert one == other


def test_a_digest_is_the_same_bytes_in_any_folder_zone_and_language(twins):
    one, other = (read_all(site / "preview/weekly") for site in twins)
    assert sorted(path.name for path in one) == ["issue.eml", "issue.html", "issue.txt"]
    assert one == other


EVERY_ENTRY = """{% extends "feeds/subscribe.html" %}
{% block latest %}{% for group in groups %}{% for feed in group.shown %}
{{ feed.name }}: {% for entry in feed.entries %}{{ entry.title }}, {{ entry.content|length }}; {% endfor %}
{% endfor %}{% endfor %}{% endblock %}
"""


@pytest.mark.parametrize("several", [True, False])
def test_the_page_is_the_same_bytes_with_and_without_the_entries_of_all_feeds(tmp_path, several):
    made = []
    for template in ("", '{% extends "feeds/subscribe.html" %}'):
        site = example_site(tmp_path / str(len(template)))
        if template:  # which may ask for any of them
            (site / "templates/feeds").mkdir(parents=True)
            (site / "templates/feeds/subscribe.html").write_text(template, "utf-8")
        with in_processes(several=several):
            assert feeds(site, "build", now="2026-11-24T00:00:00Z").status == 0
        made.append((site / "public/subscribe/index.html").read_bytes())
    assert made[0] == made[1]
    assert len(re.findall("· last on", made[0].decode())) > 2


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--set", "feeds.content=summary"),
        ("--set", "feeds.max_bytes=10000"),
        ("--set", 'feeds.by=["language", "tag"]', "--set", 'feeds.formats=["json", "rss"]'),
    ],
)
def test_feeds_are_the_same_bytes_however_many_processes_make_them(tmp_path, options):
    made = []
    for several in (True, False):
        site = example_site(tmp_path / str(several))
        post = site / "posts/one-in-german.md"
        post.write_text("---\ntitle: Hallo\ndate: 2026-01-01\nlang: de\ntags: [identity]\n---\nGuten Tag.\n", "utf-8")
        (site / "templates/feeds").mkdir(parents=True, exist_ok=True)
        (site / "templates/feeds/subscribe.html").write_text(EVERY_ENTRY, "utf-8")
        with in_processes(several=several):
            assert feeds(site, "build", *options, now="2026-11-24T00:00:00Z").status == 0
        made.append(read_all(site / "public"))
    assert made[0] == made[1]
