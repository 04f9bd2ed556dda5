"""A post's adapted content as the strings that an issue needs: the whole, its opening, and a place for a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import html

from feeds.digest.content import adapt_content
from feeds.digest.plain import write_plain

if TYPE_CHECKING:
    from feeds.digest.elements import Say
    from feeds.models import Entry

OPENING_WORDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """HTML in two parts, the first block and the rest, and the same as plain text."""

    opening: str
    rest: str
    plain: str


def make_prose(entry: Entry, *, level: int, say: Say, whole: bool) -> Prose:
    """The entry's content, or only its opening: whole blocks until they hold about 200 words.

    A picture that comes before the first words comes after them, for these must be met soon.
    """
    root = adapt_content(entry.content, title=entry.title, url=entry.url, level=level, say=say)
    _move_words_first(root)
    if not whole:
        _cut(root)
    blocks = [html.tostring(block, encoding="unicode", with_tail=False) for block in root]
    return Prose(opening="".join(blocks[:1]), rest="\n".join(blocks[1:]), plain=write_plain(root, say=say))


def make_fragment(content: str, *, say: Say) -> Prose:
    """A text of the editor's own, adapted the same way."""
    root = adapt_content(content, title="", url="", level=2, say=say)
    blocks = [html.tostring(block, encoding="unicode", with_tail=False) for block in root]
    return Prose(opening="".join(blocks[:1]), rest="\n".join(blocks[1:]), plain=write_plain(root, say=say))


def _move_words_first(root: html.HtmlElement) -> None:
    pictures = []
    for block in [*root]:
        if block.text_content().strip() and block.get("class") != "caption":
            break
        pictures.append(block)
    if not pictures or len(pictures) == len(root):
        return
    # A heading's first words are those under it.
    place = next((n for n, block in enumerate(root) if block.tag == "p" and block not in pictures), None)
    if place is None:
        return
    target = root[place]
    for block in reversed(pictures):
        target.addnext(block)


def _cut(root: html.HtmlElement) -> None:
    words = 0
    kept = 0
    for block in [*root]:
        if kept and words + len(block.text_content().split()) > OPENING_WORDS:
            root.remove(block)
            words = OPENING_WORDS
            continue
        kept += 1
        words += len(block.text_content().split())
    while len(root) > 1 and root[-1].tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        root.remove(root[-1])
