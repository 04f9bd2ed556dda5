"""A post's source without what only its generator understands: what is left is Markdown that any renderer reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from feeds.models import MISSING_FILE, Markup, Post, Problem, Severity
from feeds.render.attributes import drop_attributes
from feeds.render.callouts import replace_alerts, replace_containers
from feeds.render.code import protect_code, shift, unshift
from feeds.render.definitions import replace_definitions
from feeds.render.emoji import replace_emoji
from feeds.render.fences import simplify_fences
from feeds.render.formulas import protect_formulas
from feeds.render.kramdown import follow_kramdown, needs_kramdown
from feeds.render.mdx import strip_mdx
from feeds.render.outputs import replace_outputs
from feeds.render.pieces import Pieces
from feeds.render.shortcodes import SYNTAXES, replace_shortcodes
from feeds.render.snippets import MARK, insert_snippets
from feeds.render.stand_ins import StandIns
from feeds.render.table_rows import join_rows
from feeds.render.wikilinks import replace_wikilinks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from feeds.render.siblings import Siblings
    from feeds.render.surroundings import Surroundings

# Generators whose Markdown is parsed for JavaScript: in the first group `{…}` runs, too.
EXPRESSIONS = frozenset({"docusaurus"})
COMPONENTS = EXPRESSIONS | {"astro", "gatsby", "javascript", "nextjs", "plain"}
# Whose template language knows `{% raw %}`.
RAW_TAGS = frozenset({"eleventy", "hexo", "jekyll", "pelican"})
# Who run `{{ … }}` over a post before its Markdown: https://hexo.io/docs/tag-plugins, and Eleventy's
# https://www.11ty.dev/docs/config/#default-template-engine-for-markdown-files.
OUTPUTS = frozenset({"eleventy", "hexo"})
# Whose notes link by `[[name]]`, so that no other meaning is likely.
WIKIS = frozenset({"obsidian", "plain", "quartz"})
# Whose tables may have rows of several lines.
ROWS = frozenset({"eleventy", "plain"})
DEFINITIONS = frozenset({"hugo", "jekyll", "plain"})


# What a body must hold for this module to have anything to do: a byte, and what stands behind it. To find that a byte
# is not there, as most are not, takes a tenth of the time, and one plain byte is found many times faster than two or
# one of several. So there is one pattern for each.
_MARKS = {
    b"[": rb"[!\[]|TOC\]|toc\]",
    b":": rb"(?=::)",
    b"{": rb"[:#.]| [#.]|(?<=\)\{)",
    b"\\": rb"[(\[]",
    b"`": rb"(?=``)",
    b"~": rb"(?=~~)",
}
_MODULES = {b"\n": rb"(?:import|export) ", b"{": rb"(?<==\{)", b"<": rb">|/?[A-Z]"}
_DEFINITION = {b"\n": rb" {0,3}:[ \t]"}
_EMOJI = {b":": rb"[a-z][a-z0-9_+-]+:"}
_TEMPLATES = re.compile(rb"\{[{%]")
_PLAIN_INFO = re.compile(rb"[\w+#.-]*[ \t]*\n")
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
# {{ "{% tag " }}%}: a tag that is shown; no brace closes in it, for Liquid would end there.
_QUOTED = re.compile(r"\{\{-?\s*([\"'])([^\"'}]*\{[{%][^\"'}]*)\1\s*-?\}\}")
_BRACES = re.compile(r"[{}%]")
# How a shortcode is shown instead of run.
_ESCAPED_SHORTCODES = {
    "hugo": re.compile(r"(\{\{[<%])/\*(.*?)\*/([>%]\}\})", re.DOTALL),
    "zola": re.compile(r"(\{[{%])/\*(.*?)\*/([%}]\})", re.DOTALL),
}
_CONTENTS = re.compile(r"^[ \t]*(?:\[TOC\]|\[\[_?TOC_?\]\])[ \t]*$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template language for one post: the tags that it knows, and what it makes of a text whose code is protected."""

    tags: frozenset[str]
    run: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A body ready for its renderer. `protected` says whether there is code to bring back in what that makes of it.

    `raw` is the text in UTF-8 where there was nothing to do.
    """

    text: str
    raw: bytes = b""
    pieces: Pieces = field(default_factory=Pieces)
    problems: tuple[Problem, ...] = ()
    protected: bool = False


def rewrite_source(raw: bytes, post: Post, site: Surroundings, *, template: Template | None, text: str) -> Source:
    """The body of `post` without shortcodes, containers, attribute lists, components and the like.

    It is given in UTF-8, by which most are found to have none, and as `text`. `template` runs the generator's template
    language. Shortcodes that stand for nothing in a feed, and snippets that are not there, are reported.
    """
    whole, problems = _insert_marked(text, post, site)
    if whole is not text:
        text, raw = whole, whole.encode("utf-8", "surrogatepass")
    if not _holds_signs(raw, site, post.markup):
        return Source(text=text, raw=raw, problems=problems)
    generator, siblings = site.generator, site.siblings
    original, pieces = text, Pieces()
    stand_ins = StandIns(pieces=pieces, site=site, post=post)
    if generator in ROWS and "\\\n" in text:
        text = join_rows(text, pieces)
    text = protect_code(text, post.markup)
    text = _run_templates(text, generator, stand_ins, template)
    markdown = post.markup in {Markup.COMMONMARK, Markup.MARKDOWN, Markup.MDX}
    if markdown:
        text = protect_formulas(text)
    if post.markup is Markup.MDX or (markdown and generator in COMPONENTS):
        text = strip_mdx(text, pieces=pieces, expressions=post.markup is Markup.MDX or generator in EXPRESSIONS)
    if markdown:
        text = _rewrite_markdown(text, post, generator=generator, siblings=siblings)
        if site.emoji and ":" in text:
            text = replace_emoji(text)
        if generator == "jekyll":
            text = follow_kramdown(text)
    problems += _report(stand_ins.unknown, original, post)
    return Source(text=text, pieces=pieces, problems=problems, protected=True)


def _insert_marked(text: str, post: Post, site: Surroundings) -> tuple[str, tuple[Problem, ...]]:
    """The text with the site's own mark of a summary as everybody knows it, and with the snippets that it names."""
    marker = site.marker
    if marker and marker in text:
        text = re.sub(rf"^[ \t]*{re.escape(marker)}[ \t]*$", "<!-- more -->", text, flags=re.MULTILINE)
    if post.markup is Markup.MARKDOWN and MARK in text:
        text, lost = insert_snippets(text, site.inclusions, site.folders)
        return text, _report_lost(lost, post)
    return text, ()


def _run_templates(text: str, generator: str, stand_ins: StandIns, template: Template | None) -> str:
    if generator in _ESCAPED_SHORTCODES:
        text = _open_escaped(text, _ESCAPED_SHORTCODES[generator])
    if generator in RAW_TAGS:
        text = _edit(_QUOTED, _open_raw(text), lambda found: _BRACES.sub(lambda brace: shift(brace[0]), found[2]))
    known = template.tags if template else frozenset()
    text = replace_shortcodes(text, generator=generator, keep=known, replace=stand_ins.make)
    if template:
        return template.run(text)
    if generator in OUTPUTS and "{" in text:
        text = replace_outputs(text, stand_ins.post, lose=lambda *lost: stand_ins.unknown.append(lost))
    return text


def _holds_signs(raw: bytes, site: Surroundings, markup: Markup) -> bool:
    """Whether there is something in the body for this module, in the order of cost; plain fences do not count."""
    generator = site.generator
    if (generator in SYNTAXES or generator in RAW_TAGS) and b"{" in raw and _TEMPLATES.search(raw):
        return True
    if markup in {Markup.HTML, Markup.RST}:
        return False
    body = _drop_plain_fences(b"\n" + raw)
    return (
        (b"$" in body and body.count(b"$") > 1)
        or ((markup is Markup.MDX or generator in EXPRESSIONS) and (b"{" in body or b"<" in body))
        or any(byte in body and mark.search(body) for byte, mark in _find_marks(markup, generator, emoji=site.emoji))
        or (generator in ROWS and b"\\" in body and b"\\\n|" in body)
        or (generator == "jekyll" and needs_kramdown(body))
    )


@lru_cache
def _find_marks(markup: Markup, generator: str, *, emoji: bool) -> tuple[tuple[bytes, re.Pattern[bytes]], ...]:
    """The bytes to look for in a post of such a site, each with the pattern that begins with it."""
    kinds = (
        _MARKS,
        _MODULES if markup is Markup.MDX or generator in COMPONENTS else {},
        _DEFINITION if generator in DEFINITIONS else {},
        _EMOJI if emoji else {},
    )
    found = {byte: b"|".join(kind[byte] for kind in kinds if byte in kind) for byte in chain.from_iterable(kinds)}
    return tuple((byte, re.compile(b"%b(?:%b)" % (re.escape(byte), rest))) for byte, rest in found.items())


def _drop_plain_fences(body: bytes) -> bytes:
    """`body` without its fenced code if all of it is simple; splitting tells, and costs next to nothing."""
    outside = body.split(b"\n```")
    simple = len(outside) % 2 == 1 and all(_PLAIN_INFO.match(part) for part in outside[1::2])
    return b"\n".join(outside[::2]) if simple else body


def _rewrite_markdown(text: str, post: Post, *, generator: str, siblings: Siblings) -> str:
    if "[" in text:
        text = _CONTENTS.sub("", text)
    if ":::" in text:
        text = replace_containers(text)
    if "[!" in text:
        text = replace_alerts(text)
    if "[[" in text:
        text = replace_wikilinks(text, siblings=siblings, always=generator in WIKIS)
    if "```" in text or "~~~" in text:
        text = simplify_fences(text, titles_follow=generator == "hexo")
    if post.markup is not Markup.MARKDOWN:
        if "{" in text:
            text = drop_attributes(text, kramdown=generator == "jekyll")
        if generator in DEFINITIONS and "\n:" in text:
            text = replace_definitions(text)
    return text


def _open_raw(text: str) -> str:
    """`text` without `{% raw %}` and `{% endraw %}`, in code too, and with what they enclose out of reach."""
    return _edit(
        _RAW, text, lambda found: _BRACES.sub(lambda brace: shift(brace[0]), text[found.start(1) : found.end(1)])
    )


def _open_escaped(text: str, escaped: re.Pattern[str]) -> str:
    """`text` with `{{</* name */>}}` and the like as the shortcodes that they show, in code too, and out of reach."""
    return _edit(escaped, text, lambda found: shift(f"{found[1]}{found[2]}{found[3]}"))


def _edit(pattern: re.Pattern[str], text: str, replace: Callable[[re.Match[str]], str]) -> str:
    """`text` with each match of `pattern` in its plain form replaced; shifted or not, a place is the same place."""
    out: list[str] = []
    end = 0
    for found in pattern.finditer(unshift(text)):
        out += [text[end : found.start()], replace(found)]
        end = found.end()
    return "".join(out) + text[end:]


def _report_lost(lost: Iterable[tuple[int, str]], post: Post) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            path=post.source,
            line=post.body_line + number - 1,
            severity=Severity.WARNING,
            message=f"snippet {name} {MISSING_FILE} of the site, so the entry is without it",
        )
        for number, name in lost
    )


def _report(unknown: Iterable[tuple[str, str]], original: str, post: Post) -> tuple[Problem, ...]:
    """A note for each use of a shortcode that nothing in a feed stands for; its message is the same for each kind."""
    problems = []
    position: dict[str, int] = {}
    for name, source in unknown:
        found = original.find(source, position.get(source, 0))
        position[source] = found + 1
        problems.append(
            Problem(
                path=post.source,
                line=post.body_line + original.count("\n", 0, found) if found >= 0 else None,
                severity=Severity.NOTE,
                message=f"shortcode `{name}` has no counterpart in a feed",
            )
        )
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))
