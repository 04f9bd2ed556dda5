"""The copy of an issue that stays on the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html

if TYPE_CHECKING:
    from feeds.models import Digest


def web_copy(digest: Digest) -> bytes:
    """The issue as a page in UTF-8: the mail's HTML without the links that only a mail's reader needs.

    A link to one of the digest's slots goes, with the separator before it if it stands in a `<span>` of its
    own, and so does the hidden preheader.
    """
    page = html.document_fromstring(digest.html)
    for link in [*page.iter("a")]:
        if link.get("href") in set(digest.slots.values()):
            holder = link.getparent()
            (holder if holder is not None and holder.tag == "span" else link).drop_tree()
    for element in page.find_class("preheader"):
        element.drop_tree()
    return bytes(html.tostring(page, encoding="utf-8", doctype="<!DOCTYPE html>")) + b"\n"
