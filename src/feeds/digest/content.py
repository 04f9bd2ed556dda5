"""A post's clean HTML into HTML that mail programs show: no more elements than they know, each within reach.

The classes are those of `templates/digest/style.css`. Nothing is styled here; the style sheet is inlined later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree, html

from feeds.digest.code import CODE_COLOURS, adapt_code, hold_code
from feeds.digest.elements import (
    BLOCKS,
    CONTAINERS,
    INLINES,
    drop_invisible,
    holds_blocks,
    replace_by_text,
    split_names,
    take_nodes,
)
from feeds.digest.inline import adapt_image, adapt_link, replace_media
from feeds.digest.nesting import push_inlines_down
from feeds.digest.tables import adapt_table
from feeds.slugs import fold_name

if TYPE_CHECKING:
    from feeds.digest.elements import Say

DROPPED = split_names("script style template source track button select textarea object map svg")
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start", "type"},
    "li": {"value"},
}
# What this module and `code` have marked, for the style sheet.
CLASSES = {"p": {"caption", "strong"}, "span": CODE_COLOURS}


def adapt_content(content: str, *, title: str, url: str, level: int, say: Say) -> html.HtmlElement:
    """The content as an element whose children are blocks that a mail can hold.

    `title` is the post's: a heading at the top that only repeats it is left out. `url` is the post's own address;
    links into it are links within the page and do nothing in a mail. `level` is the level of the highest heading.
    `say` gives the words for what cannot be shown.
    """
    root = html.fragment_fromstring(content, create_parent="div")
    _drop_unseen(root)
    replace_media(root, say)
    etree.strip_elements(root, *sorted(DROPPED), with_tail=False)
    for element in [*root.iter("input")]:
        replace_by_text(element, "☑ " if "checked" in element.attrib else "☐ ")
    for element in [*root.iter("pre")]:
        adapt_code(element)
    push_inlines_down(root)
    _drop_containers(root)
    for element in [*root.iterdescendants()]:
        if element.tag not in BLOCKS | INLINES:
            element.drop_tag()
        else:
            _clean_attributes(element)
    _wrap_loose_text(root)
    for element in [*root.iter("img")]:
        adapt_image(element, url, say)
    for element in [*root.iter("a")]:
        adapt_link(element, url)
    _drop_title(root, title)
    _adapt_headings(root, level)
    for element in [*root.iter("table")]:
        adapt_table(element)
    _drop_empty(root)
    for element in [*root.iter("pre")]:
        hold_code(element)
    return root


def _drop_unseen(root: html.HtmlElement) -> None:
    """Comments go, and signs that show nothing: mail filters take them for a trick, and the text part has none."""
    for element in [*root.iter(etree.Comment, etree.ProcessingInstruction)]:
        element.drop_tree()
    for element in root.iter():
        element.text, element.tail = drop_invisible(element.text or ""), drop_invisible(element.tail or "")


def _drop_containers(root: html.HtmlElement) -> None:
    """A container of blocks goes, one of mere words becomes a paragraph."""
    for caption in [*root.iter("figcaption")]:
        _flatten_caption(caption)
    for element in [*root.iterdescendants(*CONTAINERS)]:
        if holds_blocks(element) or _inside_words(element):
            _wrap_loose_text(element)
            element.drop_tag()
        else:
            bold = element.tag == "summary"
            _make_paragraph(element)
            if bold:
                element.set("class", "strong")


def _flatten_caption(caption: html.HtmlElement) -> None:
    for inner in [*caption.iterdescendants(*CONTAINERS)]:
        if not holds_blocks(inner):
            _make_paragraph(inner)
    if not holds_blocks(caption):
        _make_paragraph(caption)
        caption.set("class", "caption")
        return
    _wrap_loose_text(caption)
    for paragraph in caption.iterdescendants("p"):
        paragraph.set("class", "caption")
    caption.drop_tag()


def _make_paragraph(element: html.HtmlElement) -> None:
    element.tag = "p"
    element.attrib.clear()


def _inside_words(element: html.HtmlElement) -> bool:
    return any(parent.tag in {"p", "pre"} or parent.tag in INLINES for parent in element.iterancestors())


def _clean_attributes(element: html.HtmlElement) -> None:
    if element.get("class") not in CLASSES.get(element.tag, ()):
        element.attrib.pop("class", None)
    kept = ATTRIBUTES.get(element.tag, set()) | {"lang", "dir", "class"}
    for name in [name for name in element.attrib if name not in kept]:
        del element.attrib[name]
    if element.tag == "span" and not element.attrib:
        element.drop_tag()


def _drop_title(root: html.HtmlElement, title: str) -> None:
    first = next((block for block in root if block.text_content().strip()), None)
    if first is not None and first.tag in {"h1", "h2"} and fold_name(first.text_content()) == fold_name(title):
        root.remove(first)


def _adapt_headings(root: html.HtmlElement, level: int) -> None:
    headings = [element for element in root.iter("h1", "h2", "h3", "h4", "h5", "h6") if element.text_content().strip()]
    highest = min((int(element.tag[1]) for element in headings), default=1)
    previous = level - 1
    for element in headings:
        wanted = level + int(element.tag[1]) - highest
        previous = min(wanted, previous + 1, 6)
        element.tag = f"h{previous}"
        element.set("class", f"s{min(previous - level + 1, 3)}")


def _wrap_loose_text(root: html.HtmlElement) -> None:
    """Words and inline elements that stand among blocks come into paragraphs."""
    children: list[Any] = []
    paragraph: html.HtmlElement | None = None

    def add(node: Any) -> None:
        nonlocal paragraph
        if paragraph is None:
            paragraph = html.Element("p")
            children.append(paragraph)
        if not isinstance(node, str):
            paragraph.append(node)
        elif len(paragraph):
            paragraph[-1].tail = (paragraph[-1].tail or "") + node
        else:
            paragraph.text = (paragraph.text or "") + node

    for node in [*take_nodes(root)]:
        if isinstance(node, str):
            if node.strip() or paragraph is not None:
                add(node)
        elif node.tag in BLOCKS | CONTAINERS:
            children.append(node)
            paragraph = None
        else:
            add(node)
    for child in [*root]:
        root.remove(child)
    root.text = None
    root.extend(children)


def _drop_empty(root: html.HtmlElement) -> None:
    for element in reversed([*root.iter("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "a")]):
        if not element.text_content().strip() and not any(True for _ in element.iter("img", "hr", "table")):
            element.drop_tree()
