"""Code in a mail: one of five colours for each token, lines that wrap, a ground that Outlook knows."""

from __future__ import annotations

from lxml import html

from feeds.digest.elements import replace_by_text

# The classes of the style sheet: keyword, string, name, number, comment.
CODE_COLOURS = frozenset({"kw", "st", "nm", "nu", "cm"})
# Pygments' short classes by their first letters; what begins otherwise is plain text. The first that fits holds.
BEGINNINGS = {"kt": "nm", "k": "kw", "ow": "kw", "s": "st", "m": "nu", "c": "cm", "gd": "kw", "gi": "st"}
NAMES = frozenset({"nf", "nc", "nd", "nt", "na", "nb", "fm", "ne"})


def adapt_code(pre: html.HtmlElement) -> None:
    """Highlighted code keeps one class of five for each token, so that light and dark colours reach it."""
    for element in [*pre.iterdescendants()]:
        mark = _code_class(element.get("class", "")) if element.tag == "span" else None
        element.attrib.clear()
        if element.tag == "br":
            replace_by_text(element, "\n")
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


def hold_code(pre: html.HtmlElement) -> None:
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


def _code_class(names: str) -> str | None:
    name = names.split(" ", maxsplit=1)[0]
    if name in NAMES:
        return "nm"
    return next((colour for beginning, colour in BEGINNINGS.items() if name.startswith(beginning)), None)
