"""What may be wrong with an entry, found by means that the renderer does not share: a checker for any blog's posts."""

from __future__ import annotations

import html
import re
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from feeds.models import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.models import Entry, Post

ADDRESSES = {"href", "src", "srcset", "poster", "cite", "data", "action", "background", "longdesc"}
ACTIVE = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "link",
    "meta",
    "base",
    "svg",
    "math",
}
TEMPLATE = re.compile(
    r"\{%-?\s*\w+|\{%/\*|\{\{/\*|\{\{[<%]\s*/?\w|\{\{-?\s*[\w.]+\s*(?:\||\(|-?\}\})|\{:(?:[.#\s]|\w+=)[^}]*\}"
    r"|\{[.#][\w-]+\}|^\s*:{3,}|\{::\w+|(?<!\w)\[\[[^\[\]]+\|[^\[\]]+\]\]|-{2,}8<-{2,}|^\s*(?:!!!|\?\?\?\+?) \w+"
    r"|^\s*=== [\"']|\{/\*|^(?:import|export) [^\n]*(?:from|=) ?['\"(]"
    r"|:(?:material|octicons|fontawesome|simple)-[\w-]+:"
    r"|^\s*\[\[?_?TOC_?\]\]?\s*$|\{(?:filename|static|attach)\}|\.\. [\w-]+::",
    re.MULTILINE,
)
MARKDOWN = re.compile(
    r"!?\[[^\[\]\n]+\]\((?:https?:|\.{0,2}/)[^\s)]*\)|^#{2,6} \w|^```\w*$|\*\*\w[^*\n]*\w\*\*", re.MULTILINE
)
WORD = re.compile(r"[^\W_]{2,}")
LONG = 6  # letters, from which on a word is not found inside of others by chance
UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
JSX_TAG = re.compile(r"</?[A-Za-z][^<>{}]*(?:\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}[^<>{}]*)+/?>")


class _Reader(HTMLParser):
    """Reads an entry's content into its text, its code, its addresses and what must not be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.prose: list[str] = []
        self.text: list[str] = []
        self.code: list[str] = []
        self.attributes: list[str] = []
        self.addresses: list[str] = []
        self.active: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ACTIVE:
            self.active.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith(("on", "data-")) or name == "style":
                self.active.append(f"{name}=")
            if name in ADDRESSES:
                self.addresses.append(value or "")
            self.attributes.append(value or "")
        if tag in {"pre", "code"}:
            if not self._depth:
                self.code.append("")
            self._depth += 1
        elif not self._depth:
            self.prose.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"pre", "code"} and self._depth:
            self._depth -= 1
        elif not self._depth:
            self.prose.append(" ")

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._depth:
            self.code[-1] += data
            self.prose.append(" ")
        else:
            self.prose.append(data)


def find_faults(post: Post, entry: Entry) -> Iterator[str]:
    """What is wrong with the entry that `post` became, one sentence for each fault."""
    reader = _Reader()
    reader.feed(entry.content)
    reader.close()
    yield from _find_leftovers("".join(reader.prose))
    yield from _find_dangers(reader)
    if not entry.summary.strip():
        yield "empty summary"
    if TEMPLATE.search(entry.summary) and not TEMPLATE.search(" ".join(reader.code)):
        yield f"template syntax in summary: {entry.summary!r}"
    if not entry.title.strip():
        yield "empty title"
    yield from _find_lost_words(post, reader)
    if post.markup in {Markup.COMMONMARK, Markup.MDX}:
        yield from _find_changed_code(post, reader)


def _find_leftovers(prose: str) -> Iterator[str]:
    for name, pattern in (("template syntax", TEMPLATE), ("raw Markdown", MARKDOWN)):
        for found in pattern.finditer(prose):
            yield f"{name}: {prose[max(0, found.start() - 20) : found.end() + 30]!r}"


def _find_dangers(reader: _Reader) -> Iterator[str]:
    for address in reader.addresses:
        if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address):
            yield f"relative address: {address!r}"
        if re.match(r"\s*(?:javascript|vbscript):", address, re.IGNORECASE):
            yield f"script: {address!r}"
    for active in reader.active:
        yield f"active content: {active}"


def _find_lost_words(post: Post, reader: _Reader) -> Iterator[str]:
    together = "".join(WORD.findall(_fold("".join(reader.text))))
    there = set(WORD.findall(_fold(" ".join(["".join(reader.text), *reader.prose, *reader.code, *reader.attributes]))))
    for word in dict.fromkeys(WORD.findall(_fold(_read_source(post)))):
        # Where a link or a tag stands inside of a word, it is there, but not by itself.
        inside = (len(word) >= LONG or UNSPACED.search(word)) and word in together
        if word not in there and not inside:
            yield f"lost word: {word}"


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _read_source(post: Post) -> str:
    """The words of the body as another parser of Markdown finds them, without addresses, attributes and templates."""
    body = re.sub(r"\{#\s.*?\s#\}|\{::comment\}.*?\{:/comment\}|\{/\*.*?\*/\}", " ", post.body, flags=re.DOTALL)
    body = re.sub(r"\{\{[<%].*?[%>]\}\}|\{\{\s*\w+\(.*?\)\s*\}\}", " ", body, flags=re.DOTALL)
    body = re.sub(r"^--8<--.*|^[\"'].*[\"']$(?=\n--8<--)", " ", body, flags=re.MULTILINE)
    body = re.sub(r"\[\[[^\[\]|\n]*\|([^\[\]\n]*)\]\]", r"\1", body)
    if post.markup is Markup.MDX:
        body = re.sub(r"^(?:import|export) .*", " ", JSX_TAG.sub(" ", body), flags=re.MULTILINE)
    if post.markup is Markup.RST:
        body = re.sub(r"<[^<>\s]+>`_|^\.\. .*$|^\s+:[\w-]+:.*$", " ", body, flags=re.MULTILINE)
        return _strip_html(body)
    if post.markup is Markup.HTML:
        return _strip_html(body)
    body = re.sub(r":(?:material|octicons|fontawesome|simple)-[\w-]+:|(?<![\w\]:]):[a-z_]+:(?![\w/:])", " ", body)
    if post.markup is Markup.MARKDOWN:  # an indented block is an admonition's more often than code there
        body = re.sub(r"^(?:!!!|\?\?\?\+?) *[\w -]*|^ {4}", " ", body, flags=re.MULTILINE)
    words: list[str] = []
    pending = list(MarkdownIt("commonmark").enable("table").parse(body))
    while pending:
        token = pending.pop(0)
        if token.type in {"html_block", "html_inline"}:
            words.append(_strip_html(token.content))
        elif token.children:
            pending[:0] = token.children
        elif token.type in {"fence", "code_block", "code_inline"}:
            words.append(token.content)
        elif token.content:
            words.append(
                re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{:[^}]*\}|\{[ .#][^}]*\}|^:::.*|https?://\S+", " ", token.content)
            )
        # Softbreaks part words; everything else that has no content belongs to the token before.
        words.append(" " if token.type.endswith(("break", "close", "block")) or token.block else "")
    return "".join(words)


def _strip_html(text: str) -> str:
    text = re.sub(r"<(script|style|svg|math|template)\b.*?</\1>|<!--.*?-->", " ", text, flags=re.DOTALL | re.IGNORECASE)
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


def _find_changed_code(post: Post, reader: _Reader) -> Iterator[str]:
    """Fenced code, as another parser of CommonMark reads it, that is not in the entry letter for letter."""
    there = {_trim(code) for code in reader.code}
    for token in MarkdownIt("commonmark").parse(post.body):
        if token.type == "fence" and token.level == 0:
            # Zola and Hugo show so what a shortcode looks like.
            shown = re.sub(r"(\{[{%][<%]?)/\*(.*?)\*/([>%]?[%}]\})", r"\1\2\3", token.content, flags=re.DOTALL)
            code = _trim(unicodedata.normalize("NFC", re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", shown)))
            if code not in there and _trim(re.sub(r"\{%-?\s*(?:end)?raw\s*-?%\}", "", code)) not in there:
                yield f"changed code: {code[:60]!r}"


def _trim(code: str) -> str:
    return code.strip("\n")
