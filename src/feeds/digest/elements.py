"""The elements that a mail can hold, and those that it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import html

    # Gives a phrase in the site's language, by its key.
    Say = Callable[..., str]


def split_names(names: str) -> frozenset[str]:
    """The words of `names`, which is how a set of element names is easiest to read."""
    return frozenset(names.split())


BLOCKS = split_names("p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table thead tbody tfoot tr th td caption hr")
# Not `abbr`: Outlook on Windows and Yahoo do not know it, and nobody sees its title in a mail.
INLINES = split_names("a b strong i em u s del ins sub sup code kbd samp q cite small mark br img span")
CONTAINERS = split_names(
    "div section article aside header footer main nav figure center details summary figcaption address fieldset"
)


# Characters that show nothing: some mail filters take them in plain text for a trick.
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u00ad\ufeff\u2060"))


def drop_invisible(text: str) -> str:
    """`text` without soft hyphens, zero-width spaces and the like."""
    return text.translate(INVISIBLE)


def holds_blocks(element: html.HtmlElement) -> bool:
    """Whether there is a block, or a container of some, anywhere within `element`."""
    return any(child.tag in BLOCKS | CONTAINERS for child in element.iterdescendants())


def take_nodes(parent: html.HtmlElement) -> Iterator[Any]:
    """The text and the elements of `parent` in turn, each element without its tail."""
    if parent.text:
        yield parent.text
    for child in [*parent]:
        tail, child.tail = child.tail, None
        yield child
        if tail:
            yield tail


def replace_by_text(element: html.HtmlElement, text: str) -> None:
    """Take `element` out and leave `text` in its place."""
    element.tail = text + (element.tail or "")
    element.drop_tree()
