"""Links and emphasis around whole blocks, which HTML allows and mail programs break at the first block."""

from __future__ import annotations

from typing import Any

from lxml import html

from feeds.digest.elements import BLOCKS, CONTAINERS, INLINES, holds_blocks, take_nodes

EMPTY = frozenset({"hr", "img", "br"})


def push_inlines_down(root: html.HtmlElement) -> None:
    """Let an inline element that holds blocks be inside each of them: `<a><p>x</p></a>` becomes `<p><a>x</a></p>`."""
    for element in [*root.iter(*sorted(INLINES - EMPTY))]:
        if holds_blocks(element):
            _enclose(element, element)
            element.drop_tag()


def _enclose(parent: html.HtmlElement, like: html.HtmlElement) -> None:
    """Put copies of `like` around the words and inline elements within `parent`, at whatever depth they are."""
    children: list[html.HtmlElement] = []
    run: list[Any] = []

    def close() -> None:
        if any(not isinstance(node, str) or node.strip() for node in run):
            children.append(_wrap(run, like))
        run.clear()

    for node in [*take_nodes(parent)]:
        if isinstance(node, str) or not (node.tag in BLOCKS | CONTAINERS or holds_blocks(node)):
            run.append(node)
            continue
        close()
        if node.tag not in EMPTY:
            _enclose(node, like)
        children.append(node)
    close()
    for child in [*parent]:
        parent.remove(child)
    parent.text = None
    parent.extend(children)


def _wrap(nodes: list[Any], like: html.HtmlElement) -> html.HtmlElement:
    copy = html.Element(like.tag, dict(like.attrib))
    for node in nodes:
        if not isinstance(node, str):
            copy.append(node)
        elif len(copy):
            copy[-1].tail = (copy[-1].tail or "") + node
        else:
            copy.text = (copy.text or "") + node
    return copy
