"""Drawings inside of a post: links to its page, since neither mail nor most readers show SVG."""

from __future__ import annotations

import re

_DEPTH = 5  # of one in another
# A tag with its attributes, which may hold markup themselves; and an element without another of its kind in it.
_TAG = r"<[A-Za-z/!?](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
_SVG = re.compile(rf"<svg\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>((?:[^<]|(?!</?svg\b){_TAG})*)</svg\s*>", re.IGNORECASE)
_BROKEN = re.compile(r"<svg\b([^>]*)>(.*?)</svg\s*>", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title\b[^>]*>([^<]+)</title>", re.IGNORECASE)
_LABEL = re.compile(r"aria-label=[\"']([^\"']+)")
_LARGE = re.compile(r"\b(?:width|viewBox)=[\"'](?:[\d.-]+\s+[\d.-]+\s+)?\d{3,}")


def link_drawings(html: str) -> str:
    """`html` with a link to the post's page for each `<svg>` that is a drawing, and nothing for one that is an icon."""
    for _ in range(_DEPTH):
        before, html = html, _SVG.sub(_link, html)
        if html == before:
            break
    return _BROKEN.sub(_link, html)


def _link(found: re.Match[str]) -> str:
    if "<text" not in found[2] and "▶" not in found[2] and not _LARGE.search(found[1]):
        return ""
    title = _LABEL.search(found[1]) or _TITLE.search(found[2])
    return f'<a href="#">▶ {title[1] if title else "SVG"}</a>'
