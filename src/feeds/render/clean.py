"""The one allow-list: what may stand in an entry's HTML. Everything that is not named here stays out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nh3

from feeds.render.links import SCHEMES, is_footnote, mark_footnote

if TYPE_CHECKING:
    from feeds.render.links import Links

TAGS = frozenset({
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption",
    "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins",
    "kbd", "li", "main", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small",
    "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "time", "tr", "tt", "u", "ul", "var", "wbr",
})  # fmt: skip
ATTRIBUTES = {
    "*": {"dir", "id", "lang", "title"},
    "a": {"href", "hreflang"},
    "blockquote": {"cite"},
    "code": {"class"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
# These go with what is in them; the tags of all others go and leave their text.
GONE = frozenset({
    "canvas", "embed", "frameset", "head", "math", "noembed", "noframes", "object", "script", "style", "svg",
    "template", "title",
})  # fmt: skip

_ADDRESSES = frozenset({"href", "src", "cite"})
_KEPT_AS_THEY_ARE = frozenset({"alt", "title", "align", "datetime", "start", "value", "type"})
_LANGUAGE = re.compile(r"(?:^|\s)lang(?:uage)?-([\w+#.-]+)")
_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$")
_NOSCRIPT = re.compile(r"</?noscript\b[^>]*>", re.IGNORECASE)


class Cleaner:
    """Makes HTML safe and its addresses absolute in one pass. Serves one post at a time: one for each thread."""

    def __init__(self) -> None:
        self._links: Links | None = None
        self._cleaner = nh3.Cleaner(
            tags=set(TAGS),
            attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
            attribute_filter=self._filter_attribute,
            clean_content_tags=set(GONE),
            link_rel=None,
            url_schemes=set(SCHEMES) | {"data"},
        )

    def clean(self, html: str, links: Links) -> str:
        """`html` with nothing in it that the allow-list does not name and with absolute addresses only."""
        self._links = links
        try:
            # html5ever reads the inside of noscript as text; in a feed it is what shows.
            return self._cleaner.clean(_NOSCRIPT.sub("", html))
        finally:
            self._links = None

    def _filter_attribute(self, tag: str, name: str, value: str) -> str | None:
        """The attribute's new value, or None to drop it. Must not raise: nh3 would print that and go on."""
        if name in _KEPT_AS_THEY_ARE:
            return value
        assert self._links is not None
        if name in _ADDRESSES:
            return self._links.resolve(value, image=tag == "img")
        if name == "id":
            return mark_footnote(value, self._links.footnotes) if is_footnote(value) else None
        if name == "class":
            found = _LANGUAGE.search(value)
            return f"language-{found[1]}" if found else None
        if name in {"width", "height"}:
            pixels = _PIXELS.match(value)
            return pixels[1] if pixels else None
        return value


_EMPTY_BLOCK = re.compile(
    r"<(p|div|figure|figcaption|ul|ol|dl|h[1-6]|blockquote|section|article|aside|header|footer)>\s*</\1>\n?"
)
_EMPTY_INLINE = re.compile(r"<(span|em|strong|b|i|u|small|font|center|del|sup|sub)>(\s*)</\1>")
_NO_LINK = re.compile(r"<a(?: (?!id=)[^>]*)?>(\s*[#¶§🔗]?\s*)</a>")
_LOST_PICTURE = re.compile(r"<img(?![^>]* src=)[^>]*>")
_NO_ALT = re.compile(r"<img(?![^>]* alt=)")
_BARE_SPAN = re.compile(r"<span>([^<]*(?:<(?!/?span)[^<]*)*)</span>")
_LONE_PARAGRAPH = re.compile(r"<(dt|dd)>\s*<p>((?:(?!</?(?:p|dd|dt)>).)*)</p>\s*</\1>", re.DOTALL)
_EMPTY_HEADS = re.compile(r"<thead>\s*<tr>\s*(?:<th></th>\s*)+</tr>\s*</thead>\s*")
_ALT = re.compile(r' alt="([^"]*)"')
# Without one of these nothing is empty; one search tells it for all of them. A cell may be, and an item of a list.
_PERHAPS_EMPTY = re.compile(
    r"<(?:span>|d[dt]>|th></|a(?: (?!id=)[^>]*)?>\s*[#¶§🔗]?\s*</a>"
    r"|(?!t[dhr]>|tbody>|li>|code>|pre>|kbd>)[a-z][a-z0-9]*>\s*</)",
)


def holds_empty(clean: str) -> bool:
    """Whether `drop_empty` may find something, pictures aside, in HTML that the cleaner made."""
    return _PERHAPS_EMPTY.search(clean) is not None


def drop_empty(clean: str) -> str:
    """HTML that the cleaner made, without wrappers that hold nothing and links and pictures that lead nowhere."""
    if "<img" in clean:
        clean = _LOST_PICTURE.sub(lambda found: alt[1] if (alt := _ALT.search(found[0])) else "", clean)
        clean = _NO_ALT.sub(r'<img alt=""', clean)
    if not holds_empty(clean):
        return clean
    while "<span>" in clean and clean != (bare := _BARE_SPAN.sub(r"\1", clean)):
        clean = bare
    if "<d" in clean:
        clean = _LONE_PARAGRAPH.sub(r"<\1>\2</\1>", clean)
    if "<th></th>" in clean:
        clean = _EMPTY_HEADS.sub("", clean)
    before = ""
    while before != clean:
        before = clean
        clean = _EMPTY_BLOCK.sub("", _EMPTY_INLINE.sub(r"\2", _NO_LINK.sub("", clean)))
    return clean
