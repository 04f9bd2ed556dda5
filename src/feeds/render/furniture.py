"""What belongs to the site around a text, or needs the site's scripts: made into what every reader shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import lxml.html
import nh3

from feeds.render.clean import GONE, TAGS
from feeds.render.drawings import link_drawings
from feeds.render.media import link_media
from feeds.render.players import link_players
from feeds.render.sidenotes import bracket_notes
from feeds.render.tables import UPWARDS, merge_cells

if TYPE_CHECKING:
    from collections.abc import Callable

Element = Any  # lxml ships no types

_SUSPECT = re.compile(
    # All in one group behind the bracket, so that the search goes from bracket to bracket.
    r"<(?:(?:audio|button|canvas|embed|form|iframe|input|label|object|picture|source|svg|video)\b"
    r"|[^<>]*\s(?:srcset|data-(?:src|lazy|original)[\w-]*)="
    r"|pre\b[^<>]*\s(?:lang|class)="
    r"|[^<>]*\sclass=[\"']?[^\"'<>]*?\b(?:admonition|anchor|contents|copy|gutter|header-?link|highlight|language-|literal"
    r"|line-?n\w*|margin-?note|permalink|hash-link|rouge|hljs-ln|side-?note|tabbed-set)(?<!<code class=\"language-))",
    re.IGNORECASE,
)
# Without one of these there is nothing to do. In bytes of one case, from bracket to bracket, that is found out in a
# third of the time. What a renderer of Markdown makes has few tags with attributes, and no others of these names.
_MARKED_TAG = re.compile(
    rb"<(?:audio|button|canvas|embed|form|iframe|input|label|object|picture|script|source|svg|video"
    rb"|[a-z-]*(?:youtube|vimeo)"
    rb"|(?!code class=\"language-(?!language-))[a-z][a-z0-9-]*[\s/][^<>]*(?:srcset|data-|class|lang))"
)
_SCRIPT_EMBED = re.compile(
    r"<script\b[^>]*\bsrc=[\"']?((?:https?:)?//(?:gist\.github\.com|asciinema\.org)/[^\"'>\s]+?)(?:\.js(?:\?[^\"'>\s]*)?)?[\"']?[\s>][^<]*</script>",
    re.IGNORECASE,
)
# As JSX and XHTML write it; in HTML everything behind it would be inside.
_SELF_CLOSED = re.compile(r"<(iframe|video|audio|object)\b([^>]*?)\s*/>", re.IGNORECASE)
_NOSCRIPT = re.compile(r"</?noscript\b[^>]*>", re.IGNORECASE)
_TAGS = set(TAGS) | {
    "audio",
    "button",
    "embed",
    "iframe",
    "input",
    "label",
    "nav",
    "object",
    "picture",
    "source",
    "video",
}
_ATTRIBUTES = frozenset({
    "align", "alt", "aria-label", "checked", "cite", "class", "colspan", "data", "data-lazy", "data-lazy-src",
    "data-lazy-srcset", "data-original", "data-src", "data-srcset", "datetime", "dir", "height", "href",
    "hreflang", "id", "lang", "open", "poster", "reversed", "rowspan", "scope", "span", "src", "srcset",
    "start", "title", "type", "value", "width",
})  # fmt: skip
_LINE_NUMBERS = frozenset({
    "gutter", "hljs-ln-n", "hljs-ln-numbers", "line-number", "line-numbers-rows", "lineno", "linenodiv",
    "linenos", "linenumber", "linenumbers", "ln", "lnt", "rouge-gutter",
})  # fmt: skip
_ANCHORS = frozenset({
    "anchor", "anchor-link", "anchorlink", "hash-link", "header-anchor", "header-link", "headerlink",
    "heading-anchor", "heading-link", "permalink", "toc-anchor",
})  # fmt: skip
_ANCHOR_TEXT = re.compile(r"\s*(?:[#¶§🔗⚓∞\u200b]|Link|Permalink|Anchor|)\s*$")
_COPY_TEXT = re.compile(r"\s*(?:Copy\w*|Copied\W*|📋|)\s*$", re.IGNORECASE)
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-lazy")
_LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?-|highlight-source-|brush:\s*)([\w+#-]+)")
_NO_LANGUAGE = frozenset({"code", "literal-block", "highlight", "default", "none", "plaintext"})
_HOLDS_TEXT = frozenset({
    "a", "dd", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "span",
    "strong", "summary", "td", "th",
})  # fmt: skip


def simplify_furniture(html: str) -> str:
    """`html` as a renderer made it, with embeds as links, lazy and picked pictures as plain ones, and no furniture.

    What comes back is as safe or unsafe as it was: it is for the cleaner.
    """
    if UPWARDS in html and f">{UPWARDS}</t" in html:
        html = merge_cells(html)
    if not _is_marked(html):
        return html
    if "<script" in html:
        html = _SCRIPT_EMBED.sub(lambda found: f"<p>{link_media(found[1], title=found[1])}</p>", html)
    html = link_players(html)
    if not is_furnished(html):
        return html
    html = link_drawings(_SELF_CLOSED.sub(r"<\1\2></\1>", html))
    # html5ever reads what a browser reads; libxml2 then meets well-formed markup only.
    tidy = nh3.clean(
        _NOSCRIPT.sub("", html),
        tags=_TAGS,
        attributes={"*": set(_ATTRIBUTES)},
        clean_content_tags=set(GONE) - _TAGS,
        link_rel=None,
        strip_comments=False,
    )
    root = lxml.html.fragment_fromstring(tidy, create_parent="div")
    for change in _CHANGES:
        change(root)
    simple: str = lxml.html.tostring(root, encoding="unicode")
    return simple.removeprefix("<div>").removesuffix("</div>")


def is_furnished(html: str) -> bool:
    """Whether there is something in `html` that `simplify_furniture` may change, besides scripts and players."""
    return _SUSPECT.search(html) is not None


def _is_marked(html: str) -> bool:
    """Whether there may be something in `html` that is not as a renderer of Markdown makes it."""
    return _MARKED_TAG.search(html.encode("utf-8", "surrogatepass").lower()) is not None


def _link_embeds(root: Element) -> None:
    for element in list(root.iter("iframe", "video", "audio", "object", "embed")):
        source = element.get("src") or element.get("data-src") or element.get("data") or ""
        if not source:
            inner = element.find(".//source[@src]")
            source = inner.get("src") if inner is not None else ""
        if not source or source.startswith(("data:", "about:", "javascript:")):
            # An object may hold a picture for those who cannot show it.
            element.drop_tag()
            continue
        link = lxml.html.fragment_fromstring(
            link_media(
                source,
                title=element.get("title") or element.get("aria-label") or "",
                poster=element.get("poster") or "",
            )
        )
        if element.getparent().tag not in _HOLDS_TEXT:
            paragraph = lxml.html.Element("p")
            paragraph.append(link)
            link = paragraph
        link.tail, element.tail = element.tail, None
        element.getparent().replace(element, link)


def _settle_pictures(root: Element) -> None:
    for picture in list(root.iter("picture")):
        image = picture.find(".//img")
        candidates = [source.get("srcset") or source.get("data-srcset") for source in picture.iter("source")]
        if image is not None and not _is_real(image.get("src")) and (found := next(filter(None, candidates), None)):
            image.set("srcset", image.get("srcset") or found)
    for source in list(root.iter("source")):
        source.drop_tag()
    for picture in list(root.iter("picture")):
        picture.drop_tag()
    previous = None
    for image in list(root.iter("img")):
        if not _is_real(image.get("src")):
            lazy = next((image.get(name) for name in _LAZY if image.get(name)), None)
            chosen = lazy or _largest(
                image.get("srcset") or image.get("data-srcset") or image.get("data-lazy-srcset") or ""
            )
            if chosen:
                image.set("src", chosen)
        # A lazy picture stands beside the one that its noscript holds.
        if previous is not None and previous.getnext() is image and image.get("src") == previous.get("src"):
            image.drop_tree()
        else:
            previous = image


def _is_real(source: str | None) -> bool:
    return bool(source) and not re.match(
        r"data:image/(?:gif|svg)|.*(?:placeholder|blank|spacer|1x1)\.(?:gif|png|svg)", source or ""
    )


def _largest(srcset: str) -> str:
    """The candidate of a srcset with the largest descriptor (HTML Living Standard, section 4.8.4.2.1)."""
    best, most = "", -1.0
    for url, descriptor in re.findall(r"(\S*[^\s,])(?:\s+([\d.]+)[wx])?\s*(?:,|$)", srcset):
        size = float(descriptor or 1)
        if size > most:
            best, most = url, size
    return best


def _drop_anchors(root: Element) -> None:
    for link in list(root.iter("a")):
        if _ANCHORS & _classes(link):
            if _ANCHOR_TEXT.match(link.text_content()) and link.find(".//img") is None:
                link.drop_tree()
            elif (link.get("href") or "").startswith("#"):
                link.drop_tag()
    for contents in list(root.iter("nav")):
        if "contents" in _classes(contents):  # docutils made it
            contents.drop_tree()
        else:
            contents.drop_tag()


def _drop_line_numbers(root: Element) -> None:
    for element in list(root.iter("td", "th", "div", "span", "small", "pre", "a")):
        found = _LINE_NUMBERS & _classes(element)
        if not found or element.getparent() is None:
            continue
        inside = any(ancestor.tag in {"pre", "code", "td", "tr"} for ancestor in element.iterancestors())
        # `ln` and its like are everybody's words outside of code; a table's class may name the mode, not the column.
        if (inside or element.tag in {"td", "th"}) and re.match(r"[\s\d]*$", element.text_content()):
            element.drop_tree()
    for table in list(root.iter("table")):
        cells = list(table.iter("td", "th"))
        if len(cells) == 1 and (code := cells[0].find(".//pre")) is not None:
            code.tail = None
            code.getparent().remove(code)
            code.tail, table.tail = table.tail, None
            table.getparent().replace(table, code)


def _settle_controls(root: Element) -> None:
    for button in list(root.iter("button")):
        if _COPY_TEXT.match(button.text_content()) or any(
            "copy" in name or "clipboard" in name for name in _classes(button)
        ):
            button.drop_tree()
        else:
            button.drop_tag()
    for field in list(root.iter("input")):
        if (field.get("type") or "").lower() == "checkbox" and any(
            parent.tag == "li" for parent in field.iterancestors()
        ):
            mark = "☑ " if field.get("checked") is not None else "☐ "
            field.tail = mark + (field.tail or "").lstrip()
        field.drop_tag()
    for label in list(root.iter("label")):
        if "tabbed-set" in _classes(label.getparent()):
            label.tag = "p"
            _make_strong(label)
        else:
            label.drop_tag()


def _quote_admonitions(root: Element) -> None:
    for element in list(root.iter("div", "aside")):
        if "admonition" in _classes(element):
            element.tag = "blockquote"
            for title in element.findall("p"):
                if "admonition-title" in _classes(title):
                    _make_strong(title)


def _make_strong(element: Element) -> None:
    strong = lxml.html.Element("strong")
    strong.text, element.text = element.text, None
    strong.extend(list(element))
    element.append(strong)


def _name_languages(root: Element) -> None:
    for literal in root.iter("span"):
        if {"docutils", "literal"} <= _classes(literal):
            literal.tag = "code"
    for block in list(root.iter("pre")):
        code = block.find("code")
        named = _LANGUAGE.search(code.get("class") or "") if code is not None else None
        if named is not None:
            continue
        language = block.attrib.pop("lang", "")
        for element in (block, *list(block.iterancestors())[:3]):
            if not language and (found := _LANGUAGE.search(element.get("class") or "")):
                language = found[1]
        if not language and "literal-block" in _classes(block):
            language = next((name for name in (block.get("class") or "").split() if name not in _NO_LANGUAGE), "")
        if language and language not in _NO_LANGUAGE:
            if code is None:
                code = lxml.html.Element("code")
                code.text, block.text = block.text, None
                code.extend(list(block))
                block.append(code)
            code.set("class", f"language-{language}")


def _classes(element: Element | None) -> set[str]:
    return set((element.get("class") or "").lower().split()) if element is not None else set()


_CHANGES: tuple[Callable[[Element], None], ...] = (
    _link_embeds,
    _settle_pictures,
    _drop_line_numbers,
    _drop_anchors,
    bracket_notes,
    _settle_controls,
    _quote_admonitions,
    _name_languages,
)
