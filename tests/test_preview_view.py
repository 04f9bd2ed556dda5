"""What the page shows, before anybody serves it."""

from datetime import datetime

from cli_sites import NOW, TOML, WEEKLY, make_site, write_post
from feeds.preview.view import SiteView, view_site
from feeds.publisher.build import build_site
from feeds.publisher.request import Request, read_config


def test_new_issues_are_seen_before_all_feeds_have_been_read_back(tmp_path):
    site = make_site(tmp_path, "one", toml=TOML + WEEKLY)
    request = Request(root=site, now=datetime.fromisoformat(NOW))
    *_, before = view_site(request, SiteView())
    write_post(site, "two", date="2026-02-20")
    first, whole = view_site(request, before)
    assert [place.title for place in first.newsletters[0].included] == ["Two", "One"]
    assert first.newsletters == whole.newsletters
    assert [len(view.feeds[0].entries) for view in (before, first, whole)] == [1, 1, 2]


def test_every_feed_has_its_entries_after_a_build_that_left_it_unchanged(tmp_path):
    site = make_site(tmp_path, "one", toml=TOML + WEEKLY)
    write_post(site, "two", date="2026-02-20", tags=["Bees"])
    request = Request(root=site, now=datetime.fromisoformat(NOW))
    build_site(read_config(request), now=request.now)
    *_, view = view_site(request, SiteView())
    assert [[entry.title for entry in feed.entries] for feed in view.feeds[:2]] == [["Two", "One"], ["Two"]]


def test_a_setting_that_breaks_leaves_everything_as_it_was(tmp_path):
    site = make_site(tmp_path, "one", toml=TOML + WEEKLY)
    request = Request(root=site, now=datetime.fromisoformat(NOW))
    *_, before = view_site(request, SiteView())
    (site / "feeds.toml").write_text("[site\n")
    (broken,) = view_site(request, before)
    assert broken.error.startswith("feeds.toml:1")
    assert broken.newsletters == before.newsletters
    (site / "feeds.toml").write_text(TOML + WEEKLY)
    assert [view.error for view in view_site(request, broken)] == ["", ""]


def test_what_stays_behind_says_why_once(tmp_path):
    site = make_site(tmp_path, "one", toml=TOML + WEEKLY)
    write_post(site, "two", date="2026-02-20", draft=True)
    write_post(site, "three", date="2099-02-20")
    *_, view = view_site(Request(root=site, now=datetime.fromisoformat(NOW)), SiteView())
    assert [place.why for place in view.newsletters[0].behind] == [
        "scheduled: not before 2099-02-20T00:00:00+00:00",
        "draft: true",
    ]
