"""Where kramdown reads Markdown and CommonMark does not: https://kramdown.gettalong.org/syntax.html."""

from __future__ import annotations

import re
import textwrap
import unicodedata

from feeds.render.kramdown_tables import settle_tables

# CommonMark ends such a block at the next empty line (section 4.6); kramdown does where its element is closed.
_CLOSED = re.compile(
    r"^(?P<quote>[ \t]*(?:>[ \t]*)*)(?:<(?:hr|br)\b[^<>]*>|[^\n]*</(?:address|article|aside|audio|blockquote|center"
    r"|details|div|dl|fieldset|figure|footer|form|h[1-6]|header|iframe|nav|object|ol|p|pre|script|section|table|ul"
    r"|video)>)[ \t]*$"
)
_SPANS = "abbr|a|b|cite|code|del|em|i|img|ins|kbd|mark|small|span|strong|sub|sup|s|u"
_TEXT = re.compile(rf"[ \t]{{0,3}}(?:>[ \t]*)*(?:[^\s<>]|<(?:{_SPANS})\b)")
# By itself on a line, such a tag begins a block of HTML in CommonMark; to kramdown it is text.
_SPAN_ALONE = re.compile(
    rf"^((?:[ \t]{{0,3}}>[ \t]?)*[ \t]{{0,3}}<(?:{_SPANS})\b[^<>]*>)[ \t]*\n(?:[ \t]{{0,3}}>[ \t]?)*(?=[^\s>])",
    re.MULTILINE,
)
# Inside of another element of HTML, an empty line in it would end that (CommonMark section 4.6).
_PRE_INSIDE = re.compile(r"(?<=\S)\n[ \t]*(<pre\b[^<>]*>(?:(?!</pre).)*?\n[ \t]*\n)", re.DOTALL)
_MARKDOWN_INSIDE = re.compile(
    r"^[ \t]*<(?P<name>[a-z]\w*)\b(?P<before>[^<>]*?)[ \t]+markdown=[\"']?(?:1|block|span)[\"']?(?P<after>[^<>]*)>"
    r"(?P<inner>.*?)[ \t]*</(?P=name)>",
    re.MULTILINE | re.DOTALL,
)
_FIRST_OF_CJK = "\u2e80"


# A line of HTML that text follows, and what all of those have in them, which is sooner found not to be there.
_ENDS_LINE = re.compile(rb"<(?:/[a-z]\w*|[a-z]+\b[^<>]*)>[ \t]*\n[ \t>]*[^\s>]")
_SAYS_MARKDOWN = re.compile(rb"=(?<=markdown=)")
_SIGNS = re.compile(rb"(?:</[a-z]\w*>|<[bh]r\b[^<>]*>|\n[ \t>]*<[a-z]+\b[^<>]*>)[ \t]*\n[ \t>]*[^\s>]")


def needs_kramdown(body: bytes) -> bool:
    """Whether there may be something in a body for `follow_kramdown`."""
    return (
        (b"=" in body and _SAYS_MARKDOWN.search(body) is not None)
        or (b"|" in body and b"\n|" in body)
        or (not body.isascii() and b"**" in body)
        or (b"<" in body and _ENDS_LINE.search(body) is not None and _SIGNS.search(body) is not None)
    )


def follow_kramdown(text: str) -> str:
    """`text`, whose code is protected, with what CommonMark would leave as it is written made plain to it."""
    if "markdown=" in text:
        text = _MARKDOWN_INSIDE.sub(_open_inside, text)
    if "\n|" in text or text.startswith("|"):
        text = settle_tables(text)
    if "<pre" in text:
        text = _PRE_INSIDE.sub(r"\n\n\1", text)
    if "<" in text:
        text = _end_html_blocks(_SPAN_ALONE.sub(r"\1", text))
    return text if text.isascii() or "**" not in text else "\n".join(map(_embolden, text.split("\n")))


def _open_inside(found: re.Match[str]) -> str:
    """An element whose inside is Markdown by its own word, parted from it by empty lines."""
    inner = textwrap.dedent(found["inner"].lstrip(" \t")).strip("\n")
    tag = f"<{found['name']}{found['before']}{found['after']}>"
    return f"{tag}\n\n{inner}\n\n</{found['name']}>\n"


def _end_html_blocks(text: str) -> str:
    """An empty line behind each HTML element that text follows directly."""
    lines = text.split("\n")
    out: list[str] = []
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        out.append(line)
        if "<" in line and _TEXT.match(below) and (closed := _CLOSED.match(line)):
            out.append(closed["quote"].rstrip())
    return "\n".join(out)


def _embolden(line: str) -> str:
    """`**` beside punctuation where no spaces part words: it marks nothing in CommonMark (section 6.2)."""
    parts = line.split("**")
    if len(parts) < 3 or len(parts) % 2 == 0:  # noqa: PLR2004 - something before, between and behind
        return line
    out = [parts[0]]
    for inner, after in zip(parts[1::2], parts[2::2], strict=True):
        opens = _is_punctuation(inner[:1]) and _is_cjk_letter(out[-1][-1:])
        closes = _is_punctuation(inner[-1:]) and _is_cjk_letter(after[:1])
        marked = (opens or closes) and inner == inner.strip()
        out += [f"<strong>{inner}</strong>" if marked else f"**{inner}**", after]
    return "".join(out)


def _is_punctuation(character: str) -> bool:
    return character != "" and unicodedata.category(character)[0] in "PS"


def _is_cjk_letter(character: str) -> bool:
    return character >= _FIRST_OF_CJK and character.isalnum()
