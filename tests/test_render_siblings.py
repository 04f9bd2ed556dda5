import pytest

from feeds.render.siblings import Siblings

URLS = {
    "_posts/2026-01-02-a-post.md": "/a/",
    "content/blog/bundle/index.md": "/b/",
    "content/blog/Page.mdx": "/c/",
    "content/zzz/page.md": "/d/",
}


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("_posts/2026-01-02-a-post.md", "/a/"),
        ("2026-01-02-a-post", "/a/"),
        ("a-post", "/a/"),
        ("bundle", "/b/"),
        ("blog/bundle/index.md", "/b/"),
        ("/blog/bundle/", "/b/"),
        ("page", "/c/"),
        ("zzz/page", "/d/"),
        ("ost", None),
        ("", None),
        ("nothing.md", None),
    ],
)
def test_a_post_is_found_by_what_links_call_it(name, url):
    assert Siblings(URLS).find(name) == url


def test_jekylls_post_url_needs_the_date():
    assert Siblings(URLS).find_dated("2026-01-02-a-post") == "/a/"
    assert Siblings(URLS).find_dated("sub/2026-01-02-a-post.md") == "/a/"
    assert Siblings(URLS).find_dated("a-post") is None


def test_what_was_asked_is_remembered_with_its_answer():
    siblings = Siblings(URLS)
    assert not siblings.asked
    siblings.get("x")
    siblings.find(" page/ ")
    asked = siblings.asked
    assert list(asked.values()) == [None, "/c/"]
    assert {question: Siblings({"x": "/x/"}).answer(question) for question in asked} == dict(
        zip(asked, ["/x/", None], strict=True)
    )
