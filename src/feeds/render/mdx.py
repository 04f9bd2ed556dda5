"""MDX: imports, exports, expressions and components go, the text that they enclose stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.render.callouts import LABELS, quote_block
from feeds.render.code import unshift
from feeds.render.media import link_media

if TYPE_CHECKING:
    from feeds.render.pieces import Pieces

_IMPORT = re.compile(r"^import\s+(?:[\w{*][^'\"]*?\bfrom\s+)?(['\"])[^'\"\n]+\1\s*;?[ \t]*(?://.*)?$")
_IMPORT_OPENS = re.compile(r"^import\s*\{[^}]*$|^import\s+[\w*][\w\s,*{]*$")
_EXPORT = re.compile(r"^export\s+(?:default|const|let|var|function|async|class)\b|^export\s*\{")
_MARKER = re.compile(r"\{/\*\s*(truncate|more)\s*\*/\}", re.IGNORECASE)
_COMMENT = re.compile(r"\{\s*/\*(?:(?!/\*).)*?\*/\s*\}", re.DOTALL)
_MEANS_SOMETHING = re.compile(r"[\"'`{}<>]")
# No address: neither `<https://…>` nor one in brackets behind the words of its link.
_TAG = re.compile(r"(?<!\]\()<(/?)([A-Za-z][\w.-]*(?::[\w.-]+)?)(?=[\s/>{])|<(/?)(?=>)")
_LITERAL = re.compile(r"""\{\s*(?:"([^"]*)"|'([^']*)'|`([^`$]*)`|([\d.]+))\s*\}""")
_OPEN_BRACE = re.compile(r"(?<!\\)\{")

IMAGES = frozenset({"Image", "Img", "Figure", "Picture", "NextImage", "StaticImage", "GatsbyImage"})
FILMS = {
    "YouTube": "https://www.youtube.com/watch?v=", "Youtube": "https://www.youtube.com/watch?v=",
    "YouTubeEmbed": "https://www.youtube.com/watch?v=", "LiteYouTubeEmbed": "https://www.youtube.com/watch?v=",
    "Vimeo": "https://vimeo.com/", "Tweet": "https://twitter.com/i/status/", "CodePen": "https://codepen.io/",
    "Gist": "https://gist.github.com/", "Video": "", "ReactPlayer": "",
}  # fmt: skip
VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "source", "track", "wbr"})
CALLOUTS = frozenset({"Admonition", "Alert", "Aside", "Callout"} | {label.capitalize() for label in LABELS})
TITLED = frozenset({"Tab", "TabItem", "TabPanel", "Details", "Accordion", "Card", "Step"})
_CALLOUT = re.compile(
    rf"<(?P<name>{'|'.join(sorted(CALLOUTS))})(?P<attributes>(?:\s[^<>]*)?)>(?P<inner>.*?)</(?P=name)>", re.DOTALL
)


def strip_mdx(text: str, *, pieces: Pieces, expressions: bool) -> str:
    """`text`, whose code is protected, as plain Markdown. `expressions` is for files in which `{…}` is JavaScript."""
    text = _drop_modules(text)
    text = _COMMENT.sub("", _MARKER.sub(r"<!-- \1 -->", text))
    text = _CALLOUT.sub(_quote_callout, text)
    text = _strip_components(text, pieces, expressions=expressions)
    return _drop_expressions(text) if expressions and "{" in text else text


def _drop_modules(text: str) -> str:
    """`text` without its `import` and `export` statements, which begin at the start of a line."""
    out: list[str] = []
    depth, inside = 0, False
    for line in text.split("\n"):
        if inside:
            depth += _depth(line)
            inside = depth > 0
        elif _IMPORT.match(line):
            continue
        elif _EXPORT.match(line) or _IMPORT_OPENS.match(line):
            depth = _depth(line)
            inside = depth > 0
        else:
            out.append(line)
    # A statement that never ends is none.
    return text if inside else "\n".join(out)


def _depth(line: str) -> int:
    return sum(line.count(mark) for mark in "{([") - sum(line.count(mark) for mark in "})]")


def _quote_callout(found: re.Match[str]) -> str:
    attributes = dict(re.findall(r"""([\w-]+)=["']([^"']*)["']""", found["attributes"] or ""))
    name = found["name"].lower()
    kind = attributes.get("type", attributes.get("variant", name))
    return quote_block(found["inner"], title=attributes.get("title", ""), name=kind if kind in LABELS else name)


def _strip_components(text: str, pieces: Pieces, *, expressions: bool) -> str:
    """`text` without the tags of components; HTML's own tags keep the attributes that are plain text.

    Where `expressions` are run, what an element encloses is Markdown, however far it is indented
    (https://mdxjs.com/docs/what-is-mdx/#markdown).
    """
    out: list[str] = []
    position = depth = 0
    for found in _TAG.finditer(text):
        if found.start() < position:
            continue
        end = _end_of_tag(text, found.end())
        if end is None:
            continue
        name = found[2] or ""
        source = text[found.end() : end - 1]
        component = not name or name[0].isupper() or "." in name
        if not component and not (expressions or "{" in source):
            continue
        between = text[position : found.start()]
        out.append(_dedent(between) if expressions and depth else between)
        position = end
        attributes = _read_attributes(source)
        if found[1] or found[3]:
            depth = max(0, depth - 1)
        elif not source.rstrip().endswith("/") and name not in VOID:
            depth += 1
        if not component:
            tag = _write_tag(found[1], name, attributes, source)
            # In its own words, it would begin a block of HTML, in which nothing is Markdown.
            out.append(pieces.place(tag) if expressions else tag)
        elif not found[1] and not found[3]:
            out.append(_stand_in(name, attributes, pieces))
    return "".join(out) + text[position:]


def _dedent(between: str) -> str:
    """What stands between two tags, as far to the left as its lines allow."""
    first, *lines = between.split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=len(between))
    return "\n".join([first, *(line[margin:] for line in lines)])


def _stand_in(name: str, attributes: dict[str, str], pieces: Pieces) -> str:
    address = attributes.get("src") or attributes.get("url") or attributes.get("href") or ""
    if name in IMAGES and address:
        return pieces.place(_write_tag("", "img", {"src": address, "alt": attributes.get("alt", "")}, "/"))
    if name in FILMS:
        code = address or next(
            (attributes[key] for key in ("id", "videoId", "video", "tweetId", "youTubeId") if key in attributes), ""
        )
        return (
            pieces.place(link_media(code if "//" in code else FILMS[name] + code, title=attributes.get("title", "")))
            if code
            else ""
        )
    if name in TITLED and (title := attributes.get("label") or attributes.get("title") or attributes.get("summary")):
        return f"\n\n**{title}**\n\n"
    return ""


def _end_of_tag(text: str, position: int) -> int | None:
    """The place behind the `>` that ends a tag, braces and quotes counted; None if it is no tag."""
    depth, quote = 0, ""
    for found in _MEANS_SOMETHING.finditer(text, position, position + 4000):
        at, character = found.start(), found[0]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'" or (character == "`" and depth):
            quote = character
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == ">" and depth <= 0:
            return at + 1
        elif character == "<" and depth <= 0:
            return None
    return None


def _read_attributes(source: str) -> dict[str, str]:
    """The attributes of a tag whose values are plain text."""
    attributes = {}
    for key, double, single, literal in re.findall(r"""([\w:-]+)=(?:"([^"]*)"|'([^']*)'|(\{[^{}]*\}))""", source):
        if literal:
            found = _LITERAL.match(literal)
            if found is None:
                continue
            attributes[key] = next((group for group in found.groups() if group is not None), "")
        else:
            attributes[key] = double or single
    return {key: unshift(value) for key, value in attributes.items()}


def _write_tag(slash: str, name: str, attributes: dict[str, str], source: str) -> str:
    written = "".join(f' {key}="{value.replace(chr(34), "&quot;")}"' for key, value in attributes.items())
    # HTML has no `<iframe />`: everything behind it would be inside.
    closing = f"</{name}>" if source.rstrip().endswith("/") and name not in VOID else ""
    return f"<{slash}{name}{written}>{closing}"


def _drop_expressions(text: str) -> str:
    """`text` without `{…}`, but for one that is a literal, which says itself."""
    text = _LITERAL.sub(lambda found: next(group for group in found.groups() if group is not None), text)
    out: list[str] = []
    position = 0
    while (opened := _OPEN_BRACE.search(text, position)) is not None:
        depth, at = 1, opened.end()
        while at < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        if depth:
            break
        out.append(text[position : opened.start()])
        position = at
    return "".join(out) + text[position:]
