"""Markdown as the site's generator reads it: CommonMark by cmarkgfm, the older dialect by Python-Markdown."""

from __future__ import annotations

import ctypes
import functools
import re
import threading
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from cmarkgfm import _cmark, cmark

if TYPE_CHECKING:
    from collections.abc import Callable

    import markdown

OPTIONS = cmark.Options.CMARK_OPT_UNSAFE | cmark.Options.CMARK_OPT_FOOTNOTES
EXTENSIONS = ("table", "autolink", "strikethrough", "tasklist")

# What Pelican (MARKDOWN's default), Nikola (MARKDOWN_EXTENSIONS) and MkDocs Material (its recommended set) switch on.
# superfences stands for fenced_code: the same fences, inside lists too, and titles and line marks do not break them.
CLASSIC_EXTENSIONS = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.betterem",
    "pymdownx.caret",
    "pymdownx.details",
    "pymdownx.keys",
    "pymdownx.magiclink",
    "pymdownx.mark",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
)
CLASSIC_SETTINGS: dict[str, dict[str, Any]] = {
    # Pygments colours code for mail alone; here a block keeps its language and its letters.
    "pymdownx.highlight": {"use_pygments": False},
    # `~x~` and `^x^` are marks of another dialect; in this one they are text more often than not.
    "pymdownx.tilde": {"subscript": False},
    "pymdownx.caret": {"superscript": False, "insert": False},
}

_CLASSIC_SIGN = re.compile(r"\n(?:!!!|\?\?\?\+?|===) ")
_CLASSIC_BLOCK = re.compile(
    r"^(?:(?:!!!|\?\?\?\+?)[ ]+\w[^\n]*|===[ ]+[\"'][^\n]+[\"'])[ \t]*\n(?:[ \t]*\n)*(?:[ ]{4}|\t)[ \t]*\S",
    re.MULTILINE,
)

# The first line of an indented block may say its language (https://python-markdown.github.io/extensions/code_hilite/).
_MARKED = re.compile(r"(?<=>)<code>(?:::+|#!)([\w#.+-]+)(?:[ \t]+hl_lines=[^\n]*)?[ \t]*\n")

# An address that stands in the text by itself, and the words that follow it without a space in East Asian scripts:
# GitHub's rule (https://github.github.com/gfm/#autolinks-extension-) ends it at a space, goldmark's where ASCII ends.
_RUN_ON = re.compile(r'<a href="([^"]*)">(https?://[^<]*?)((?:&quot;)?[，。；：！？、（）「」『』【】《》][^<]*)</a>')

# As the two renderers write them.
_BOXES = (
    ('<input type="checkbox" checked="" disabled="" />', "☑"),
    ('<input type="checkbox" disabled="" />', "☐"),
    ('<input type="checkbox" disabled checked/>', "☑"),
    ('<input type="checkbox" disabled/>', "☐"),
)

# Of `checkbox`, by its rarest letter.
_BOX = re.compile(rb'x(?=" (?:checked|disabled))')

_local = threading.local()


def is_classic(text: str) -> bool:
    """Whether `text` holds a block that only Python-Markdown's extensions know: an admonition, a fold, a tab."""
    begins = text.startswith(("!!! ", "???", "=== "))
    return (begins or _CLASSIC_SIGN.search(text) is not None) and _CLASSIC_BLOCK.search(text) is not None


def render_commonmark(text: str, *, bare_links: bool = True) -> str:
    """The HTML of `text` as CommonMark with GitHub's tables, strikethrough, task lists and footnotes.

    `bare_links` says whether an address that stands in the text by itself becomes a link.
    """
    return convert_commonmark(text.encode(), bare_links=bare_links).decode()


def convert_commonmark(source: bytes, *, bare_links: bool = True) -> bytes:
    """The same of a text in UTF-8, as which the library reads and writes it."""
    parser = cmark.parser_new(options=OPTIONS)
    try:
        for extension in _find_extensions(bare_links):
            cmark.parser_attach_syntax_extension(parser, extension)
        _cmark.lib.cmark_parser_feed(parser, source, len(source))
        root = cmark.parser_finish(parser)
        html = _cmark.lib.cmark_render_html(root, OPTIONS, cmark.parser_get_syntax_extensions(parser))
        result: bytes = _cmark.ffi.string(html)
        free_node, free_memory = _find_free_functions()
        free_node(_address_of(root))
        free_memory(_address_of(html))
    finally:
        cmark.parser_free(parser)
    if bare_links and (b"\xe3" in result or b"\xef" in result):  # as all of that punctuation begins
        result = _RUN_ON.sub(_end_address, result.decode()).encode()
    return _tick_boxes(result.decode()).encode() if _BOX.search(result) else result


def render_classic(text: str) -> str:
    """The HTML of `text` read as Python-Markdown with the extensions that its generators switch on."""
    converter = getattr(_local, "converter", None)
    if converter is None:
        converter = _local.converter = _make_classic()
    # Without it the footnotes of one post appear below the next (Python-Markdown#401).
    converter.reset()
    html: str = converter.convert(text)
    return _tick_boxes(html)


def name_marked_code(html: str) -> str:
    """What `render_classic` made, with the language of each block whose own first line says it."""
    if "><code>:" in html or "><code>#!" in html:
        html = _MARKED.sub(r'<code class="language-\1">', html)
    return html


def _end_address(link: re.Match[str]) -> str:
    """A link whose words are its address, which ends before a sign of East Asian punctuation."""
    target, shown, rest = link.groups()
    if unquote(unescape(target)) != unquote(unescape(shown + rest)):
        return link[0]
    return f'<a href="{target.partition(quote(unescape(rest)[0]))[0]}">{shown}</a>{rest}'


def _tick_boxes(html: str) -> str:
    """`html` with the boxes of task lists, which are form fields, as characters."""
    if "<input" in html:
        for box, mark in _BOXES:
            html = html.replace(box, mark)
    return html


def _make_classic() -> markdown.Markdown:
    import markdown  # 0.1 s that a CommonMark blog never needs

    return markdown.Markdown(
        extensions=["pymdownx.highlight", *CLASSIC_EXTENSIONS],
        extension_configs=CLASSIC_SETTINGS,
        output_format="html",
    )


@functools.cache
def _find_extensions(bare_links: bool) -> tuple[Any, ...]:  # noqa: FBT001 - a cache's key
    cmark.core_extensions_ensure_registered()
    return tuple(cmark.find_syntax_extension(name) for name in EXTENSIONS if bare_links or name != "autolink")


@functools.cache
def _find_free_functions() -> tuple[Callable[[int], object], Callable[[int], object]]:
    """The functions of cmark that free a tree and a text.

    cmarkgfm (2025.10.22) never frees what it renders: 0.7 MB stay behind for a post of 10 KB. The functions are in its
    library but not in its interface; where a build hides them, the memory stays as it does without us.
    """
    library = ctypes.CDLL(_cmark.__file__)
    try:
        free_node = library.cmark_node_free
        get_allocator = library.cmark_get_default_mem_allocator
    except AttributeError:
        return _keep, _keep
    free_node.argtypes, free_node.restype = [ctypes.c_void_p], None
    get_allocator.restype = ctypes.POINTER(ctypes.c_void_p * 3)  # struct cmark_mem: calloc, realloc, free
    free_memory = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(get_allocator().contents[2])
    return free_node, free_memory


def _keep(address: int) -> None:
    """Leaves the memory at `address` alone."""


def _address_of(pointer: Any) -> int:
    return int(_cmark.ffi.cast("uintptr_t", pointer))
