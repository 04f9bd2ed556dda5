"""A post's clean HTML into HTML that mail programs show: no more elements than they know, all of them
within reach.

The classes are those of `templates/digest/style.css`. Nothing is styled here; the style sheet is inlined
later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lxml import etree, html

from feeds.digest.addresses import make_uri
from feeds.digest.pictures import COLUMN, PHONE_COLUMN, is_shown
from feeds.theme import display_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Say = Callable[..., str]

BLOCKS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "hr"]
)
INLINES = frozenset(
    ["a", "b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "code", "kbd", "samp", "abbr", "q", "cite", "small", "mark", "br", "img", "span"]
)
CONTAINERS = frozenset(
    ["div", "section", "article", "aside", "header", "footer", "main", "nav", "figure", "center", "details", "summary", "figcaption", "address", "fieldset"]
)
DROPPED = (
    "script",
    "style",
    "template",
    "source",
    "track",
    "button",
    "select",
    "textarea",
    "object",
    "map",
    "svg",
)
MEDIA = ("iframe", "video", "audio", "embed")
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start", "type"},
    "li": {"value"},
    "abbr": {"title"},
}
ALWAYS = {"lang", "dir", "class"}
# Pygments' short classes by their first letters, the longer first; what is in none of them is plain text.
CODE_CLASSES = (
    ("kt", "nm"),
    ("k", "kw"),
    ("ow", "kw"),
    ("s", "st"),
    ("m", "nu"),
    ("c", "cm"),
    ("gd", "kw"),
    ("gi", "st"),
)
CODE_NAMES = frozenset({"nf", "nc", "nd", "nt", "na", "nb", "fm", "ne"})
FURNITURE = frozenset({"↩", "↵", "↑", "^", "#", "¶", "§", "🔗"})
WIDE_TABLE = 4
# In pixels, of a wide face.
TABLE_CHARACTER = 8.5
CELL_PADDING = 12


def adapt_content(content: str, *, url: str, level: int, say: Say) -> html.HtmlElement:
    """The content as an element whose children are blocks that a mail can hold.

    `url` is the post's own address, links into which are links within the page and do nothing in a mail;
    `level` is the level of its highest heading; `say` gives the words for what cannot be shown.
    """
    root = html.fragment_fromstring(content, create_parent="div")
    for element in [*root.iter(etree.Comment, etree.ProcessingInstruction)]:
        element.drop_tree()
    etree.strip_elements(root, *DROPPED, with_tail=False)
    _replace_media(root, say)
    for element in [*root.iter("input")]:
        _replace_by_text(element, "☑ " if "checked" in element.attrib else "☐ ")
    for element in [*root.iter("pre")]:
        _adapt_code(element)
    _drop_containers(root)
    for element in [*root.iterdescendants()]:
        if element.tag not in BLOCKS | INLINES:
            element.drop_tag()
        else:
            _clean_attributes(element)
    for element in [*root.iter("img")]:
        _adapt_image(element, say)
    for element in [*root.iter("a")]:
        _adapt_link(element, url)
    _adapt_headings(root, level)
    for element in [*root.iter("table")]:
        _adapt_table(element)
    _wrap_loose_text(root)
    _drop_empty(root)
    for element in [*root.iter("pre")]:
        _hold_in_place(element)
    return root


def _replace_by_text(element: html.HtmlElement, text: str) -> None:
    element.tail = text + (element.tail or "")
    element.drop_tree()


def _replace_media(root: html.HtmlElement, say: Say) -> None:
    for element in [*root.iter(*MEDIA)]:
        source = element.get("src") or next(
            (s.get("src") for s in element.iter("source") if s.get("src")), None
        )
        if source is None:
            element.drop_tag()
            continue
        tail = element.tail
        link = html.Element("a", href=source)
        link.text = element.get("title") or say("media")
        link.tail = tail
        element.getparent().replace(element, link)


def _adapt_code(pre: html.HtmlElement) -> None:
    """Highlighted code keeps one class of five for each token, so that light and dark colours reach it."""
    for element in [*pre.iterdescendants()]:
        mark = _code_class(element.get("class", "")) if element.tag == "span" else None
        element.attrib.clear()
        if element.tag == "br":
            _replace_by_text(element, "\n")
        elif mark is None or not element.text_content().strip():
            element.drop_tag()
        else:
            element.set("class", mark)
    pre.attrib.clear()
    if pre.text:
        pre.text = pre.text.removeprefix("\n")
    last = pre[-1] if len(pre) else None
    if last is not None and last.tail:
        last.tail = last.tail.rstrip("\n")
    elif last is None and pre.text:
        pre.text = pre.text.rstrip("\n")


def _code_class(names: str) -> str | None:
    name = names.split(" ", maxsplit=1)[0]
    if name in CODE_NAMES:
        return "nm"
    return next((ours for start, ours in CODE_CLASSES if name.startswith(start)), None)


def _drop_containers(root: html.HtmlElement) -> None:
    """A container of blocks goes, one of mere words becomes a paragraph."""
    for element in [*root.iterdescendants(*CONTAINERS)]:
        if element.tag == "figcaption":
            element.tag = "p"
            element.attrib.clear()
            element.set("class", "caption")
        elif any(child.tag in BLOCKS | CONTAINERS for child in element.iterdescendants()) or _inside_words(
            element
        ):
            _wrap_loose_text(element)
            element.drop_tag()
        else:
            bold = element.tag == "summary"
            element.tag = "p"
            element.attrib.clear()
            if bold:
                element.set("class", "strong")


def _inside_words(element: html.HtmlElement) -> bool:
    return any(parent.tag in {"p", "pre"} or parent.tag in INLINES for parent in element.iterancestors())


def _clean_attributes(element: html.HtmlElement) -> None:
    kept = ATTRIBUTES.get(element.tag, set()) | ALWAYS
    if (element.tag == "p" and element.get("class") not in {"caption", "strong"}) or (element.tag != "p" and not (
        element.tag == "span" and element.get("class") in {"kw", "st", "nm", "nu", "cm"}
    )):
        element.attrib.pop("class", None)
    for name in [name for name in element.attrib if name not in kept]:
        del element.attrib[name]


def _adapt_image(image: html.HtmlElement, say: Say) -> None:
    source = image.get("src", "")
    alt = " ".join(image.get("alt", "").split())
    if urlsplit(source).scheme not in {"http", "https"}:
        _replace_by_text(image, alt)
        return
    if not is_shown(source):
        if any(parent.tag == "a" for parent in image.iterancestors()):
            _replace_by_text(image, alt or say("picture"))
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
    # Without a width of its own the picture may be an icon: the style sheet lets it keep its size.
    image.set("class", "sized" if width else "free")
    if _stands_alone(image):
        image.set("class", f"{image.get('class')} alone")


def _pixels(width: str) -> int | None:
    width = width.strip().removesuffix("px")
    if width.endswith("%") and width[:-1].isdigit():
        return max(1, COLUMN * min(100, int(width[:-1])) // 100)
    return int(width) if width.isdigit() and int(width) > 0 else None


def _stands_alone(image: html.HtmlElement) -> bool:
    block = next((parent for parent in image.iterancestors() if parent.tag in BLOCKS | CONTAINERS), None)
    return block is None or (not block.text_content().strip() and len([*block.iter("img")]) == 1)


def _adapt_link(link: html.HtmlElement, url: str) -> None:
    target = link.get("href")
    if target is None or (urlsplit(target).fragment and target.split("#")[0] in {"", url}):
        # A link within the page does nothing in a mail; an arrow back or a heading's mark is nothing but
        # that.
        if link.text_content().strip(" \ufe0e\xa0") in FURNITURE:
            link.drop_tree()
        else:
            link.drop_tag()
        return
    if not link.text_content().strip() and not any(image.get("alt") for image in link.iter("img")):
        link.drop_tag()
        return
    link.set("href", make_uri(target))
    shown = link.text_content().strip()
    if (
        shown.startswith(("http://", "https://"))
        and urlsplit(shown).netloc.lower() != urlsplit(target).netloc.lower()
    ):
        # An address that leads to another one looks like fishing to a mail filter.
        for element in link.iter():
            if element.text:
                element.text = element.text.replace("http://", "").replace("https://", "")


def _adapt_headings(root: html.HtmlElement, level: int) -> None:
    headings = [
        element for element in root.iter("h1", "h2", "h3", "h4", "h5", "h6") if element.text_content().strip()
    ]
    highest = min((int(element.tag[1]) for element in headings), default=1)
    previous = level - 1
    for element in headings:
        wanted = level + int(element.tag[1]) - highest
        previous = min(wanted, previous + 1, 6)
        element.tag = f"h{previous}"
        element.set("class", f"s{min(previous - level + 1, 3)}")


def _adapt_table(table: html.HtmlElement) -> None:
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
    columns = max(map(len, rows), default=1) or 1
    table.set("class", "data wide" if columns > WIDE_TABLE else "data")
    for name in ("width", "cellpadding", "cellspacing", "border"):
        table.set(name, "100%" if name == "width" else "0")
    if not any(True for _ in table.iter("th", "caption")):
        table.set("role", "presentation")
    longest = [
        max((_longest_word(row[n]) for row in rows if n < len(row)), default=0) for n in range(columns)
    ]
    for name, room in (("broken", COLUMN), ("tight", PHONE_COLUMN)):
        if sum(longest) * TABLE_CHARACTER + columns * CELL_PADDING > room:
            # Only a word that is longer than its share of the room is broken, so that short ones stay whole.
            share = (room / columns - CELL_PADDING) / TABLE_CHARACTER
            for cell in (
                cell
                for row in rows
                for cell in row
                if _longest_word(cell) > share and "class" not in cell.attrib
            ):
                cell.set("class", name)


def _longest_word(cell: html.HtmlElement) -> int:
    return max(map(display_width, cell.text_content().split()), default=0) + any(
        True for _ in cell.iter("code")
    )


def _hold_in_place(pre: html.HtmlElement) -> None:
    """Code stands in a cell, whose padding and ground Outlook knows, and its lines wrap.

    The attribute asks for that (HTML section 15.3.3), because Outlook and others refuse the property in a
    style attribute; the style sheet asks again.
    """
    table = html.fragment_fromstring(
        '<table role="presentation" class="code" width="100%" cellpadding="0" cellspacing="0" border="0">'
        "<tr><td></td></tr></table>"
    )
    pre.set("wrap", "")
    table.tail, pre.tail = pre.tail, None
    pre.getparent().replace(pre, table)
    table[0][0].append(pre)


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

    for node in [*_nodes(root)]:
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


def _nodes(root: html.HtmlElement) -> Iterator[Any]:
    """The text and the elements of `root` in turn, each element without its tail."""
    if root.text:
        yield root.text
    for child in [*root]:
        tail, child.tail = child.tail, None
        yield child
        if tail:
            yield tail


def _drop_empty(root: html.HtmlElement) -> None:
    for element in reversed(
        [*root.iter("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "a")]
    ):
        if not element.text_content().strip() and not any(True for _ in element.iter("img", "hr", "table")):
            element.drop_tree()
