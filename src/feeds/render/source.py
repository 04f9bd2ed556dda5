"""A post's source without what only its generator understands: what is left is Markdown that any renderer reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
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
    from collections.abc import Callable, Iterable, Iterator

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


_Marks = tuple[tuple[bytes, re.Pattern[bytes]], ...]


def _compile(*patterns: tuple[bytes, bytes]) -> _Marks:
    return tuple((byte, re.compile(pattern)) for byte, pattern in patterns)


# What a body must hold for this module to have anything to do, each with a byte that it holds: to find that one is not
# there, as most are not, takes a tenth of the time. Each pattern begins with one plain byte, which is found many times
# faster than two or one of several.
_MARKS = _compile(
    (b"[", rb"\[(?:[!\[]|TOC\]|toc\])"),
    (b":", rb":(?=::)"),
    (b"{", rb"\{(?:[:#.]| [#.])"),
    (b"{", rb"\)(?=\{)"),
    (b"\\", rb"\\[(\[]"),
)
_TEMPLATES = _compile((b"{", rb"\{[{%]"))
_FENCES = _compile((b"`", rb"`(?=``)"), (b"~", rb"~(?=~~)"))
_MODULES = _compile((b"\n", rb"\n(?:import|export) "), (b"{", rb"=(?=\{)"), (b">", rb"<(?=>)"))
_DEFINITION = re.compile(rb"\n {0,3}:[ \t]")
_EMOJI = re.compile(rb":[a-z][a-z0-9_+-]+:")
_COMPONENT = re.compile(rb"</?[A-Z]")
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
    """A body ready for its renderer. `protected` says whether there is code to bring back in what that makes of it."""

    text: str
    pieces: Pieces = field(default_factory=Pieces)
    problems: tuple[Problem, ...] = ()
    protected: bool = False


def rewrite_source(text: str, post: Post, site: Surroundings, *, template: Template | None) -> Source:
    """The body of `post` without shortcodes, containers, attribute lists, components and the like.

    `template` runs the generator's template language. Shortcodes that stand for nothing in a feed, and snippets that
    are not there, are reported.
    """
    generator, siblings, marker = site.generator, site.siblings, site.marker
    problems: tuple[Problem, ...] = ()
    if marker and marker in text:
        text = re.sub(rf"^[ \t]*{re.escape(marker)}[ \t]*$", "<!-- more -->", text, flags=re.MULTILINE)
    if post.markup is Markup.MARKDOWN and MARK in text:
        text, lost = insert_snippets(text, site.inclusions, site.folders)
        problems = _report_lost(lost, post)
    if not any(_find_signs(text, site, post.markup)):
        return Source(text=text, problems=problems)
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


def _find_signs(text: str, site: Surroundings, markup: Markup) -> Iterator[bool]:
    """Whether there is something in the body for this module, in the order of cost; plain fences do not count."""
    generator = site.generator
    body = b"\n" + text.encode("utf-8", "surrogatepass")
    yield (generator in SYNTAXES or generator in RAW_TAGS) and _holds(body, _TEMPLATES)
    if markup in {Markup.HTML, Markup.RST}:
        return
    body = _drop_plain_fences(body)
    yield _holds(body, _FENCES)
    yield generator in ROWS and b"\\\n|" in body
    yield _holds(body, _MARKS)
    yield b"$" in body and body.count(b"$") > 1
    yield (markup is Markup.MDX or generator in EXPRESSIONS) and (b"{" in body or b"<" in body)
    if markup is Markup.MDX or generator in COMPONENTS:
        yield _holds(body, _MODULES)
        yield _COMPONENT.search(body) is not None
    yield generator in DEFINITIONS and _DEFINITION.search(body) is not None
    yield site.emoji and _EMOJI.search(body) is not None
    yield generator == "jekyll" and needs_kramdown(body)


def _holds(body: bytes, marks: _Marks) -> bool:
    return any(byte in body and mark.search(body) for byte, mark in marks)


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
