"""The shortcodes of generators and widespread themes: a figure, a film, a gist, a quotation, a call-out, code."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from feeds.render.callouts import LABELS, quote_block
from feeds.render.code import fence_code, shift, unshift
from feeds.render.shortcodes import CODE

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeds.render.shortcodes import Call
    from feeds.render.stand_ins import StandIns

CALLOUTS = LABELS - {"quote", "summary", "example", "abstract", "help", "check"} | {
    "admonition",
    "aside",
    "callout",
    "details",
    "expand",
    "folding",
}
# Whose inside is the matter and whose frame is not; those in TITLED show their first argument above it.
TITLED = frozenset({"accordion", "card", "collapse", "panel", "spoiler", "step", "tab", "tabitem"})
FRAMES = TITLED | frozenset({
    "accordions", "block", "cards", "center", "col", "color", "column", "columns", "div", "excerpt", "fold",
    "grid", "html", "lead", "markdown", "mathjax", "md", "nobr", "noformat", "raw", "rawhtml", "row", "safe",
    "section", "small", "span", "steps", "tabgroup", "tabs", "wide", "wrap",
})  # fmt: skip
# Furniture of the site, and switches of its theme.
FURNITURE = frozenset({
    "ad", "ads", "adsense", "assign", "children", "clear", "clearfix", "comments", "disqus", "empty", "fa", "fab",
    "far", "fas", "icon", "katex", "list", "math", "mathjax", "mermaid", "newsletter", "recent", "related", "search",
    "series", "spacer", "subscribe", "toc", "todo",
})  # fmt: skip
# Whose inside is not for readers either.
PROGRAMS = frozenset({"comment", "css", "js", "script", "style"})
# Words in a colour or a frame of their own; Hexo's themes write the colour first, before a comma or an at sign.
MARKED = frozenset({
    "badge", "bubble", "checkbox", "color", "del", "em", "emp", "filename", "hl", "keyword", "label", "mark", "p",
    "radio", "span", "strong", "text", "u", "version", "wavy",
})  # fmt: skip
FORMULAS = frozenset({"katex", "latex", "math"})

_EXTENSION = re.compile(r"\.(?:md|markdown|mdx|rst|html?)$")
# How a box of Hexo's themes looks; its words come behind a comma.
_LOOK = re.compile(
    r"(?:(?:blue|checked|cyan|gr[ae]y|green|minus|open|orange|pink|plus|purple|red|square|times|yellow)\s*)+,\s*"
)
_NUMBER = re.compile(r"\d+(?:px|%|em|x\d*)?$|(?:Resize|Fit|Fill|Crop)$")
_LANGUAGE = re.compile(r"(?:lang(?:uage)?[:=])?([\w+#-]+)$")


def find_enclosing(name: str) -> Callable[[StandIns, Call], str] | None:
    """The maker for what has an inside and no meaning without one."""
    if name in CODE:
        return _make_code
    if name in FORMULAS:
        return lambda _, call: shift(unshift(call.inner or ""))
    if name in CALLOUTS:
        return _make_callout
    return _open_frame if name in FRAMES else None


def _open_frame(_: StandIns, call: Call) -> str:
    title = call.get("title", "name", "label", "header", place=0) if call.name.lower() in TITLED else ""
    return f"\n\n**{title}**\n\n{call.inner}" if title else call.inner or ""


def _make_code(_: StandIns, call: Call) -> str:
    language = call.get("lang", "language", place=0)
    found = _LANGUAGE.match(language)
    word = (found[1] if found else "") or ("mermaid" if call.name == "mermaid" else "")
    title = call.get("title", "caption")
    caption = f"\n\n**{title}**" if title else ""
    return caption + fence_code(unshift(call.inner or "").strip("\n"), word)


def _make_callout(_: StandIns, call: Call) -> str:
    name = call.name.lower()
    words = [call.get("type", "kind", "style"), *call.values]
    kind = next((word.lower() for word in [name, *words] if word.lower() in LABELS - {"notice", "alert"}), name)
    title = call.get("title", "summary", "heading", "header", "label")
    if not title:
        title = _LOOK.sub("", " ".join(value for value in call.values if value.lower() not in LABELS), count=1)
    return quote_block(call.inner or "", title=title, name=kind)


def _make_quote(_: StandIns, call: Call) -> str:
    # Octopress and Hexo: `{% blockquote author, work address title %}`.
    at = next((index for index, value in enumerate(call.values) if "://" in value), len(call.values))
    author = call.get("author", "by", "cite", "caption", "name", "footer", "attribution", "from") or " ".join(
        call.values[:at]
    )
    source = call.get("link", "url", "source") or call.get(place=at)
    work = " ".join(call.values[at + 1 :])
    if source.startswith("http"):
        author = f"{author} [{work}]({source})" if work else f"[{author or source}]({source})"
    inner = (call.inner or "").strip("\n")
    return quote_block(f"{inner}\n\n— {author}" if author else inner)


def _make_figure(kit: StandIns, call: Call) -> str:
    values = [value for value in call.values if not _NUMBER.match(value)]
    address = call.get("src", "path", "url", "image", "img", "file", *(() if values else ("link", "name")))
    if not address:
        # Octopress: `{% img left /path.png 20 30 'Title' 'Alt' %}`, the class being optional.
        files = (bool(re.search(r"[./]", value)) or kit.find_resource(value) != value for value in values)
        at = next((index for index, is_file in enumerate(files) if is_file), None)
        if at is None:
            return call.inner or ""
        address, values = values[at], values[at + 1 :]
    elif address in values:
        values = values[values.index(address) + 1 :]
    caption = call.get("caption", "title") or (call.inner or "").strip()
    credit, credit_link = call.get("attr"), call.get("attrlink")
    if credit:
        caption = f"{caption} [{credit}]({credit_link})".strip() if credit_link else f"{caption} {credit}".strip()
    alt = call.get("alt") or (values[1] if len(values) > 1 else values[0] if values else "")
    return kit.figure(address, alt=alt or call.get("title"), caption=caption, link=call.get("link", "target", "href"))


def _make_youtube(kit: StandIns, call: Call) -> str:
    code = call.get("id", "video", "url", "src", place=0)
    return kit.embed(code if "/" in code else f"https://www.youtube.com/watch?v={code}", call.get("title"))


def _at(prefix: str, *names: str) -> Callable[[StandIns, Call], str]:
    """A maker for a service whose address is `prefix` and the call's argument."""

    def make(kit: StandIns, call: Call) -> str:
        code = call.get("id", "url", "src", "link", "key", *names, place=0)
        return kit.embed(code if "//" in code else prefix + code, call.get("title", "caption"))

    return make


def _make_pen(kit: StandIns, call: Call) -> str:
    code, user = call.get("id", "url", "src", "slug", place=0), call.get("user", place=1) or "anon"
    address = code if "//" in code else f"https://codepen.io/{code if '/' in code else f'{user}/pen/{code}'}"
    return kit.embed(address, call.get("title", "caption"))


def _make_video(kit: StandIns, call: Call) -> str:
    address = call.get("src", "url", "mp4", "webm", "file", "path", "video", place=0)
    return kit.embed(address, call.get("title", "caption", "alt"), call.get("poster")) if address else call.inner or ""


def _make_gist(kit: StandIns, call: Call) -> str:
    path = (
        "/".join(call.values[:2])
        if len(call.values) > 1 and "/" not in call.values[0]
        else call.get("id", "url", place=0)
    )
    user = call.get("user", "username")
    path = f"{user}/{path}" if user else path
    address = path if "//" in path else f"https://gist.github.com/{path}"
    return kit.link(address.removesuffix(".js"), address.removesuffix(".js"))


def _make_tweet(kit: StandIns, call: Call) -> str:
    code, user = call.get("id", "url") or "".join(call.values[-1:]), call.get("user")
    return kit.link(code if "//" in code else f"https://twitter.com/{user or 'i'}/status/{code}", "")


def _make_reference(kit: StandIns, call: Call) -> str:
    """An address as text: `ref`, `relref`, `post_path` and `asset_path` stand inside links."""
    address, mark, fragment = call.get("path", "page", place=0).partition("#")
    found = kit.site.siblings.find(address)
    return (found or _EXTENSION.sub("/", address)) + mark + fragment


def _make_post_link(kit: StandIns, call: Call) -> str:
    address = kit.site.siblings.find(call.get(place=0)) or call.get(place=0)
    return kit.link(address, " ".join(call.values[1:]) or posixpath.basename(call.get(place=0)))


def _make_link(kit: StandIns, call: Call) -> str:
    # Hexo: `{% link text… address [external] [title] %}`; themes: `{{< button href="…" >}}text{{< /button >}}`.
    address = call.get("href", "url", "link", "relref", "to")
    values = list(call.values)
    if not address:
        at = next((index for index, value in enumerate(values) if re.search(r"//|^[/#.]|^mailto:", value)), None)
        if at is None:
            return call.inner or " ".join(values)
        address, values = values[at], values[:at]
    return kit.link(address, (call.inner or " ".join(values) or call.get("text", "title", "label")).strip())


def _make_parameter(kit: StandIns, call: Call) -> str:
    """Hugo's `param`: what the post's header says, else the site's settings; a dot leads into a table."""
    post = kit.post
    days = {"date": post.published, "lastmod": post.updated or post.published}
    own = {name: f"{day:%Y-%m-%d}" for name, day in days.items() if day}
    for table in (post.extra, {"title": post.title, "description": post.summary, **own}, kit.site.params):
        value: Any = table
        for key in call.get("name", place=0).lower().split("."):
            value = _lower(value).get(key) if isinstance(value, Mapping) else None
        if isinstance(value, str | int | float):
            return str(value)
    return ""


def _lower(table: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key).lower(): value for key, value in table.items()}


def _make_marked(_: StandIns, call: Call) -> str:
    words = " ".join(call.values).strip()
    return call.inner or call.get("text", "content") or re.sub(rf"^\w*@|^{_LOOK.pattern}|^[\w-]+\s*,\s*", "", words)


def _make_music(kit: StandIns, call: Call) -> str:
    """A player of MetingJS': `server`, `type` and `id`, by name or in any order."""
    words = {call.get("server"), call.get("type"), *call.values}
    code = call.get("id") or next((value for value in call.values if value.isdecimal()), "")
    kind = next((word for word in ("playlist", "album", "artist") if word in words), "song")
    return kit.embed(f"https://music.163.com/{kind}?id={code}") if code and "netease" in words else ""


def _make_douban(kit: StandIns, call: Call) -> str:
    kind = call.get("type") or "movie"
    return kit.embed(f"https://{kind}.douban.com/subject/{call.get('id', place=0)}/", call.get("title"))


KNOWN: Mapping[str, Callable[[StandIns, Call], str]] = {
    "asciinema": _at("https://asciinema.org/a/"),
    "asset_img": _make_figure,
    "asset_link": _make_post_link,
    "asset_path": _make_reference,
    "audio": _make_video,
    "blockquote": _make_quote,
    "bilibili": _at("https://www.bilibili.com/video/"),
    "br": lambda kit, _: kit.pieces.place("<br>"),
    "button": _make_link,
    "caniuse": _at("https://caniuse.com/", "feature"),
    "codepen": _make_pen,
    "douban": _make_douban,
    "epigraph": _make_quote,
    "fig": _make_figure,
    "figure": _make_figure,
    "gist": _make_gist,
    "ghcard": _at("https://github.com/", "repo"),
    "glitch": _at("https://glitch.com/edit/#!/"),
    "github": _at("https://github.com/", "repo"),
    "hr": lambda kit, _: kit.pieces.place("<hr>"),
    "iframe": _make_video,
    "image": _make_figure,
    "imgproc": _make_figure,
    "img": _make_figure,
    "imgcap": _make_figure,
    "instagram": _at("https://www.instagram.com/p/"),
    "jsfiddle": _at("https://jsfiddle.net/"),
    "kbd": lambda kit, call: kit.pieces.place(f"<kbd>{html.escape(call.inner or ' '.join(call.values))}</kbd>"),
    "link": _make_link,
    "media": _make_video,
    "meting": _make_music,
    "mp4": _make_video,
    "param": _make_parameter,
    "picture": _make_figure,
    "post_link": _make_post_link,
    "post_path": _make_reference,
    "pullquote": _make_quote,
    "quote": _make_quote,
    "ref": _make_reference,
    "relref": _make_reference,
    "scribd": _at("https://www.scribd.com/document/"),
    "slideshare": _at("https://www.slideshare.net/slideshow/embed_code/"),
    "soundcloud": _at("https://soundcloud.com/"),
    "speakerdeck": _at("https://speakerdeck.com/player/"),
    "spotify": _at("https://open.spotify.com/"),
    "streamable": _at("https://streamable.com/"),
    "thumbnail": _make_figure,
    "tweet": _make_tweet,
    "twitter": _make_tweet,
    "twitter_simple": _make_tweet,
    "video": _make_video,
    "vimeo": _at("https://vimeo.com/"),
    "vimeo_simple": _at("https://vimeo.com/"),
    "x": _make_tweet,
    "youtube": _make_youtube,
    "youtubepl": _at("https://www.youtube.com/playlist?list="),
    "yt": _make_youtube,
    **dict.fromkeys(MARKED, _make_marked),
}
