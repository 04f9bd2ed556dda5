"""HTML that must not meet the Markdown renderer: one character stands in its place until the renderer has run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_FIRST = 0x10F100  # private use; protected code has what is below
_LAST = 0x10FFFD
STANDS = f"[{chr(_FIRST)}-{chr(_LAST)}]"
_FOUND = re.compile(rf"<p>\s*({STANDS})\s*</p>|<[^>]*>|{STANDS}")
_ANY = re.compile(STANDS)
_DEPTH = 4
_BLOCK = re.compile(
    r"</?(?:article|aside|blockquote|center|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|ol|p|pre"
    r"|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b"
)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of one post, in the order in which they were placed."""

    markup: list[str] = field(default_factory=list)

    def place(self, markup: str) -> str:
        """The character that stands for `markup`; `markup` itself in a post that has used them all up."""
        if len(self.markup) > _LAST - _FIRST:
            return markup
        self.markup.append(markup)
        return chr(_FIRST + len(self.markup) - 1)

    def put_back(self, rendered: str) -> str:
        """Rendered HTML with the pieces in their places; one that is a block takes the place of its paragraph."""
        if not self.markup:
            return rendered
        for _ in range(_DEPTH):  # one in another: a picture in a link, a key in a caption
            rendered = _FOUND.sub(self._put_back_one, rendered)
            if not _ANY.search(rendered):
                break
        return rendered

    def _put_back_one(self, found: re.Match[str]) -> str:
        text = found[0]
        if found[1] is None and text.startswith("<"):
            return _ANY.sub("", text)  # inside a tag it can only do harm
        number = ord(found[1] or text) - _FIRST
        if number >= len(self.markup):
            return ""
        markup = self.markup[number]
        return f"<p>{markup}</p>" if found[1] and not _BLOCK.match(markup) else markup
