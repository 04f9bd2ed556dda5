"""Links, pictures, sound and film within a post's text, as a mail can show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html

from feeds.config.resolve import is_loopback
from feeds.digest.addresses import follow_scheme, make_link, make_uri, split_url
from feeds.digest.elements import BLOCKS, CONTAINERS, replace_by_text
from feeds.digest.pictures import COLUMN, is_shown

if TYPE_CHECKING:
    from feeds.digest.elements import Say

MEDIA = ("iframe", "video", "audio", "embed")
# How an entry's link to a film or a frame begins. An address that is longer holds a document of its own, which nobody
# can read in a text and Outlook cuts off.
PLAYED = "▶"
LONGEST_SOURCE = 500
FURNITURE = frozenset({"↩", "↵", "↑", "^", "#", "¶", "§", "🔗"})


def replace_media(root: html.HtmlElement, say: Say) -> None:
    """Put a link to each sound, film and frame in its place; no mail program plays them."""
    for element in [*root.iter(*MEDIA)]:
        source = element.get("src") or next((s.get("src") for s in element.iter("source") if s.get("src")), None)
        if source is None:
            element.drop_tag()
            continue
        link = html.Element("a", href=source)
        link.text = element.get("title") or say("media")
        link.tail = element.tail
        element.getparent().replace(element, link)


def adapt_image(image: html.HtmlElement, url: str, say: Say) -> None:
    """Give the picture of the post at `url` a width in pixels and an alternative text.

    One of a kind that is not shown becomes a link.
    """
    source = follow_scheme(image.get("src", ""), url)
    alt = " ".join(image.get("alt", "").split())
    if split_url(source).scheme not in {"http", "https"}:
        replace_by_text(image, alt)
        return
    if not is_shown(source):
        if any(parent.tag == "a" for parent in image.iterancestors()):
            replace_by_text(image, alt or say("picture"))
            return
        image.tag = "a"
        image.attrib.clear()
        image.set("href", source)
        image.text = f"{say('picture')}: {alt}" if alt else say("picture")
        return
    width = _pixels(image.get("width", ""))
    image.set("src", make_uri(source))
    image.set("alt", alt)
    image.set("width", str(min(width or COLUMN, COLUMN)))
    # A width in per cent up to so many pixels cannot widen a phone's page, even if the picture does not load. Without
    # a width of its own it may be an icon: the style sheet lets it keep its size.
    image.set("class", "sized" if width else "free")
    if width:
        image.set("style", f"max-width: {min(width, COLUMN)}px")
    if _stands_alone(image):
        image.set("class", f"{image.get('class')} alone")


def adapt_link(link: html.HtmlElement, url: str) -> None:
    """Keep the link if it leads out of the post that has this `url`, and its words do not look like a fraud.

    A frame whose address is very long is met on the post's own page.
    """
    target = follow_scheme(link.get("href", "#"), url)
    if "#" in target and target.split("#")[0] in {"", url}:
        # A link within the page does nothing in a mail; an arrow back or a heading's mark is only that.
        if link.text_content().strip(" \ufe0e\xa0") in FURNITURE:
            link.drop_tree()
        else:
            link.drop_tag()
        return
    empty = not link.text_content().strip() and not any(image.get("alt") for image in link.iter("img"))
    # On the author's own machine, where something was tried: a reader has nothing there.
    if empty or (split_url(target).scheme in {"http", "https"} and is_loopback(target) and not is_loopback(url)):
        link.drop_tag()
        return
    if url and len(target) > LONGEST_SOURCE and link.text_content().startswith(PLAYED):
        target = url
    link.set("href", make_link(target))
    shown = link.text_content().strip()
    if (
        shown.startswith(("http://", "https://"))
        and split_url(shown).netloc.lower() != split_url(target).netloc.lower()
    ):
        # An address that leads to another host looks like fraud to a mail filter.
        for element in link.iter():
            if element.text:
                element.text = element.text.replace("http://", "").replace("https://", "")


def _pixels(width: str) -> int | None:
    width = width.strip().removesuffix("px")
    if width.endswith("%") and width[:-1].isdigit():
        return max(1, COLUMN * min(100, int(width[:-1])) // 100)
    return int(width) if width.isdigit() and int(width) > 0 else None


def _stands_alone(image: html.HtmlElement) -> bool:
    block = next((parent for parent in image.iterancestors() if parent.tag in BLOCKS | CONTAINERS), None)
    return block is None or (not block.text_content().strip() and len([*block.iter("img")]) == 1)
