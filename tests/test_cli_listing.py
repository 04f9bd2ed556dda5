import pytest

from cli_sites import POSTS, TOML, feeds, make_site, snapshot, write_post

KEYS = [
    "source",
    "status",
    "reason",
    "title",
    "published",
    "updated",
    "url",
    "id",
    "authors",
    "tags",
    "categories",
    "language",
]


@pytest.fixture
def site(tmp_path):
    return make_site(
        tmp_path / "site",
        ("full", {"date": "2026-02-01T08:00:00+01:00", "updated": "2026-02-05", "authors": ["Ada", "Zoë"]}),
        ("tagged", {"tags": ["Red", "red", "Blue"], "category": "Notes", "lang": "pt-BR"}),
        ("draft", {"draft": True}),
        ("later", {"date": "2026-12-24"}),
        ("gone", {"expires": "2026-02-20"}),
        ("undated", {"date": None}),
    )


def listed(site, **more):
    return {post["source"].removeprefix("posts/"): post for post in feeds(site, "list", "--json", **more).objects}


def test_each_post_is_an_object_with_just_these_keys(site):
    found = feeds(site, "list", "--json")
    assert (found.status, found.err) == (0, "")
    assert [list(post) for post in found.objects] == [KEYS] * 6
    assert [post["source"] for post in found.objects] == sorted(post["source"] for post in found.objects)


def test_a_published_post_says_all_that_is_known(site):
    assert listed(site)["full.md"] == {
        "source": "posts/full.md",
        "status": "published",
        "reason": "",
        "title": "Full",
        "published": "2026-02-01T08:00:00+01:00",
        "updated": "2026-02-05T00:00:00+00:00",
        "url": "https://blog.example/full/",
        "id": "https://blog.example/full/",
        "authors": ["Ada", "Zoë"],
        "tags": [],
        "categories": [],
        "language": None,
    }
    tagged = listed(site)["tagged.md"]
    assert (tagged["tags"], tagged["categories"], tagged["language"]) == (["Red", "Blue"], ["Notes"], "pt-BR")


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("draft", "draft", "draft: true"),
        ("later", "scheduled", "not before 2026-12-24T00:00:00+00:00"),
        ("gone", "expired", "expired on 2026-02-20T00:00:00+00:00"),
        ("undated", "undated", "date"),
    ],
)
def test_a_post_that_stays_out_says_why(site, name, status, reason):
    post = listed(site)[f"{name}.md"]
    assert (post["status"], post["id"]) == (status, None)
    assert reason in post["reason"]
    assert f"{status:<9}  posts/{name}.md" in feeds(site, "list").out
    story = feeds(site, "why", f"{name}.md")
    assert story.out.startswith(f"posts/{name}.md is {status}")
    assert "in no feed, and no newsletter will take it" in story.out


def test_an_empty_file_is_invalid(site):
    (site / "posts/empty.md").write_text("")
    post = listed(site)["empty.md"]
    assert post["status"] == "invalid"
    assert "empty" in post["reason"]


def test_a_scheduled_post_is_published_when_its_moment_comes(site):
    assert listed(site, now="2026-12-23T23:59:59Z")["later.md"]["status"] == "scheduled"
    assert listed(site, now="2026-12-24T00:00:00Z")["later.md"]["status"] == "published"


def test_without_an_address_of_the_site_there_are_paths_and_no_ids(tmp_path):
    site = make_site(tmp_path, "one", toml=POSTS)
    (post,) = listed(site).values()
    assert (post["url"], post["id"]) == ("/one/", None)


def test_listing_changes_nothing(site):
    before = snapshot(site)
    for command in (["list"], ["why", "full.md"], ["check"], ["snippet"], ["status"], ["diff"]):
        assert feeds(site, *command).status == 0
    assert snapshot(site) == before


def test_why_names_the_feeds_of_a_post(site):
    story = feeds(site, "why", "posts/tagged.md")
    assert story.status == 0
    assert "posts/tagged.md is published as https://blog.example/tagged/" in story.out
    for feed in ("the site’s", "tags/red", "tags/blue", "categories/notes"):
        assert feed in story.out


@pytest.mark.parametrize("wanted", ["posts/full.md", "full.md", "https://blog.example/full/", "FULL"])
def test_a_post_may_be_meant_by_file_address_or_title(site, wanted):
    assert feeds(site, "why", wanted).out.startswith("posts/full.md is published")


def test_why_asks_back_where_no_post_or_several_are_meant(site):
    nobody = feeds(site, "why", "nobody.md")
    assert (nobody.status, nobody.out) == (2, "")
    assert "nobody.md: there is no such post; `feeds list` shows them all" in nobody.err
    write_post(site, "other/full", date="2026-02-02")
    several = feeds(site, "why", "full.md")
    assert several.status == 2
    assert "full.md: may be posts/full.md, posts/other/full.md; name one of them" in several.err


def test_why_names_the_post_that_has_the_same_address(site):
    for name in ("first", "second"):
        write_post(site, name, date="2026-02-01" if name == "first" else "2026-02-02", permalink="/same/")
    assert "it has the same address as posts/first.md" in feeds(site, "why", "second.md").out


def test_why_knows_that_a_post_is_kept_out_of_the_feeds_or_too_old_for_them(site):
    write_post(site, "secret", date="2026-02-02", feed=False)
    assert "stays out of the feeds: it says `feed: false`" in feeds(site, "why", "secret.md").out
    old = feeds(site, "why", "full.md", "--set", "feeds.limit=1", "--set", "feeds.by=[]")
    assert "older than the newest 1" in old.out


def test_check_names_each_shortcode_that_vanishes_once_with_its_count(tmp_path):
    toml = TOML.replace('path = "posts"', 'path = "posts"\nconvention = "hugo"')
    site = make_site(tmp_path, "one", "two", toml=toml)
    write_post(site, "one", "a {{< odd 1 >}} {{< odd 2 >}}\n\nb {{< odd 3 >}} {{< rare >}}", date="2026-02-01")
    write_post(site, "two", "c {{< odd >}} {{< youtube dQw4w9WgXcQ >}}", date="2026-02-02")
    notes = [line for line in feeds(site, "check").err.splitlines() if line.startswith("note: ")]
    assert notes == [
        "note: posts/one.md:5: shortcode `odd` has no counterpart in a feed (4 times, in 2 posts)",
        "note: posts/one.md:7: shortcode `rare` has no counterpart in a feed",
    ]


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    ("generator", "body", "missing"),
    [
        ("jekyll", "{% include box.html %}", "Liquid: include box.html is no text file below _includes"),
        ("mkdocs", '--8<-- "box.md"', "snippet box.md is no text file of the site"),
    ],
)
def test_a_file_that_many_posts_miss_is_said_once_with_a_count(tmp_path, command, generator, body, missing):
    toml = TOML.replace('path = "posts"', f'path = "posts"\nconvention = "{generator}"')
    site = make_site(tmp_path, "2026-02-01-one", "2026-02-02-two", "2026-02-03-three", toml=toml)
    for name in ("one", "two", "three"):
        day = f"2026-02-0{['one', 'two', 'three'].index(name) + 1}"
        write_post(site, f"{day}-{name}", f"Text\n\n{body}\n", date=day)
    result = feeds(site, command)
    (said,) = (line for line in result.err.splitlines() if missing in line)
    assert said.startswith(f"warning: posts/2026-02-01-one.md:7: {missing}")
    assert said.endswith("(3 times, in 3 posts)")
    assert "1 warning" in result.out + result.err


def test_check_says_that_a_notebook_is_no_post(tmp_path):
    site = make_site(tmp_path, "one")
    (site / "posts" / "deep").mkdir()
    (site / "posts" / "deep" / "two.ipynb").write_text('{"cells": []}')
    assert "warning: posts/deep/two.ipynb: is a notebook, which is no post here: `" in feeds(site, "check").err
    for name in ("four", "three"):
        (site / "posts" / "deep" / f"{name}.ipynb").write_text('{"cells": []}')
    (said,) = (line for line in feeds(site, "check").err.splitlines() if "notebook" in line)
    assert said.startswith("warning: posts/deep/four.ipynb: ")
    assert "and so are 2 others in its folder" in said
