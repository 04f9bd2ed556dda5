"""The page as its server gives it out: to whom, and what is on it."""

import re
import time

import httpx
import pytest

from cli_sites import TOML, WEEKLY, feeds, make_site, snapshot, write_post
from previews import previewing

OVERRIDE = "templates/feeds/digest.html"


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path / "site", "one", ("two", {"draft": True}), toml=TOML + WEEKLY)


def read(url):
    # A text that is on the page only once its escapes are undone says nothing about how it looks.
    answer = httpx.get(url, trust_env=False)
    assert answer.status_code == 200
    return answer.text


def wait_for(url, pattern, seconds=10):
    began = time.monotonic()
    while not re.search(pattern, page := read(url)):
        assert time.monotonic() - began < seconds, page
        time.sleep(0.05)
    return time.monotonic() - began


def test_only_who_knows_the_token_and_means_this_machine_is_let_in(site):
    with previewing(site) as url:
        base = httpx.URL(url)
        paths = ["/", "/x/", "/x/events", "/favicon.ico", base.path[:-2] + "/", "//", base.path.rstrip("/") + "x/"]
        for path in paths:
            assert httpx.get(base.copy_with(path=path), trust_env=False).status_code == 403, path
        for host in ("evil.example", f"evil.example:{base.port}", "127.0.0.1", "127.0.0.1:1", ""):
            assert httpx.get(url, headers={"Host": host}, trust_env=False).status_code == 403, host
        assert httpx.get(url, headers={"Host": f"localhost:{base.port}"}, trust_env=False).status_code == 200
        assert base.host == "127.0.0.1"
        assert len(base.path) > 30


def test_a_test_mail_is_asked_for_from_this_page_alone(site):
    with previewing(site) as url:
        ask = f"{url}newsletters/weekly/test"
        assert httpx.get(ask, trust_env=False).status_code == 405
        for origin in ("http://evil.example", "null"):
            assert httpx.post(ask, headers={"Origin": origin}, trust_env=False).status_code == 403
        answer = httpx.post(ask, headers={"Origin": str(httpx.URL(url).join("/"))[:-1]}, trust_env=False, content="x")
        assert answer.status_code == 400
        assert answer.text.startswith("Not sent. ")
        assert httpx.post(f"{url}newsletters/monthly/test", trust_env=False).status_code == 400


def test_two_pages_have_two_tokens(site):
    with previewing(site) as one, previewing(site) as two:
        assert httpx.URL(one).path != httpx.URL(two).path


def test_the_issue_the_feeds_and_what_stays_out_are_on_the_page(site):
    with previewing(site) as url:
        page = read(url)
        assert "In it (1)" in page
        assert re.search(r"posts/two.md</code> <span class=\"why\">draft", page)
        assert "of 90 KB" in page
        assert "Message-ID: " in page
        assert re.search(r"<td>new</td><td dir=\"auto\">One</td>", page)
        assert "The words of one." in read(f"{url}newsletters/weekly/issue.html")
        assert "The words of one." in read(f"{url}feeds/0/")
        assert httpx.get(f"{url}feeds/99/", trust_env=False).status_code == 404
        assert httpx.get(f"{url}newsletters/monthly/issue.html", trust_env=False).status_code == 404


def test_each_feed_says_whether_it_is_valid_and_how_it_differs_from_what_is_published(site):
    feeds(site, "build")
    write_post(site, "three", date="2026-02-20")
    with previewing(site) as url:
        frame = read(f"{url}feeds/0/")
        assert frame.count("valid, read back by another parser") == 3
        assert "https://blog.example/atom.xml" in frame
        assert "Differs from what is published: 1 new" in frame
        feeds(site, "build")
        wait_for(f"{url}feeds/0/", "The same as what is published")


def test_nothing_of_a_mail_or_a_feed_can_run(site):
    with previewing(site) as url:
        for path in ("newsletters/weekly/issue.html", "feeds/0/"):
            headers = httpx.get(url + path, trust_env=False).headers
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "sandbox" in policy
            assert "script" not in policy
            assert headers["referrer-policy"] == "no-referrer"
        assert all("allow-scripts" not in frame for frame in re.findall(r"<iframe[^>]*>", read(url)))


def test_names_are_text_and_never_markup(tmp_path):
    evil = "<script>alert(1)</script>{{ 7*7 }}"
    site = make_site(tmp_path, ("one", {"title": evil, "tags": [evil]}), toml=TOML.replace("Blog", evil) + WEEKLY)
    with previewing(site) as url:
        assert read(url).count("<script") == 1
        assert "<script" not in read(f"{url}feeds/0/")


def test_a_picture_that_is_not_published_yet_is_shown_from_the_folder(site):
    picture = b"\x89PNG\r\n\x1a\n" + bytes(40)
    (site / "posts" / "böses bild.png").write_bytes(picture)
    write_post(site, "one", "Words.\n\n![A hill](<böses bild.png>)\n\n![Gone](gone.png)", date="2026-02-01")
    with previewing(site) as url:
        issue = read(f"{url}newsletters/weekly/issue.html")
        (shown,) = re.findall(r'src="(pictures/\w+)"', issue)
        answer = httpx.get(f"{url}newsletters/weekly/{shown}", trust_env=False)
        assert (answer.content, answer.headers["content-type"]) == (picture, "image/png")
        assert "sandbox" in answer.headers["content-security-policy"]
        assert 'src="https://blog.example/one/gone.png"' in issue
        assert "pictures/" not in read(url), "the source is what would be mailed"
        assert httpx.get(f"{url}newsletters/weekly/pictures/0123456789abcdef", trust_env=False).status_code == 404


def test_nothing_is_written(site):
    before = snapshot(site)
    with previewing(site) as url:
        read(url)
        assert snapshot(site) == before


def test_a_broken_template_shows_where_it_is_broken_until_it_is_mended(site):
    with previewing(site) as url:
        broken = site / OVERRIDE
        broken.parent.mkdir(parents=True)
        broken.write_text("one\n{{ nothing.here }}")
        wait_for(url, r"role=\"alert\".*templates/feeds/digest\.html:2")
        assert "The words of one." in read(f"{url}feeds/0/")
        broken.unlink()
        wait_for(url, "In it \\(1\\)")


def test_a_broken_setting_shows_its_line_and_keeps_what_was_there(site):
    with previewing(site) as url:
        good = (site / "feeds.toml").read_text()
        (site / "feeds.toml").write_text(good + "[site\n")
        wait_for(url, r"role=\"alert\".*feeds\.toml:\d+")
        assert "In it (1)" in read(url)
        assert "from before this mistake" in read(url)
        (site / "feeds.toml").write_text(good.replace('"Blog"', '"Renamed"'))
        wait_for(url, "Renamed")
        assert 'role="alert"' not in read(url)


def test_a_page_can_begin_with_a_broken_setting(site):
    good = (site / "feeds.toml").read_text()
    (site / "feeds.toml").write_text("[site\n")
    with previewing(site) as url:
        assert 'role="alert"' in read(url)
        (site / "feeds.toml").write_text(good)
        wait_for(url, "In it \\(1\\)")


def test_a_build_and_new_posts_are_noticed(site):
    with previewing(site) as url:
        write_post(site, "three", date="2026-02-20")
        wait_for(url, "In it \\(2\\)")
        # The issue is looked at before the feeds.
        wait_for(f"{url}feeds/0/", "Three")


def test_each_change_is_told_as_an_event(site):
    with previewing(site) as url, httpx.stream("GET", f"{url}events", trust_env=False, timeout=10) as events:
        assert events.headers["content-type"].startswith("text/event-stream")
        lines = events.iter_lines()
        assert next(lines) == "data: 1"
        write_post(site, "three", date="2026-02-20")
        # The issue is looked at before the feeds, and a slow listener hears of both at once.
        assert next(line for line in lines if line.startswith("data")) in {"data: 2", "data: 3"}
        assert "In it (2)" in read(url)
