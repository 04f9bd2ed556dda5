"""reStructuredText through docutils, which is an extra: only blogs that have such posts need it."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from feeds.errors import PostError
from feeds.render.media import link_media

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SETTINGS: dict[str, Any] = {
    "_disable_config": True,  # docutils.conf of whoever runs us
    "doctitle_xform": False,
    "embed_stylesheet": False,
    "file_insertion_enabled": False,  # `include::` and `raw:: :file:` could read any file
    "footnote_references": "superscript",
    "halt_level": 5,
    "initial_header_level": 2,
    "input_encoding": "unicode",
    "line_length_limit": 1_000_000,
    "math_output": "LaTeX",
    "report_level": 5,
    "smart_quotes": False,
    "syntax_highlight": "none",
    "toc_backlinks": False,
    "traceback": True,
    "warning_stream": False,
}
# Roles of Sphinx and Nikola: what they mark is text.
ROLES = ("abbr", "command", "doc", "download", "file", "guilabel", "kbd", "menuselection", "ref", "samp", "term")

_DIRECTIVE = re.compile(r"^[ \t]*\.\. +([\w-]+(?:[:+.][\w-]+)*)::(?:\s|$)", re.MULTILINE)
_OPTION = re.compile(r"^:[\w-]+:")


def render_rst(text: str, *, path: str) -> tuple[str, tuple[str, ...]]:
    """The HTML of `text` read as reStructuredText, and the names of its directives that nothing in a feed stands for.

    Those keep the text that they enclose. Raises PostError if docutils is not installed or gives up.
    """
    try:
        from docutils.core import publish_parts
        from docutils.utils import SystemMessage
    except ImportError:
        raise PostError("is reStructuredText, which needs docutils: pip install 'feeds[rst]'", path=path) from None
    _register_known()
    unknown = _register_unknown(text)
    try:
        parts = publish_parts(text, writer="html5", settings_overrides=SETTINGS)
    except SystemMessage as error:
        raise PostError(f"is not reStructuredText that docutils can read: {error}", path=path) from None
    body: str = parts["body"]
    return body, unknown


def _embed(address: str, title: str = "") -> str:
    return f"<p>{link_media(address, title=title)}</p>"


# Nikola's directives: (arguments, content) -> HTML.
STAND_INS: Mapping[str, Callable[[str, str], str]] = {
    "chart": lambda _, content: f"<pre>{html.escape(content)}</pre>",
    "gist": lambda name, _: _embed(f"https://gist.github.com/{name}", f"gist.github.com/{name}"),
    "listing": lambda name, _: _embed(f"/listings/{name.split()[0]}.html", name.split()[0]),
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
    directives.register_directive("thumbnail", _thumbnail())
    for name in ROLES:
        roles.register_local_role(name, roles.GenericRole(name, nodes.inline))  # type: ignore[arg-type] # as docutils does itself


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


def _thumbnail() -> Any:
    """Nikola's: a picture that is a figure if there is text below it."""
    from docutils.parsers.rst.directives.images import Figure, Image

    class Thumbnail(Figure):
        def run(self) -> list[Any]:
            return list(Figure.run(self) if self.content else Image.run(self))

    return Thumbnail


def _without_options(lines: Any) -> list[str]:
    """The content below the `:options:` with which it may begin."""
    rest = list(lines)
    while rest and (_OPTION.match(rest[0]) or not rest[0].strip()):
        rest.pop(0)
    return rest
