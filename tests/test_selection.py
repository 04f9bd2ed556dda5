from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest

from feeds.errors import ConfigError
from feeds.models import History, Remembered, Status
from feeds.selection import order_newest_first, select_feeds, select_new
from making import START, make_config, make_post

NOW = START + timedelta(days=30)


def select(config, posts, history=None, newsletter="weekly"):
    return select_new(
        posts,
        ids={post.source: post.url for post in posts},
        newsletter=newsletter,
        settings=config.settings.newsletters,
        authors=config.authors,
        language=config.site.language,
        history=history or History(),
        now=NOW,
    )


def names(posts):
    return [post.title for post in posts]


def test_each_tag_author_and_category_with_a_published_post_has_a_feed(tmp_path):
    posts = [
        make_post("one", tags=("C", "C++"), categories=("News",), authors=("Ada", "Bob")),
        make_post("two", tags=("Secret",), status=Status.DRAFT),
    ]
    plans = select_feeds(make_config(tmp_path), posts).plans
    assert next(plan.path for plan in plans) == ""
    assert {plan.name for plan in plans} == {"", "C", "C++", "News", "Ada", "Bob"}
    assert len({plan.path.casefold() for plan in plans}) == len(plans)


def test_two_names_with_one_slug_get_a_warning(tmp_path):
    problems = select_feeds(make_config(tmp_path), [make_post(tags=("C", "C++"))]).problems
    assert [problem.severity for problem in problems] == ["warning"]
    assert "`C++`" in problems[0].message


def test_a_slug_of_ones_own_names_the_folder_and_ends_the_warning(tmp_path):
    config = make_config(tmp_path, '[feeds.slugs]\n"C++" = "cpp"\n')
    selected = select_feeds(config, [make_post(tags=("C", "C++"))])
    assert {plan.path for plan in selected.plans if plan.kind == "tag"} == {"tags/c", "tags/cpp"}
    assert selected.problems == ()


@pytest.mark.parametrize("slugs", ['x = "a/b"', 'x = ".."', 'x = ""', 'x = "A"\ny = "a"'])
def test_a_slug_that_cannot_work_is_refused(tmp_path, slugs):
    with pytest.raises(ConfigError, match="slugs"):
        make_config(tmp_path, f"[feeds.slugs]\n{slugs}\n")


def test_a_feed_is_newest_first_and_limited(tmp_path):
    config = make_config(tmp_path, "[feeds]\nlimit = 2\n")
    plan = select_feeds(config, [make_post("old", day=0), make_post("new", day=9), make_post("mid", day=5)]).plans[0]
    assert names(plan.posts) == ["New", "Mid"]
    assert plan.total == 3


def test_posts_of_one_moment_have_one_order():
    posts = [make_post("b"), make_post("a"), make_post("c")]
    assert names(order_newest_first(posts)) == names(order_newest_first(posts[::-1]))


def test_a_post_that_wants_no_feed_is_in_none(tmp_path):
    plans = select_feeds(make_config(tmp_path), [make_post("one", tags=("x",), in_feeds=False)]).plans
    assert [plan.total for plan in plans] == [0]


def test_a_custom_feed_takes_what_its_filter_says(tmp_path):
    text = (
        '[authors.bob]\nname = "Bob"\n'
        '[[feeds.custom]]\nname = "picked"\ntags = { any = ["X"], not = ["y"] }\nauthors = "bob"\n'
    )
    posts = [
        make_post("yes", tags=("x",), authors=("Bob",)),
        make_post("tagged-out", tags=("x", "y"), authors=("Bob",)),
        make_post("other-author", tags=("x",)),
    ]
    plan = next(plan for plan in select_feeds(make_config(tmp_path, text), posts).plans if plan.kind == "custom")
    assert names(plan.posts) == ["Yes"]


def test_a_post_that_names_no_language_is_in_the_sites(tmp_path):
    text = (
        '[site]\nlanguage = "en-GB"\n[feeds]\nby = ["language"]\n'
        '[[feeds.custom]]\nname = "english"\nlanguage = "en"\n'
        '[[feeds.custom]]\nname = "other"\nlanguage = { not = ["en"] }\n'
    )
    posts = [make_post("a", language="de"), make_post("b"), make_post("c", language="en-US")]
    plans = select_feeds(make_config(tmp_path, text), posts).plans
    found = {(plan.kind, plan.name): names(plan.posts) for plan in plans[1:]}
    assert found == {
        ("language", "de"): ["A"],
        ("language", "en-GB"): ["B"],
        ("language", "en-US"): ["C"],
        ("custom", "english"): ["B", "C"],
        ("custom", "other"): ["A"],
    }


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        ('tags = { all = ["x", "y"] }', ["Both"]),
        ('tags = { not = ["x"] }', ["Plain"]),
        ('categories = "News"\ntags = "x"', ["X"]),
        ('authors = { not = ["Bob"] }', ["Plain", "X"]),
        ('authors = { all = ["Ada", "bob"] }', ["Both"]),
    ],
)
def test_a_filter_may_ask_for_all_or_none_and_of_several_kinds(tmp_path, wanted, chosen):
    posts = [
        make_post("x", tags=("X",), categories=("news",), authors=("Ada",)),
        make_post("both", tags=("x", "y"), authors=("Ada", "Bob")),
        make_post("plain", authors=("Ada",)),
    ]
    text = f'[authors.bob]\nname = "Bob"\n[[feeds.custom]]\nname = "picked"\n{wanted}\n'
    plans = select_feeds(make_config(tmp_path, text), posts).plans
    assert sorted(names(next(plan for plan in plans if plan.kind == "custom").posts)) == chosen


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ("", "https://blog.example/"),
        ('home_page = "/craft/"', "https://blog.example/craft/"),
        ('home_page = "https://craft.example/"', "https://craft.example/"),
    ],
)
def test_a_custom_feed_knows_its_title_description_and_home_page(tmp_path, written, page):
    text = f'[[feeds.custom]]\nname = "craft"\ntitle = "Craft"\ndescription = "How it is done."\n{written}\n'
    plan = select_feeds(make_config(tmp_path, text), [make_post("one")]).plans[-1]
    assert (plan.title, plan.description, plan.home_page_url) == ("Craft", "How it is done.", page)


def test_without_an_address_there_are_no_feeds_and_the_key_is_named(tmp_path):
    from feeds.config import Findings

    with pytest.raises(ConfigError, match=r"site\.url"):
        select_feeds(make_config(tmp_path, findings=Findings()), [])


def test_new_means_in_no_issue_yet_whatever_the_date(tmp_path):
    config = make_config(tmp_path, "[newsletters.weekly]\n")
    posts = [make_post("backdated", day=0), make_post("sent", day=20), make_post("fresh", day=25)]
    chosen = select(config, posts, History(seen={"weekly": frozenset({"https://blog.example/sent/"})}))
    assert names(chosen.due) == ["Backdated", "Fresh"]


def test_the_cap_leaves_the_newest_waiting_and_age_and_doubt_hold_back(tmp_path):
    config = make_config(tmp_path, "[newsletters.weekly]\nmax_posts = 1\nmax_age = 20\n")
    posts = [
        make_post("ancient", day=0),
        make_post("odd", day=20),
        make_post("first", day=21),
        make_post("next", day=22),
    ]
    odd = Remembered(
        id="https://blog.example/odd/", source="posts/odd.md", url="", title="Odd", fingerprint="", held=True
    )
    chosen = select(config, posts, History(posts=(odd,)))
    assert names(chosen.due) == ["First"]
    assert names(chosen.waiting) == ["Next"]
    assert names(chosen.too_old) == ["Ancient"]
    assert names(chosen.held) == ["Odd"]


def test_a_post_of_another_newsletter_is_left_out_where_asked(tmp_path):
    text = '[newsletters.weekly]\nnot_in = "release"\n[newsletters.release]\ntags = "release"\n'
    posts = [make_post("a", day=20), make_post("b", day=21, tags=("Release",))]
    config = make_config(tmp_path, text)
    assert names(select(config, posts).due) == ["A"]
    assert names(select(config, posts, newsletter="release").due) == ["B"]


def test_a_scheduled_post_is_in_nothing():
    post = make_post("later", status=Status.SCHEDULED, published=datetime(2099, 1, 1, tzinfo=UTC))
    assert order_newest_first([post]) == []


def test_posts_of_many_years_are_not_compared_with_each_other(tmp_path):
    class Post(type(make_post())):
        def __eq__(self, other):
            raise AssertionError("thousands that are too old, each compared with each other, take ten seconds")

        __hash__ = None

    days = {"old": 200, "older": 300, "new": 1}
    made = [make_post(name, published=NOW - timedelta(days=age)) for name, age in days.items()]
    posts = [Post(**{field.name: getattr(post, field.name) for field in fields(post)}) for post in made]
    selection = select(make_config(tmp_path, "[newsletters.weekly]\nmax_age = 30\n"), posts)
    assert (names(selection.due), names(selection.too_old)) == (["New"], ["Older", "Old"])
