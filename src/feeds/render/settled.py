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
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from feeds.render.characters import CONTROLS, is_suspect_beyond_ascii, may_show_handlers
from feeds.render.clean import holds_empty
from feeds.render.furniture import is_furnished
from feeds.render.plain import count_parted, count_words, parts_words
from feeds.render.tables import UPWARDS

if TYPE_CHECKING:
    from collections.abc import Sequence

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
_LINKS = _OPENED["a"]
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
# What has to be looked at: for what it drops of the text behind it, or for what it says about the post.
_LETTERS.pop(b"pre")
_COMMENTS = frozenset(map(str.encode, COMMENTS))
_NOTHING = _COMMENTS | {b"/a"}  # what may stand in a link, or end it, that has no text

# A character that a parser drops is in the way as a bracket is.
_HARMLESS = bytes(set(range(256)) - set(b"<>") - set(CONTROLS))
_OTHER_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|#x27);)")
_RARE_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot);)")
# What the parser moves out of a table: whatever stands straight in it or in its rows.
_MOVED = re.compile(rb"<(?:table|/?(?:thead|tbody|tr)|/t[hd])>(?!\n</?t(?:able|head|body|[rhd])[ >])")
_END = b"</table>"
_MERGED = f">{UPWARDS}</t".encode()
_ADDRESS = (
    # Neither a number in disguise nor Punycode for a host.
    rb'"((?:https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)*[a-z]+(?=[/?#"])|mailto:|(?![^"]*:))(?:[!#-%\'-~]|&amp;|&#x27;)*)"'
)
_SAID = rb'"(?:[^"&=]|&amp;)*"'  # without `=`, in which others see attributes
_ROOT = re.compile(r"https?://[A-Za-z0-9.:-]+")
# Most links: to another host, or from the root of this one to what is no post's file. They lead where they say.
_SIGNS = rb"[A-Za-z0-9._~:/?@!$'()*+,;=#-]*"
_STRAIGHT = re.compile(
    rb"a href=\"(?:https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)*[a-z]+(?=[/?#\"])%b(?:&amp;%b)*"
    rb"|(/(?!/)[A-Za-z0-9_~/-]*(?:#[A-Za-z0-9_~/-]*)?))\"(?: title=%b)?" % (_SIGNS, _SIGNS, _SAID)
)
_LINK = re.compile(rb"(a href)=%b((?: title=%b)?)" % (_ADDRESS, _SAID))
_PICTURE = re.compile(rb"(img src)=%b( alt=%b(?: title=%b)?)(?: /)?" % (_ADDRESS, _SAID, _SAID))
_LIST = re.compile(rb'ol start="\d+"')
_CODE = re.compile(rb'code class="language-[A-Za-z0-9_+#.-]+"')
_SAFE = re.compile(r"[!#-;=?-~]*")
_LOST = "\ufffd".encode()
# Nothing, perhaps: `holds_empty` says for certain.
_BLANKS = bytes({*b" \t\n\r\x0b\x0c#", *range(0x80, 0x100)})
_BLANK_INSIDE = re.compile(rb"<[a-z][a-z0-9]*>[\s\x80-\xff]*</")


class Settled(NamedTuple):
    """Clean HTML, also in UTF-8, and how many words it has.

    The rest says whether there is a picture in it, whether there was an author's mark in what it was made of, and
    whether `hide_lookalikes` may find something.
    """

    content: str
    words: int
    encoded: bytes
    pictured: bool
    marked: bool
    suspicious: bool


class _Tags(NamedTuple):
    """The tags of a post: a letter for each, how they are written, and whether some link may have no text."""

    skeleton: str
    written: list[bytes]
    blank: bool
    pictured: bool
    marked: bool


def settle_html(raw: bytes, links: Links) -> Settled | None:
    """What becomes of HTML in UTF-8 as it came from a renderer; None where others have to look at it."""
    brackets, rare = raw.translate(None, _HARMLESS), _RARE_REFERENCE.search(raw)
    if brackets != b"<>" * (len(brackets) // 2) or (rare and _OTHER_REFERENCE.search(raw, rare.start())):
        return None
    if is_suspect_beyond_ascii(raw):
        return None
    pieces = raw.replace(b"<", b">").split(b">")
    tags = _read_tags(pieces, links)
    if tags is None or not _is_nested(tags.skeleton) or _is_moved(raw, tags.skeleton):
        return None
    texts = b"".join(pieces[::2])
    pieces[1::2] = tags.written
    # No attribute has a reference to a quotation mark in it. `replace` would count them before, which takes as long.
    whole = b'"'.join(b"".join(pieces).split(b"&quot;"))
    if rare:
        whole = whole.replace(b"&#x27;", b"'")
    if b"\xc2" in whole:
        whole = whole.replace(b"\xc2\xa0", b"&nbsp;")
    content = whole.decode()
    if (tags.blank or _BLANK_INSIDE.search(whole)) and holds_empty(content):
        return None
    return Settled(
        content,
        count_parted(texts) if parts_words(content, whole) else count_words(content),
        encoded=whole,
        pictured=tags.pictured,
        marked=tags.marked,
        suspicious=may_show_handlers(texts) or (b"\xef" in raw and _LOST in raw),
    )


def _read_tags(pieces: Sequence[bytes], links: Links) -> _Tags | None:
    """What stands at each second place in `pieces`; None where something is not certain."""
    tags = pieces[1::2]
    letters = list(map(_LETTERS.get, tags, repeat(_OTHER)))
    written = list(map(_WRITTEN.get, tags, repeat(b"")))
    root = links.root.encode() if _ROOT.fullmatch(links.root) else None
    blank = pictured = marked = False
    for at in [at for at, letter in enumerate(letters) if letter is _OTHER]:
        tag, behind = tags[at], pieces[2 * at + 2]
        if found := _STRAIGHT.fullmatch(tag):
            letters[at], written[at] = _LINKS, b"<" + tag + b">"
            if found.lastindex:
                if root is None:
                    return None
                written[at] = b'<a href="' + root + tag[8:] + b">"
        elif tag == b"pre" and not behind.startswith(b"\n"):  # which the parser would drop
            letters[at] = _OPENED["pre"]
        elif tag in _COMMENTS:
            letters[at], marked = "", True
        else:
            letters[at], written[at] = _read_tag(tag, links)
            if not written[at]:
                return None
            pictured = pictured or tag.startswith(b"img")
        if not behind.strip(_BLANKS) and letters[at] is _LINKS and not _NOTHING.isdisjoint(tags[at + 1 : at + 2]):
            blank = True
    return _Tags("".join(letters), written, blank=blank, pictured=pictured, marked=marked)


def _is_moved(raw: bytes, skeleton: str) -> bool:
    """Whether there is something in a table that does not stay where it is."""
    if _OPENED["table"] not in skeleton:
        return False
    first, last = raw.index(b"<table>"), raw.rindex(_END) + len(_END)
    return (b"^" in raw and _MERGED in raw) or _MOVED.search(raw, first, last) is not None


def _read_tag(tag: bytes, links: Links) -> tuple[str, bytes]:
    """The letter of a tag with attributes and how it is written; two times nothing where that is not certain."""
    if found := _LINK.fullmatch(tag) or _PICTURE.fullmatch(tag):
        name, address, said = found.groups()
        resolved = links.resolve(address.decode().replace("&#x27;", "'").replace("&amp;", "&"))
        if resolved is None or not _SAFE.fullmatch(resolved):
            return "", b""
        letter = _OPENED["a"] if name == b"a href" else ""
        return letter, b'<%b="%b"%b>' % (name, resolved.replace("&", "&amp;").encode(), said)
    return _read_other(tag)


@lru_cache(maxsize=1024)
def _read_other(tag: bytes) -> tuple[str, bytes]:
    """The same of a tag without an address, which means the same in every post."""
    if _LIST.fullmatch(tag):
        return _OPENED["ol"], b"<%b>" % tag
    if _CODE.fullmatch(tag) and not is_furnished(f"<{tag.decode()}>"):
        return _OPENED["code"], b"<%b>" % tag
    return "", b""


def _is_nested(skeleton: str) -> bool:
    """Whether phrases hold phrases alone, and no link a link, leaves hold phrases alone, and the rest what it may."""
    skeleton = _close_phrases(_close_phrases(skeleton).replace(_pair("a"), ""))
    for pair in _LEAVES:
        skeleton = skeleton.replace(pair, _RULE)  # so that one that holds another is none
    skeleton = skeleton.replace(_RULE, "")
    for _ in range(DEPTH):
        before, skeleton = skeleton, _CONTAINER.sub("", skeleton)
        if before == skeleton:
            break
    return not skeleton


def _close_phrases(skeleton: str) -> str:
    for _ in range(DEPTH):
        if not _PHRASE.search(skeleton):  # as it is once, mostly
            break
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
_PHRASE = re.compile(f"[{''.join(_OPENED[name] for name in PHRASES)}]")
_LEAVES = tuple(map(_pair, LEAVES))
_CONTAINER = _match_containers()
