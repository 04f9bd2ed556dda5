"""reStructuredText through docutils, which is an extra: only blogs that have such posts need it."""

from __future__ import annotations

import html
import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from feeds.errors import PostError
from feeds.render.media import link_media
from feeds.render.rst_files import Files, make_directives

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from feeds.render.inclusions import Inclusions

SETTINGS: dict[str, Any] = {
    "_disable_config": True,  # docutils.conf of whoever runs us
    "doctitle_xform": False,
    "embed_stylesheet": False,
    "file_insertion_enabled": False,  # `raw:: :file:` and the like could read any file
    "footnote_references": "superscript",
    "halt_level": 5,
    "initial_header_level": 2,
    "input_encoding": "unicode",
    "line_length_limit": 1_000_000,
    "math_output": "LaTeX",
    "report_level": 3,  # errors
    "smart_quotes": False,
    "syntax_highlight": "none",
    "toc_backlinks": False,
    "traceback": True,
    "warning_stream": False,  # they are in the document
}
# Roles of Sphinx and Nikola: what they mark is text.
ROLES = ("abbr", "command", "doc", "download", "file", "guilabel", "kbd", "menuselection", "ref", "samp", "term")

_DIRECTIVE = re.compile(r"^[ \t]*\.\. +([\w-]+(?:[:+.][\w-]+)*)::(?:\s|$)", re.MULTILINE)
_ROLE = re.compile(r":[\w:+.-]+:`([^`]*?)(?:\s*<[^<>`]*>)?`")
_TARGET = re.compile(r"\s*<[^<>]*>$")
# As docutils' writer has them, with brackets for a style sheet to hide.
_BRACKETS = re.compile(r'<span class="fn-bracket">[\[\]]</span>')
_REFERENCE = re.compile(r'<a class="(?:footnote-reference )?superscript"[^>]*>.*?</a>')
_NOTE = re.compile(r'(<span class="label">.*?</span>)\n<p>(?=.)')
_OPTION = re.compile(r"^:[\w-]+:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A body's HTML, its directives that nothing in a feed stands for, and docutils' errors by line of the body."""

    html: str
    unknown: tuple[str, ...] = ()
    mistakes: tuple[tuple[int | None, str], ...] = ()


def render_rst(text: str, *, path: str, inclusions: Inclusions) -> Article:
    """`text` read as reStructuredText; a directive that nobody knows keeps the text that it encloses.

    `path` is the post's, below the site, whose files `inclusions` reads.
    Raises PostError if docutils is not installed or gives up.
    """
    try:
        from docutils import core, io, nodes, utils
        from docutils.readers import doctree
    except ImportError:
        raise PostError("is reStructuredText, which needs docutils: pip install 'feeds[rst]'", path=path) from None
    _register_known()
    unknown = _register_unknown(text)
    try:
        settings = {**SETTINGS, "feeds_files": Files(inclusions, path)}
        document = core.publish_doctree(text, settings_overrides=settings)
    except utils.SystemMessage as error:
        raise PostError(f"is not reStructuredText that docutils can read: {error}", path=path) from None
    mistakes = []
    # What the transforms had to say is kept apart until the document is written.
    for message in [*document.findall(nodes.system_message), *document.transform_messages]:
        if message["level"] >= SETTINGS["report_level"] or "disabled" in message.children[0].astext():
            mistake = (message.get("line"), message.children[0].astext())
            mistakes += [mistake] if mistake not in mistakes else []
        # One that was moved away with what it is about still names its old place.
        if message.parent is not None and message in message.parent:
            message.parent.remove(message)
    document.transform_messages.clear()
    for doubtful in list(document.findall(nodes.problematic)):
        found = _ROLE.fullmatch(doubtful.astext())
        doubtful.parent.replace(doubtful, nodes.Text(found[1] if found else doubtful.astext()))
    parts = core.publish_parts(
        document, source_class=io.DocTreeInput, reader=doctree.Reader(), writer="html5", settings_overrides=SETTINGS
    )
    body = _REFERENCE.sub(lambda found: f"<sup>{found[0]}</sup>", _BRACKETS.sub("", parts["body"]))
    body = _NOTE.sub(r"<p>\1. ", body)
    return Article(html=body, unknown=unknown, mistakes=tuple(mistakes))


def _embed(address: str, title: str = "") -> str:
    return f"<p>{link_media(address, title=title)}</p>"


# Nikola's directives: (arguments, content) -> HTML.
STAND_INS: Mapping[str, Callable[[str, str], str]] = {
    "chart": lambda _, content: f"<pre>{html.escape(content)}</pre>",
    "gist": lambda name, _: _embed(f"https://gist.github.com/{name}", f"gist.github.com/{name}"),
    "media": lambda address, _: _embed(address),
    "post-list": lambda *_: "",
    "postlist": lambda *_: "",
    "slides": lambda _, content: "".join(f'<p><img src="{html.escape(name)}" alt=""></p>' for name in content.split()),
    "soundcloud": lambda name, _: _embed(f"https://soundcloud.com/{name}"),
    "vimeo": lambda name, _: _embed(f"https://vimeo.com/{name}"),
    "youtube": lambda name, _: _embed(f"https://www.youtube.com/watch?v={name}"),
}


@cache
def _register_known() -> None:
    from docutils import nodes
    from docutils.parsers.rst import directives, roles

    for name, make in STAND_INS.items():
        directives.register_directive(
            name,
            _directive(
                lambda self, make=make: [  # type: ignore[misc]
                    nodes.raw(
                        "", make(" ".join(self.arguments), "\n".join(_without_options(self.content))), format="html"
                    )
                ]
            ),
        )
    for names, directive in itertools.chain(_lenient(), make_directives()):
        for name in names:
            directives.register_directive(name, directive)
    for name in ROLES:
        roles.register_local_role(name, _show_title)


def _show_title(_name: str, rawtext: str, text: str, *_: Any, **__: Any) -> tuple[list[Any], list[Any]]:
    """A role's text without the target that may follow it."""
    from docutils import nodes, utils

    return [nodes.inline(rawtext, utils.unescape(_TARGET.sub("", text)))], []


def _register_unknown(text: str) -> tuple[str, ...]:
    from docutils import frontend, nodes, utils
    from docutils.parsers import rst
    from docutils.parsers.rst import directives
    from docutils.parsers.rst.languages import en

    def keep_text(self: Any) -> list[Any]:
        box = nodes.container()
        options = len(self.content) - len(_without_options(self.content))
        self.state.nested_parse(self.content[options:], self.content_offset, box)
        return box.children

    document = utils.new_document("", frontend.get_default_settings(rst.Parser))
    unknown = []
    for name in dict.fromkeys(_DIRECTIVE.findall(text)):
        known, _ = directives.directive(name, en, document)  # type: ignore[arg-type] # it is one
        if known is None:
            known = _directive(keep_text, kept=True)
            directives.register_directive(name, known)
        if getattr(known, "keeps_text", False):
            unknown.append(name)
    return tuple(unknown)


def _directive(make: Callable[[Any], list[Any]], *, kept: bool = False) -> Any:
    from docutils.parsers.rst import Directive

    class Stand(Directive):
        required_arguments = 0
        optional_arguments = 1
        final_argument_whitespace = True
        has_content = True
        keeps_text = kept

        def run(self) -> list[Any]:
            return make(self)

    return Stand


class _AnyOption(dict[str, Any]):
    """Options of a directive that takes any: docutils drops a directive with an option that it does not know."""

    def __missing__(self, name: str) -> Any:
        from docutils.parsers.rst.directives import unchanged

        return unchanged


def _lenient() -> Iterator[tuple[tuple[str, ...], Any]]:
    """The directives for code and pictures, with the options of Sphinx, Pelican and Nikola."""
    from docutils.parsers.rst.directives.body import CodeBlock
    from docutils.parsers.rst.directives.images import Figure, Image

    class Code(CodeBlock):
        option_spec = _AnyOption(CodeBlock.option_spec)

        def run(self) -> list[Any]:
            self.options.clear()  # line numbers and classes are for the site
            return list(super().run())  # type: ignore[no-untyped-call] # so the stubs have it

    class AnyImage(Image):
        option_spec = _AnyOption(Image.option_spec or {})

    class AnyFigure(Figure):
        option_spec = _AnyOption(Figure.option_spec or {})

    class Thumbnail(AnyFigure):
        def run(self) -> list[Any]:
            return list(Figure.run(self) if self.content else Image.run(self))

    yield ("code", "code-block", "sourcecode", "highlight"), Code
    yield ("image",), AnyImage
    yield ("figure",), AnyFigure
    yield ("thumbnail",), Thumbnail


def _without_options(lines: Any) -> list[str]:
    """The content below the `:options:` with which it may begin."""
    rest = list(lines)
    while rest and (_OPTION.match(rest[0]) or not rest[0].strip()):
        rest.pop(0)
    return rest
