"""Where issues stay on the web."""

from datetime import UTC, datetime

from lxml import html

from feeds.digest import archive_page, issue_entries, issue_path, issue_url
from feeds.models import Issue, IssueState
from making_digests import make_config


def issue(number, *, subject="A subject", day=1, composed=True):
    moment = datetime(2026, 5, day, 9, tzinfo=UTC)
    return Issue(
        newsletter="weekly",
        number=number,
        key=f"{number:064}",
        state=IssueState.DELIVERED,
        subject=subject,
        post_ids=("a", "b"),
        composed_at=moment if composed else None,
    )


def test_each_issue_has_an_address_that_never_moves(tmp_path):
    config = make_config(tmp_path)
    assert issue_path("weekly", 7) == "newsletters/weekly/7/index.html"
    assert issue_url(config, "weekly", 7) == "https://example.org/newsletters/weekly/7/"
    assert issue_url(config, "weekly") == "https://example.org/newsletters/weekly/"


def test_entries_are_newest_first_and_only_of_what_was_composed(tmp_path):
    entries = issue_entries(
        make_config(tmp_path), newsletter="weekly", issues=[issue(1), issue(3, composed=False), issue(2, day=8)]
    )
    assert [entry.url for entry in entries] == [
        "https://example.org/newsletters/weekly/2/",
        "https://example.org/newsletters/weekly/1/",
    ]
    assert entries[0].summary == "Issue 2\xa0· 2 new posts"
    assert entries[0].published == datetime(2026, 5, 8, 9, tzinfo=UTC)


def test_an_issue_keeps_its_id_on_another_domain(tmp_path):
    def list_ids(url):
        entries = issue_entries(make_config(tmp_path, url=url), newsletter="weekly", issues=[issue(1), issue(2)])
        return [entry.id for entry in entries]

    before = list_ids("http://old.example/")
    assert list_ids("https://example.org/blog/") == before
    assert len(set(before)) == 2
    assert all(id_.startswith("urn:uuid:") for id_ in before)


def test_the_page_lists_every_issue_with_its_date(tmp_path):
    config = make_config(tmp_path, {"title": "The Letter"})
    feed = "https://example.org/newsletters/weekly/atom.xml"
    issues = [issue(1, subject="<b> & co"), issue(2, day=8)]
    page = html.document_fromstring(archive_page(config, newsletter="weekly", issues=issues, feed_url=feed).decode())
    links = [(a.text_content(), a.get("href")) for a in page.cssselect("h2 a")]
    assert links == [
        ("A subject", "https://example.org/newsletters/weekly/2/"),
        ("<b> & co", "https://example.org/newsletters/weekly/1/"),
    ]
    assert "1 May 2026\xa0· Issue 1\xa0· 2 new posts" in page.text_content()
    assert page.cssselect(f'link[rel="alternate"][href="{feed}"]')
    assert page.cssselect("h1")[0].text_content() == "The Letter"
