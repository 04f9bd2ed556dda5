"""What others have tried on sanitizers, from posts to everything that is published: nothing of it may run."""

import email
import email.policy
import html
import json
import re

import feedparser
import pytest

from browsing import chromium, open_page
from cli_sites import TOML, WEEKLY, feeds, make_site, write_post
from test_render_xss import VECTORS, find_active

__all__ = ["chromium"]
EACH = 12  # vectors in a post
# What a mail and a page of ours have themselves.
OWN = {"background", "link", "meta", "script", "style"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site whose posts are made of vectors in their bodies and headers, published and mailed."""
    root = make_site(tmp_path_factory.mktemp("hostile"), toml=f"{TOML}{WEEKLY}max_posts = 50\n[feeds]\nlimit = 100\n")
    groups = [VECTORS[start : start + EACH] for start in range(0, len(VECTORS), EACH)]
    for number, group in enumerate(groups):
        header = dict(
            zip(("title", "description", "author", "image", "category", "cover", "lang"), group, strict=False)
        )
        body = "\n\n".join(["Before.", *group, "After."])
        write_post(root, f"post-{number}", body, date=f"2026-02-{number + 1:02}", tags=group[:2], **header)
    assert feeds(root, "build").status == 0
    assert feeds(root, "send", "weekly", "--first-run", "last=50").status == 0
    return root


def _read_entries(site):
    for name in ("rss.xml", "atom.xml"):
        feed = feedparser.parse((site / "public" / name).read_bytes(), sanitize_html=False, resolve_relative_uris=False)
        assert not feed.bozo
        for entry in feed.entries:
            yield entry.title, [entry.content[0].value], [entry.link, *(link.href for link in entry.links)]
    for item in json.loads((site / "public" / "feed.json").read_text("utf-8"))["items"]:
        yield item["title"], [item["content_html"]], [item["url"], item.get("image", "https://")]


def test_nothing_runs_in_a_feed(site):
    entries = list(_read_entries(site))
    assert len(entries) == 3 * len(range(0, len(VECTORS), EACH))
    for title, contents, addresses in entries:
        assert not find_active(html.escape(title))
        for content in contents:
            assert not find_active(content)
        assert all(address.startswith(("https://", "http://")) for address in addresses)


def _find_foreign(shown):
    """What in a page is active and not ours."""
    found = [what for what in find_active(shown) if what not in OWN and not what.startswith("id=")]
    # The page's own addresses may be relative.
    own = re.compile(r"(?:href|src)=(?!\s*(?:javascript|vbscript|data:text))", re.IGNORECASE)
    foreign = [what for what in found if not own.match(what)]
    return foreign + [script for script in re.findall(r"<script\b.*?</script>", shown, re.DOTALL) if "alert" in script]


def test_nothing_runs_in_a_mail(site):
    file = site / "outbox" / "weekly" / "1" / "issue.eml"
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    shown = message.get_body(("html",)).get_content()
    assert not _find_foreign(shown)
    assert "<script" not in shown.lower()


def test_nothing_runs_in_a_page(site):
    pages = sorted((site / "public").rglob("*.html"))
    assert len(pages) > 2
    for page in pages:
        assert not _find_foreign(page.read_text("utf-8")), page


@pytest.mark.chromium
def test_a_browser_runs_nothing_of_it(site, tmp_path, chromium):
    files = [*sorted((site / "public").rglob("*.html")), site / "outbox" / "weekly" / "1" / "issue.html"]
    entries = tmp_path / "entries.html"
    contents = [content for _, contents, _ in _read_entries(site) for content in contents]
    entries.write_text(f"<!DOCTYPE html><meta charset=utf-8>{'<hr>'.join(contents)}", "utf-8")
    with open_page(chromium, silent=False) as page:
        page.route(re.compile(r"^(?!file:|data:)"), lambda route: route.abort())
        page.add_init_script("for (const name of ['alert', 'msgbox']) window[name] = () => { window.ran = true; };")
        for file in [*files, entries]:
            page.goto(file.as_uri())
            assert not page.evaluate("window.ran"), file
        page.goto("data:text/html,<script>alert(1)</script>")
        assert page.evaluate("window.ran"), "the watch itself sees nothing"
