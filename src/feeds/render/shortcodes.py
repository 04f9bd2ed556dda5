"""The shortcodes of Hugo, Zola, Nikola, Hexo, Pelican and Octopress, each replaced by what it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feeds.render.code import shift, unshift
from feeds.render.pieces import STANDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# What may open a shortcode, by generator; a generator that is not here has none that we know of.
SYNTAXES: Mapping[str, tuple[str, ...]] = {
    "eleventy": ("tag",),
    "hexo": ("tag",),
    "hugo": ("hugo",),
    "jekyll": ("tag",),
    "nikola": ("hugo",),
    "pelican": ("tag",),
    "plain": ("hugo", "tag"),
    "zola": ("zola",),
}
_PATTERNS = {
    # {{< name a b="c" >}} … {{< /name >}}, {{% name %}}, {{< name />}}; and escaped, {{</* name */>}}
    "hugo": re.compile(
        r"\{\{(?P<mark>[<%])\s*(?P<close>/)?\s*(?P<name>[\w][\w./-]*)(?P<arguments>(?:\s(?:(?!\{\{[<%]).)*?)?)\s*/?\s*[>%]\}\}",
        re.DOTALL,
    ),
    # {{ name(a="b") }}, {% name(a="b") %} … {% end %}
    "zola": re.compile(
        r"\{\{-?\s*(?P<name>[\w:]+)\((?P<arguments>(?:(?!\{\{).)*?)\)\s*-?\}\}"
        r"|\{%-?\s*(?:(?P<close>end)|(?P<opens>[\w:]+)\((?P<values>(?:(?!\{%).)*?)\))\s*-?%\}",
        re.DOTALL,
    ),
    # {% name a b %} … {% endname %}
    "tag": re.compile(
        r"\{%-?\s*(?P<close>end(?=[A-Za-z]))?(?P<name>[A-Za-z_][\w-]*)(?P<arguments>(?:(?!\{%).)*?)\s*-?%\}", re.DOTALL
    ),
}
# What these enclose is code, whatever it looks like.
CODE = frozenset({
    "chart", "code", "codeblock", "dot", "echarts", "graphviz", "highlight", "mermaid", "plantuml", "prettify",
    "sourcecode",
})  # fmt: skip
_CODE = re.compile(
    rf"(?P<open>\{{(?:%-?|\{{[<%])\s*(?P<name>{'|'.join(sorted(CODE))})\b(?:\s[^\n]*?)?\s*(?:[>%]\}}\}}|-?%\}}))"
    r"(?P<inner>.*?)(?P<close>\{(?:%-?|\{[<%])\s*(?:/\s*|end)(?P=name)\s*(?:[>%]\}\}|-?%\}))",
    re.DOTALL,
)
# Before a letter, which a piece is to CommonMark, emphasis does not end behind punctuation (section 6.2).
_EMPHASIS_ENDS = re.compile(rf"([^\w\s*_][*_]{{1,3}})(?={STANDS})")
_OBJECT = re.compile(r"""(?:(?<=[{,])|^)\s*["']?([A-Za-z_][\w-]*)["']?\s*:(?=\s*["'`\w-])""", re.MULTILINE)
# Themes of Hexo's write `title:Words`; what is not named here is no word for readers.
_NAMED = re.compile(r"(alt|author|caption|desc|description|footer|text|title):(?!//)(.+)$", re.DOTALL)
_ARGUMENT = re.compile(
    r"""(?:([\w.-]+)\s*=\s*)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`|([^\s"'`]+))""", re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One use of a shortcode: its arguments by place and by name, and what it encloses, if it does."""

    name: str
    values: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    inner: str | None = None

    def get(self, *names: str, place: int | None = None) -> str:
        """The first option given of `names`, else the argument at `place`, else ""."""
        for name in names:
            if self.options.get(name):
                return self.options[name]
        return self.values[place] if place is not None and place < len(self.values) else ""


def replace_shortcodes(text: str, *, generator: str, keep: frozenset[str], replace: Callable[[Call, str], str]) -> str:
    """`text`, whose code is protected, with each shortcode of the generator's replaced by what `replace` makes of it.

    `replace` is given the call and the source of its opening tag; enclosed shortcodes come before those around them.
    Tags whose names are in `keep` belong to somebody else.
    """
    for syntax in SYNTAXES.get(generator, ()):
        text = _CODE.sub(_shift_inner, text)
        text = _replace(text, syntax, keep, replace)
    return text


def _shift_inner(found: re.Match[str]) -> str:
    return found["open"] + shift(found["inner"]) + found["close"]


def _replace(text: str, syntax: str, keep: frozenset[str], replace: Callable[[Call, str], str]) -> str:
    """One pass over the tags with a stack: what an unclosed tag encloses is not known, so it stands alone."""
    parts: list[_Part] = []
    end = 0
    for found in _PATTERNS[syntax].finditer(text):
        name = found["name"] or (found["opens"] if syntax == "zola" else "") or ""
        if name in keep:
            continue
        parts.append(_Part(text=text[end : found.start()]))
        end = found.end()
        if found["close"]:
            _close(parts, name, found[0], replace)
        else:
            raw = found["arguments"] if syntax != "zola" or found["name"] else found["values"]
            parts.append(
                _Part(text=found[0], name=name, arguments=raw or "", paired=syntax != "zola" or not found["name"])
            )
    if not parts:
        return text
    parts.append(_Part(text=text[end:]))
    return _EMPHASIS_ENDS.sub(
        r"\1 ", "".join(part.text if part.name is None else replace(_read(part, None), part.text) for part in parts)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A piece of text, or an opening tag if it has a name."""

    text: str
    name: str | None = None
    arguments: str = ""
    paired: bool = False


def _close(parts: list[_Part], name: str, tag: str, replace: Callable[[Call, str], str]) -> None:
    """Replaces the parts since the tag that is closed here by one."""
    for place in range(len(parts) - 1, -1, -1):
        opened = parts[place]
        if opened.name is None or not opened.paired or (name and opened.name != name):
            continue
        inner = "".join(
            part.text if part.name is None else replace(_read(part, None), part.text) for part in parts[place + 1 :]
        )
        del parts[place:]
        parts.append(_Part(text=replace(_read(opened, inner), opened.text)))
        return
    del tag  # closes nothing: it says nothing


def _read(part: _Part, inner: str | None) -> Call:
    values, options = [], {}
    written = unshift(part.arguments).strip()
    if written.startswith("{") and written.endswith("}"):  # an object, as JavaScript writes it
        written = _OBJECT.sub(r" \1=", written[1:-1])
    for key, double, single, raw, bare in _ARGUMENT.findall(written):
        value = (
            re.sub(r"\\(.)", r"\1", double or single)
            if double or single
            else raw or (bare.rstrip(",") if key else bare)
        )
        if key:
            options[key.lower()] = value
        elif named := _NAMED.match(bare):
            options[named[1]] = named[2]
        elif value != ",":  # Nunjucks parts arguments by them
            values.append(value)
    return Call(name=part.name or "", values=tuple(values), options=options, inner=inner)
