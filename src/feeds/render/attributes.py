"""Attribute lists, which set a class or an id on the site and say nothing in a feed."""

from __future__ import annotations

import re

_ATTRIBUTE = r"""(?:[.#][\w:-]+(?:\.[\w:-]+)*;?|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"']+))"""
_LIST = rf"\{{:?[ \t]*{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*\}}"
_KRAMDOWN = r"\{:(?![:/])[^{}\n]*\}"

_HEADING = re.compile(rf"^([ \t>]*#{{1,6}}[ \t][^\n]*?)[ \t]*(?:{_LIST}|{_KRAMDOWN})([ \t#]*)$", re.MULTILINE)
_ALONE = re.compile(rf"^[ \t>]*(?:{_LIST}|{_KRAMDOWN})[ \t]*$\n?", re.MULTILINE)
# Behind a span, a bare `{n=0}` is mathematics; behind a picture or link it is a width.
_CLEAR = r"""(?:[.#][\w:-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'))"""
_AFTER_SPAN = re.compile(
    rf"(?<=[)\]*_`>\"])(?:[ \t]?{_KRAMDOWN}|\{{:?[ \t]*{_CLEAR}(?:[ \t]+{_ATTRIBUTE})*[ \t]*\}})|(?<=\)){_LIST}"
)
# At the end of a block, markdown-it-attrs takes one for the block's; kramdown does above the line below a heading.
_AT_END = re.compile(
    rf"(?<=[^\s{{}}`])[ \t]*\{{(?:[.#][\w-]+)(?:[ \t]+{_ATTRIBUTE})*[ \t]*\}}[ \t]*"
    r"(?=\n[ \t]*(?:\n|=+[ \t]*$|-+[ \t]*$)|\n?\Z)",
    re.MULTILINE,
)
_KRAMDOWN_ANYWHERE = re.compile(_KRAMDOWN)
# `* TOC` and `{:toc}` below it: kramdown puts a table of contents there.
_CONTENTS = re.compile(r"^[ \t]*(?:[-*+]|\d+\.)[ \t]+[^\n]*\n[ \t]*\{:\s*toc[^}\n]*\}[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"\{::comment\}.*?\{:/(?:comment)?\}", re.DOTALL)
_EXTENSION = re.compile(r"\{::[^{}\n]*\}|\{:/[^{}\n]*\}")
_LANGUAGE_BELOW = re.compile(
    r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})[ \t]*\n(?P<code>(?:(?![ \t]*(?P=fence)).*\n)*)"
    r"(?P<close>[ \t]*(?P=fence)[`~]*)[ \t]*\n"
    r"[ \t]*\{:[^{}\n]*?\.(?:language-)?(?P<language>[\w+#-]+)[^{}\n]*\}[ \t]*$",
    re.MULTILINE,
)
_LANGUAGE_BELOW_INDENTED = re.compile(
    r"(?<=\n\n)(?P<code>(?:(?: {4}|\t)[^\n]*\n|[ \t]*\n(?= {4}|\t))+)"
    r"\{:[^{}\n]*?\.language-(?P<language>[\w+#-]+)[^{}\n]*\}[ \t]*$",
    re.MULTILINE,
)


def _fence(found: re.Match[str]) -> str:
    code = re.sub(r"^(?: {4}|\t)", "", found["code"], flags=re.MULTILINE)
    return f"~~~~{found['language']}\n{code}~~~~\n"


def drop_attributes(text: str, *, kramdown: bool) -> str:
    """`text`, whose code is protected, without attribute lists; the language of a fence above one is kept.

    `kramdown` is for Jekyll's own dialect, where `{:` never begins anything else.
    """
    if kramdown and "{:" in text:
        text = _LANGUAGE_BELOW.sub(r"\g<indent>\g<fence>\g<language>\n\g<code>\g<close>", text)
        text = _LANGUAGE_BELOW_INDENTED.sub(_fence, text)
        text = _EXTENSION.sub("", _COMMENT.sub("", _CONTENTS.sub("", text)))
    text = _AT_END.sub("", text)
    text = _AFTER_SPAN.sub("", _ALONE.sub("\n", _HEADING.sub(r"\1\2", text)))
    return _KRAMDOWN_ANYWHERE.sub("", text) if kramdown else text
