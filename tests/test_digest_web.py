"""The copy of an issue on the web."""

from lxml import html

from feeds.digest import web_copy
from making_digests import make_digest, make_entries


def test_the_copy_has_the_posts_and_no_link_of_one_readers(tmp_path):
    digest = make_digest(tmp_path, make_entries(3))
    page = web_copy(digest)
    assert page.startswith(b"<!DOCTYPE html>\n")
    assert b".invalid" not in page
    tree = html.document_fromstring(page.decode())
    assert tree.cssselect('a[href="https://example.org/post-2/"]')
    assert tree.cssselect("p.footer")[1].text_content().strip() == "Web feed"
    assert not tree.cssselect(".preheader")
    assert "prefers-color-scheme" in page.decode()


def test_characters_survive_the_copying(tmp_path):
    page = web_copy(make_digest(tmp_path, make_entries(2, title="Grüße & 世界")))
    assert "Grüße &amp; 世界" in page.decode()
