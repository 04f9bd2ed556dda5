"""Characters that a feed cannot carry, one form for the others, and bidirectional controls in pairs."""

from __future__ import annotations

import re
import unicodedata

from feeds.models import Problem, Severity
from feeds.render.plain import join_words

# XML 1.0 section 2.2 forbids the C0 controls, surrogates and U+FFFE/U+FFFF outright and discourages the C1 controls and
# the noncharacters; a byte-order mark inside a text shows as nothing at best.
_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
_LINE_BREAKS = "\r\x85\u2028\u2029"
FORBIDDEN = re.compile(f"[{_FORBIDDEN}]")
_LINE_BREAK = re.compile(f"\r\n|[{_LINE_BREAKS}]")

_ISOLATES = "\u2066\u2067\u2068"
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"
_CLOSES = {"\u2069": _ISOLATES, "\u202c": _EMBEDDINGS}
_BIDI = re.compile(f"[{_ISOLATES}{_EMBEDDINGS}{''.join(_CLOSES)}]")
# Nothing of all this is in most posts, which is found out in UTF-8 at a fifth of the cost: by what is one byte, and by
# a first byte that is looked for alone before the whole.
CONTROLS = bytes(code for code in (*range(32), 127) if chr(code) not in "\t\n")
_LONGER = (
    (b"\xc2", re.compile(rb"\xc2[\x80-\x9f]")),
    (b"\xe2", re.compile(rb"\xe2(?:\x80[\xa8-\xae]|\x81[\xa6-\xa9])")),
    (b"\xed", re.compile(rb"\xed[\xa0-\xbf]")),
    (b"\xef", re.compile(rb"\xef(?:\xb7[\x90-\xaf]|\xbb\xbf|\xbf[\xbe\xbf])")),
)
# What `clean_body` leaves alone, alone and between others: nearly all that texts in Latin, Greek, Cyrillic and Chinese
# are made of, and signs. The first byte tells, but for a few, with what may not stand behind those.
_INERT_BYTES = bytes(
    {*b"\t\n", *range(32, 127), *range(0x80, 0xC0), *range(0xC3, 0xCC), *b"\xcf\xd0\xd1", *range(0xE4, 0xEA)}
)
_NOT_INERT = (
    (b"\xc2", re.compile(rb"\xc2[\x80-\x9f]")),
    (b"\xce", re.compile(rb"\xce(?=\x87)")),
    (
        b"\xe2",
        re.compile(
            rb"\xe2(?:\x80[\x80\x81\xa8-\xae]|\x81[\xa6-\xa9]|\x84[\xa6\xaa\xab]|\x8c[\xa9\xaa]"
            rb"|[\x83\xab\xb3\xb5\xb7])"
        ),
    ),
    (b"\xe3", re.compile(rb"\xe3(?:\x80[\xaa-\xaf]|\x82[\x99\x9a])")),
    (b"\xf0", re.compile(rb"\xf0(?!\x9f)")),
)
_FIRST_BYTES = bytes(first[0] for first, _ in _NOT_INERT)
_BLOCK_TAG = re.compile(
    r"(</?(?:p|div|li|ul|ol|dl|dd|dt|h[1-6]|t[dhr]|table|blockquote|pre|figure|figcaption|summary|details|section|br)\b[^>]*>)"
)

# In what the cleaner made, a tag's values stand in double quotes and no tag has an event handler: what looks like one
# is text, a code sample mostly.
_TAG = re.compile(r'<[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
_HANDLER = re.compile(r"""(\son\w+\s*=\s*)(["'])""", re.IGNORECASE)
_HANDLER_NAME = re.compile(r"(\son\w+\s*)=(?=\s*(?:['\"]|$))", re.IGNORECASE)
_VALUE = re.compile(r'="([^"]*)"')
# In UTF-8 of one case, with whatever stands before it: that is found out in half of the time, and seldom for nothing.
_LOOKS_LIKE_HANDLER = re.compile(rb"on[\w\x80-\xff]+[\s\x80-\xff]*=")
_QUOTED = re.compile(rb"=[\s\x80-\xff]*(?:&quot;|&#x27;|[\"'])")
# At the end of what stands before the sign, which is as much as a name and the spaces behind it take, or more.
_HANDLER_BEHIND = re.compile(rb"(?:\A[\w\x80-\xff]*|[\s\x80-\xff][oO][nN][\w\x80-\xff]+)[\s\x80-\xff]*\Z")
_NEAR = 40  # bytes; what has no other sign in it may be the end of a longer name
_REFERENCES = {'"': "&#34;", "'": "&#39;"}


def clean_text(text: str) -> str:
    """`text` on one line, in NFC, without characters that XML forbids, with bidirectional controls in pairs only.

    U+FFFD, which stands for a character that was lost, goes as well.
    """
    prose = clean_prose(text)
    return prose if prose.isascii() else " ".join(prose.split())


def clean_prose(text: str) -> str:
    """As `clean_text`, with the no-break spaces that typography sets in a sentence."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = FORBIDDEN.sub("", _LINE_BREAK.sub("\n", text)).replace("\ufffd", "")
    return pair_bidi_controls(join_words(unicodedata.normalize("NFC", text)))


def clean_body(text: str, *, path: str, first_line: int) -> tuple[str, tuple[Problem, ...]]:
    """`text` in NFC, one kind of line break, no forbidden characters; and a warning for each line that had some."""
    problems: tuple[Problem, ...] = ()
    if is_suspect(text.encode("utf-8", "surrogatepass")):
        text = text.replace("\r\n", "\n")
        if FORBIDDEN.search(text):
            problems = _report_forbidden(text, path=path, first_line=first_line)
            text = FORBIDDEN.sub("", text)
        text = _LINE_BREAK.sub("\n", text)
    return unicodedata.normalize("NFC", text), problems


def is_inert(raw: bytes) -> bool:
    """Whether it is certain of a text in UTF-8 that `clean_body` would leave it as it is, with nothing to report.

    Most are, which is found out in a quarter of the time: no character of them is forbidden, breaks a line or turns its
    direction, and none is composed with another in NFC or written in another way there.
    """
    odd = raw.translate(None, _INERT_BYTES)
    return not odd.translate(None, _FIRST_BYTES) and not any(
        first in odd and other.search(raw) for first, other in _NOT_INERT
    )


def clean_html(html: str) -> str:
    """`html` without the forbidden characters that character references stood for, bidirectional controls in pairs."""
    if not is_suspect(html.encode("utf-8", "surrogatepass")):
        return html
    html = FORBIDDEN.sub("", html)
    if _BIDI.search(html):
        # A bidirectional control ends with its paragraph (UAX 9, X1), which in HTML is the block.
        html = "".join(pair_bidi_controls(part) for part in _BLOCK_TAG.split(html))
    return html


def hide_lookalikes(html: str) -> str:
    """`html` from the cleaner, with references in it for what reads well and is taken for something worse.

    Where its text or an attribute shows an event handler (`onclick="…"`), a filter that searches markup by pattern
    finds active content; where it shows U+FFFD, a decoding that has failed.
    """
    html = html.replace("\ufffd", "&#xFFFD;")
    lower = html.encode("utf-8", "surrogatepass").lower()
    if not _LOOKS_LIKE_HANDLER.search(lower):
        return html
    parts, end = [], 0
    for tag in _TAG.finditer(html):
        parts += [_hide_quotes(html[end : tag.start()]), _VALUE.sub(_hide_equals, tag[0])]
        end = tag.end()
    return "".join([*parts, _hide_quotes(html[end:])])


def is_suspect(raw: bytes) -> bool:
    """Whether there may be a character in a text in UTF-8 that is forbidden, breaks a line, or turns its direction."""
    return len(raw.translate(None, CONTROLS)) != len(raw) or is_suspect_beyond_ascii(raw)


def is_suspect_beyond_ascii(raw: bytes) -> bool:
    """The same of a text without control characters of ASCII."""
    return not raw.isascii() and any(first in raw and whole.search(raw) for first, whole in _LONGER)


def may_show_handlers(texts: bytes) -> bool:
    """Whether `hide_lookalikes` might find a handler in texts of HTML in UTF-8, their tags left out.

    False says that there is none. It is asked from the `=` before a quotation mark, of which there are few, backwards.
    """
    return any(
        _HANDLER_BEHIND.search(texts[max(0, found.start() - _NEAR) : found.start()])
        for found in _QUOTED.finditer(texts)
    )


def _hide_equals(value: re.Match[str]) -> str:
    return '="' + _HANDLER_NAME.sub(r"\1&#61;", value[1]) + '"'


def _hide_quotes(text: str) -> str:
    return _HANDLER.sub(lambda found: found[1] + _REFERENCES[found[2]], text)


def pair_bidi_controls(text: str) -> str:
    """`text` without the bidirectional controls that nothing closes or that close nothing (UAX 9, BD9 and BD11)."""
    if not _BIDI.search(text):
        return text
    stack: list[tuple[int, str]] = []
    paired: set[int] = set()
    for found in _BIDI.finditer(text):
        position, control = found.start(), found[0]
        if control not in _CLOSES:
            stack.append((position, control))
        elif stack and stack[-1][1] in _CLOSES[control]:
            paired |= {stack.pop()[0], position}
    return _BIDI.sub(lambda found: found[0] if found.start() in paired else "", text)


def _report_forbidden(text: str, *, path: str, first_line: int) -> tuple[Problem, ...]:
    problems = []
    for number, line in enumerate(text.split("\n"), start=first_line):
        if found := sorted({f"U+{ord(character):04X}" for character in FORBIDDEN.findall(line)}):
            problems.append(
                Problem(
                    path=path,
                    line=number,
                    severity=Severity.WARNING,
                    message=f"holds {', '.join(found)}, which no feed may carry and ours leave out: delete it",
                )
            )
    return tuple(problems)
