"""Text that must reach readers as it is, although the receiving tool reads it as a template."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

STYLE = re.compile(r"(<style\b.*?</style>)", re.DOTALL | re.IGNORECASE)
COMMENT = re.compile(r"(<!--.*?-->)", re.DOTALL)
BRACE = re.compile(r"\{(?=[{%#])")
DJANGO_OPENINGS = re.compile(r"\{[{%#]")


def escape_html(html: str) -> str:
    """`html` in which no text opens a tag of Go's or Django's templates: its braces are character references.

    A reference works in text and in attributes, and neither language looks into it. What stands in `<style>`
    is the digest's own and stays as it is.
    """
    parts = STYLE.split(html)
    # split() with one group puts the style sheets at the odd places.
    return "".join(part if i % 2 else BRACE.sub("&#123;", part) for i, part in enumerate(parts))


def escape_listmonk_html(html: str, tags: Mapping[str, str]) -> str:
    """`html` for a campaign's body, with `tags` (by the slots' tokens) in it.

    listmonk runs it through Go's html/template. That drops comments, Outlook's conditional ones too, unless
    they come out of a tag (listmonk's `Safe`). It also makes `https://…@TrackLink` a tag (models/common.go).
    """
    parts = COMMENT.split(html)
    return "".join(
        quote_go(part, tags) if i % 2 else _replace(escape_html(part).replace("@TrackLink", "&#64;TrackLink"), tags)
        for i, part in enumerate(parts)
    )


def escape_listmonk_line(text: str) -> str:
    """`text` for a campaign's subject, which listmonk runs through Go's text/template if it has a tag."""
    return text.replace("{{", '{{ "{{" }}').replace("@TrackLink", '{{ "@TrackLink" }}')


def quote_go(text: str, tags: Mapping[str, str]) -> str:
    """`text` as a Go template that prints it verbatim, but for `tags` (by the slots' tokens).

    For a campaign's alternative body there is no lesser way: listmonk runs that plain text through
    html/template, which stops the campaign at `a <b` and drops `<!-- … -->`. JSON's escapes are Go's.
    """
    pieces = re.split("|".join(f"({re.escape(token)})" for token in sorted(tags)), text) if tags else [text]
    return "".join(tags.get(piece) or _quote_literal(piece) for piece in pieces if piece)


def escape_django(text: str) -> str:
    """Plain `text` for Buttondown, whose templates are Django's."""
    return DJANGO_OPENINGS.sub(lambda found: '{{ "' + found[0] + '" }}', text)


def _quote_literal(text: str) -> str:
    literal = json.dumps(text, ensure_ascii=False).replace("{", r"\u007b").replace("@", r"\u0040")
    return "{{ Safe " + literal + " }}"


def _replace(text: str, tags: Mapping[str, str]) -> str:
    for token, tag in sorted(tags.items()):
        text = text.replace(token, tag)
    return text
