"""Code in a post's source, put out of the reach of everything that rewrites the source, and brought back unchanged.

Each character of code but white space is shifted into a private-use plane of Unicode, one for one: to template
languages, shortcodes and containers it is then a row of unknown letters, and to a Markdown renderer plain text. Lines,
indentation and fences stay where they are.
"""

from __future__ import annotations

import html
import re

from feeds.models import Markup

# Private use, far from where icon fonts have their pictures (Nerd Fonts from U+F0001, SF Symbols from U+100000).
_PLANE = 0x10F000
_SHIFT = {code: _PLANE + code for code in range(0x21, 0x7F)}
_UNSHIFT = {moved: code for code, moved in _SHIFT.items()}
_RUN = f"[{chr(_PLANE)}-{chr(_PLANE + 0x7F)}]+"
# With the white space between, so that a block of code is one match and not hundreds.
_SHIFTED = re.compile(rf"{_RUN}(?:[ \t\n]+{_RUN})*")

# CommonMark sections 4.5 (fences), 5.1 (quotes) and 5.2 (list items): what may stand before a fence on its line.
_FENCE = re.compile(r"^((?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])[ \t]+|[ \t]*>)*[ \t]*)(`{3,}(?!.*`)|~{3,})(.*)$")
_LIST_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s")
_CONTAINER_ITEM = re.compile(r"^\s*(?:!!!|\?\?\?\+?|===|\[\^[^\]]+\]:|:\s)")
_TICKS = re.compile(r"`+")
_RAW_CODE = re.compile(r"(<(pre|code|xmp|listing)\b[^>]*>)(.*?)(</\2\s*>)", re.IGNORECASE | re.DOTALL)
_TAG_IN_CODE = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->|&(?:[A-Za-z]\w*|#\w+);", re.DOTALL)
# reStructuredText: ``literals``, and what is indented below `::` or a directive for code.
_LITERAL = re.compile(r"(?<=``)(?!`)[^\n]+?(?=``)")
_LITERAL_BLOCK = re.compile(
    r"^((?:(?!\.\. )[^\n]*::|[ ]*\.\. (?:code|code-block|sourcecode|highlight|parsed-literal|math)::[^\n]*)\n"
    r"(?:[ \t]+:[\w-]+:[^\n]*\n)*)"
    r"((?:[ \t]*\n|[ \t]+[^\n]*(?:\n|\Z))+)",
    re.MULTILINE,
)
# A run of ticks is no code span if a paragraph ends inside it (CommonMark section 6.1): with an empty line, an item of
# a list, a row of a table or a heading.
_ENDS = re.compile(r"\n[ \t]*(?:\n|\||(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t]+\S)")


def shift(text: str) -> str:
    """`text` as characters that nothing reacts to."""
    return text.translate(_SHIFT)


def unshift(text: str) -> str:
    """The source that `shift` was given."""
    return text.translate(_UNSHIFT)


def unshift_html(rendered: str) -> str:
    """Rendered HTML with the shifted characters back in it, escaped where HTML needs it."""
    return _SHIFTED.sub(lambda found: html.escape(found[0].translate(_UNSHIFT)), rendered)


def fence_code(code: str, language: str) -> str:
    """Markdown for a block of `code`, out of reach already, with an empty line before and behind."""
    ticks = "`" * max([3, *(len(run) + 1 for run in _TICKS.findall(code))])
    return f"\n\n{ticks}{language}\n{shift(code)}\n{ticks}\n\n"


def protect_code(text: str, markup: Markup = Markup.COMMONMARK) -> str:
    """`text` with all of its code shifted: fenced, indented, between ticks, and inside `<pre>` and `<code>`."""
    if markup is Markup.HTML:
        return _RAW_CODE.sub(_shift_raw, text)
    if markup is Markup.RST:
        return _LITERAL_BLOCK.sub(
            lambda found: found[1] + shift(found[2]), _LITERAL.sub(lambda found: shift(found[0]), text)
        )
    # Python-Markdown takes a fence that is never closed for text, and MDX whatever is indented.
    return _protect_markdown(text, unclosed=markup is not Markup.MARKDOWN, indentation=markup is not Markup.MDX)


def _protect_markdown(text: str, *, unclosed: bool, indentation: bool) -> str:
    out: list[str] = []
    prose: list[str] = []
    in_list = False
    after_blank = True
    in_indented = False
    lines = text.split("\n")
    end = 0  # of the last fence
    for number, line in enumerate(lines):
        if number < end:
            continue
        indented = indentation and line.startswith(("    ", "\t"))
        opened = _FENCE.match(line)
        if opened and not (in_indented and indented):
            in_list = in_list or bool(_LIST_ITEM.match(line))
            end, closed = _find_end(lines, number, opened, in_list=in_list)
            if closed or unclosed:
                inside = lines[number + 1 : end - 1 if closed else end]
                out += [*_flush(prose), line, *_shift_lines(inside, quoted=line.lstrip().startswith(">"))]
                out += [lines[end - 1]] if closed else []
                after_blank = in_indented = False
                continue
            end = 0
        if not line.strip():
            prose.append(line)
            after_blank = True
            continue
        if _LIST_ITEM.match(line) or _CONTAINER_ITEM.match(line):
            in_list = in_list or not indented
        elif not line.startswith((" ", "\t")) and after_blank:
            in_list = False
        in_indented = indented and not in_list and (after_blank or in_indented)
        if in_indented:
            out += _flush(prose)
            out.append(shift(line))
        else:
            prose.append(line)
        after_blank = False
    out += _flush(prose)
    return "\n".join(out)


def _shift_lines(lines: list[str], *, quoted: bool) -> list[str]:
    """The lines inside a fence, shifted; the marks of the block quote that it is in stay."""
    if not quoted:
        return shift("\n".join(lines)).split("\n") if lines else []
    parts = [line.partition(">") for line in lines]
    return [mark + bracket + shift(rest) for mark, bracket, rest in parts]


def _find_end(lines: list[str], start: int, opened: re.Match[str], *, in_list: bool) -> tuple[int, bool]:
    """The line behind the fence that opens at `start`, and whether it is closed there or ends with what holds it."""
    quoted = lines[start].lstrip().startswith(">")
    lead = len(lines[start]) - len(lines[start].lstrip())
    # A fence is at most three columns further in than the text of its list item.
    margin = 1 if _LIST_ITEM.match(lines[start]) else max(1, lead - 3) if in_list and lead else 0
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if quoted and not line.lstrip().startswith(">"):
            return number, False
        if not quoted and margin and line.strip() and not line[:margin].isspace():
            return number, False
        if _closes(line.lstrip("> \t") if quoted else line, opened[2], opened.start(2) + 3):
            return number + 1, True
    return len(lines), False


def _closes(line: str, fence: str, margin: int) -> bool:
    stripped = line.strip()
    return stripped.startswith(fence) and not stripped.strip(fence[0]) and line.index(fence) <= margin


def _flush(prose: list[str]) -> list[str]:
    """The lines of prose so far with their inline code shifted; empties `prose`."""
    if not prose:
        return []
    text = "\n".join(prose)
    prose.clear()
    if "<" in text:
        text = _RAW_CODE.sub(_shift_raw, text)
    if "`" in text:
        text = _shift_spans(text)
    return text.split("\n")


def _shift_raw(found: re.Match[str]) -> str:
    """The inside of raw `<pre>` or `<code>`: its text shifted, its tags and character references left to HTML."""
    inner, parts, end = found[3], [], 0
    for tag in _TAG_IN_CODE.finditer(inner):
        parts += [shift(inner[end : tag.start()]), tag[0]]
        end = tag.end()
    return "".join([found[1], *parts, shift(inner[end:]), found[4]])


def _shift_spans(text: str) -> str:
    """`text` with the inside of each code span shifted (CommonMark section 6.1: equal runs of ticks)."""
    out: list[str] = []
    position = 0
    while opening := _TICKS.search(text, position):
        start, run = opening.start(), opening[0]
        if start and text[start - 1] == "\\":
            out.append(text[position : start + 1])
            position = start + 1
            continue
        closing = next((found for found in _TICKS.finditer(text, opening.end()) if found[0] == run), None)
        if closing is None or _ENDS.search(text, opening.end(), closing.start()):
            out.append(text[position : opening.end()])
            position = opening.end()
            continue
        out += [text[position : opening.end()], shift(text[opening.end() : closing.start()]), run]
        position = closing.end()
    return "".join(out) + text[position:]
