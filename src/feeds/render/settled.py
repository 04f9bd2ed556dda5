"""HTML in which there is nothing to mend and nothing to sanitize, as a renderer of Markdown writes it by itself.

This is no sanitizer: it takes nothing out and puts nothing right. It recognises HTML of which it is certain that the
sanitizer would write it again as it is, and leaves all other to that. What makes it certain:

- every `<` and every `>` is a tag's, and each tag is one of a few, letter for letter;
- every `&` begins one of the five references that escaped text needs, and there is no character that a parser of HTML
  drops or takes for another;
- the tags nest so that the parser has nothing to close, to open or to move (HTML Living Standard, section 13.2.6.4.7,
  and for tables those behind it);
- an address is one that the sanitizer hands on: without a scheme, or with a host that nobody can read in another way.

What the sanitizer would have to do is then to resolve the addresses, to drop the comment that ends a summary, and to
write what it has read (section 13.3): void elements without a slash, quotation marks in a text as they are, and a
no-break space by its name.
"""

from __future__ import annotations

import re
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from feeds.render.characters import is_suspect
from feeds.render.clean import holds_empty
from feeds.render.furniture import is_furnished
from feeds.render.plain import count_parted, count_words, parts_words
from feeds.render.tables import UPWARDS

if TYPE_CHECKING:
    from feeds.render.links import Links

PHRASES = ("b", "code", "del", "em", "i", "kbd", "strong", "sub", "sup")
LEAVES = ("p", "pre", "h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = ("blockquote", "div", "figcaption", "figure")
NAMES = ("a", *PHRASES, *LEAVES, *BLOCKS, "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td")
DEPTH = 16  # what nests deeper was made to nest
COMMENTS = ("!-- more --", "!--more--", "!-- truncate --", "!--truncate--")

# In the skeleton of a post one letter stands for each tag, so that to look at its nesting takes a few replacements.
_OPENED = {name: chr(number) for number, name in enumerate(NAMES, start=ord("À"))}
_CLOSED = {name: chr(number) for number, name in enumerate(NAMES, start=ord("À") + len(NAMES))}
_RULE, _OTHER = "-", "?"
_LETTERS = (
    {name.encode(): letter for name, letter in _OPENED.items() if name != "a"}
    | {f"/{name}".encode(): letter for name, letter in _CLOSED.items()}
    | {
        f'{cell} align="{side}"'.encode(): _OPENED[cell]
        for cell in ("th", "td")
        for side in ("left", "center", "right")
    }
    | {b"br": "", b"br /": "", b"hr": _RULE, b"hr /": _RULE}
)
_WRITTEN = {tag: b"<%b>" % tag.removesuffix(b" /") for tag in _LETTERS}
_LETTERS |= {comment.encode(): "" for comment in COMMENTS}

_NO_BRACKET = bytes(set(range(256)) - set(b"<>"))
_OTHER_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|#x27);)")
# What the parser drops behind <pre>, and what it moves out of a table: whatever stands straight in it or in its rows.
_MOVED = re.compile(rb"<(?:pre>\n|(?:table|/?(?:thead|tbody|tr)|/t[hd])>(?!\n</?t(?:able|head|body|[rhd])[ >]))")
_MERGED = f">{UPWARDS}</t".encode()
_ADDRESS = (
    # Neither a number in disguise nor Punycode for a host.
    rb'"((?:https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)*[a-z]+(?=[/?#"])|mailto:|(?![^"]*:))(?:[!#-%\'-~]|&amp;|&#x27;)*)"'
)
_SAID = rb'"(?:[^"&=]|&amp;)*"'  # without `=`, in which others see attributes
_LINK = re.compile(rb"(a href)=%b((?: title=%b)?)" % (_ADDRESS, _SAID))
_PICTURE = re.compile(rb"(img src)=%b( alt=%b(?: title=%b)?)(?: /)?" % (_ADDRESS, _SAID, _SAID))
_LIST = re.compile(rb'ol start="\d+"')
_CODE = re.compile(rb'code class="language-[A-Za-z0-9_+#.-]+"')
_SAFE = re.compile(r"[!#-;=?-~]*")


class Settled(NamedTuple):
    """Clean HTML, and how many words it has."""

    content: str
    words: int


def settle_html(html: str, links: Links) -> Settled | None:
    """What becomes of `html` as it came from a renderer; None where others have to look at it."""
    raw = html.encode()
    brackets = raw.translate(None, _NO_BRACKET)
    if brackets != b"<>" * (len(brackets) // 2) or _OTHER_REFERENCE.search(raw) or is_suspect(raw):
        return None
    pieces = raw.replace(b"<", b">").split(b">")
    tags = pieces[1::2]
    letters = list(map(_LETTERS.get, tags, repeat(_OTHER)))
    written = list(map(_WRITTEN.get, tags, repeat(b"")))
    for at in [at for at, letter in enumerate(letters) if letter is _OTHER]:
        letters[at], written[at] = found = _read_tag(tags[at], links)
        if not found[1]:
            return None
    if (b"^" in raw and _MERGED in raw) or _MOVED.search(raw) or not _is_nested("".join(letters)):
        return None
    texts = b"".join(pieces[::2])
    pieces[1::2] = written
    # No attribute has a reference to a quotation mark in it.
    whole = b"".join(pieces).replace(b"&quot;", b'"').replace(b"&#x27;", b"'").replace(b"\xc2\xa0", b"&nbsp;")
    content = whole.decode()
    if holds_empty(content):
        return None
    return Settled(content, count_parted(texts) if parts_words(content, whole) else count_words(content))


def _read_tag(tag: bytes, links: Links) -> tuple[str, bytes]:
    """The letter of a tag with attributes and how it is written; two times nothing where that is not certain."""
    if found := _LINK.fullmatch(tag) or _PICTURE.fullmatch(tag):
        name, address, said = found.groups()
        resolved = links.resolve(address.decode().replace("&#x27;", "'").replace("&amp;", "&"))
        if resolved is None or not _SAFE.fullmatch(resolved):
            return "", b""
        letter = _OPENED["a"] if name == b"a href" else ""
        return letter, b'<%b="%b"%b>' % (name, resolved.replace("&", "&amp;").encode(), said)
    if _LIST.fullmatch(tag):
        return _OPENED["ol"], b"<%b>" % tag
    if _CODE.fullmatch(tag) and not is_furnished(f"<{tag.decode()}>"):
        return _OPENED["code"], b"<%b>" % tag
    return "", b""


def _is_nested(skeleton: str) -> bool:
    """Whether phrases hold phrases alone, and no link a link, leaves hold phrases alone, and the rest what it may."""
    skeleton = _close_phrases(_close_phrases(skeleton).replace(_pair("a"), ""))
    skeleton = _LEAF.sub("", skeleton)
    for _ in range(DEPTH):
        before, skeleton = skeleton, _CONTAINER.sub("", skeleton)
        if before == skeleton:
            break
    return not skeleton


def _close_phrases(skeleton: str) -> str:
    for _ in range(DEPTH):
        before = skeleton
        for pair in _PHRASES:
            skeleton = skeleton.replace(pair, "")
        if before == skeleton:
            break
    return skeleton


def _pair(name: str, inside: str = "") -> str:
    return _OPENED[name] + inside + _CLOSED[name]


def _match_containers() -> re.Pattern[str]:
    items, heads, cells = (f"(?:{_pair(name)})*" for name in ("li", "th", "td"))
    body = _pair("tbody", f"(?:{_pair('tr', cells)})*")
    table = _pair("table", _pair("thead", _pair("tr", heads)) + f"(?:{body})?")
    return re.compile("|".join((*map(_pair, BLOCKS), _pair("ul", items), _pair("ol", items), table)))


_PHRASES = tuple(map(_pair, PHRASES))
_LEAF = re.compile("|".join((*map(_pair, LEAVES), _RULE)))
_CONTAINER = _match_containers()
