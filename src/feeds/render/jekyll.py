"""Liquid as Jekyll runs it: its tags, its filters, the variables of site and page, and nothing beyond the site's folder."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote, quote_plus, urlsplit

import liquid
from liquid.ast import Node
from liquid.exceptions import LiquidError
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION

from feeds.render.code import protect_code
from feeds.slugs import make_slug

if TYPE_CHECKING:
    from liquid.context import RenderContext
    from liquid.stream import TokenStream
    from liquid.token import Token

    from feeds.models import Post

MAX_ITERATIONS = 10_000
MAX_OUTPUT = 2_000_000  # bytes; a longer post than any, a shorter one than a runaway loop writes
MAX_INCLUDES = 10  # of one in another

_ARGUMENT = re.compile(r"""([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([\w.\-\[\]]+))""")
_VARIABLE = re.compile(r"\{\{\s*([\w.\-]+)\s*\}\}")
_POST_NAME = re.compile(r"(?:.*/)?(\d{4}-\d{1,2}-\d{1,2}-[^/]+?)(?:\.\w+)?$")


class Jekyll(liquid.Environment):
    """Liquid for one site. `mistakes` holds what went wrong in the post just rendered, `files` what was looked at."""

    loop_iteration_limit = MAX_ITERATIONS
    output_stream_limit = MAX_OUTPUT
    context_depth_limit = MAX_INCLUDES + 1
    local_namespace_limit = MAX_OUTPUT

    def __init__(self, *, root: Path, site: Mapping[str, Any], site_url: str, pages: Mapping[str, str]) -> None:
        super().__init__(tolerance=liquid.Mode.LAX, strict_filters=True)
        self.root = root
        self.site = dict(site)
        self.pages = pages
        parts = urlsplit(site_url)
        self.host = f"{parts.scheme}://{parts.netloc}"
        self.baseurl = parts.path.rstrip("/")
        self.site |= {"url": self.host, "baseurl": self.baseurl}
        self.mistakes: list[tuple[int | None, str]] = []
        self.files: set[str] = set()
        self._posts = {
            match[1]: url for source, url in sorted(pages.items()) if (match := _POST_NAME.match(source)) is not None
        }
        for tag in (IncludeTag, IncludeRelativeTag, LinkTag, PostUrlTag):
            self.add_tag(tag)
        for name in ("liquid", "render"):  # not Jekyll's
            self.tags.pop(name, None)
        for name, function in FILTERS.items():
            self.add_filter(name, function)
        self.add_filter("relative_url", self.relative_url)
        self.add_filter("absolute_url", self.absolute_url)

    def render_post(self, text: str, post: Post) -> str:
        """`text`, whose code is protected already, with its Liquid run for `post`."""
        self.mistakes, self.files = [], set()
        moment = post.published or datetime(1970, 1, 1, tzinfo=UTC)
        self.add_filter("date", lambda value, form="": _format_date(value, form, moment))
        page = dict(post.extra) | {
            "title": post.title,
            "url": urlsplit(post.url or "").path,
            "date": post.published,
            "tags": list(post.tags),
            "categories": list(post.categories),
            "author": post.authors[0].name if post.authors else None,
            "path": post.source,
            "excerpt": post.summary,
            "description": post.summary,
            "slug": Path(post.source).stem,
        }
        try:
            template = self.from_string(text)
            if not any(message.startswith("expected tag") for _, message in self.mistakes):
                return template.render(site=self.site, page=page)
        except (LiquidError, RecursionError) as error:
            self._note(error)
        # A block that is never closed would swallow the rest of the post.
        return re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)

    def error(self, exc: Any, msg: str | None = None, token: Token | None = None) -> None:
        """Notes a mistake instead of raising it: one tag that cannot be run must not cost the post."""
        if not isinstance(exc, LiquidError):
            exc = exc(msg, token=token)
        elif not exc.token:
            exc.token = token
        self._note(exc)

    def _note(self, error: Exception) -> None:
        line = None
        if isinstance(error, LiquidError) and error.token is not None and error.token.start_index >= 0:
            line = error.token.source.count("\n", 0, error.token.start_index) + 1
        message = str(error.message if isinstance(error, LiquidError) else error) or type(error).__name__
        if (line, message) not in self.mistakes:
            self.mistakes.append((line, message))

    def read_include(self, name: str, folder: str) -> str:
        """The text of a file below `folder` of the site, code protected. Raises LiquidError if there is none."""
        path = f"{folder}/{name}" if folder else name
        self.files.add(path)
        place = (self.root / folder).resolve()
        file = (place / name).resolve()
        if not file.is_relative_to(place) or not file.is_relative_to(self.root.resolve()):
            raise LiquidError(f"include {name} is outside of {folder or 'the site'}", token=None)
        try:
            return protect_code(file.read_text("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            raise LiquidError(f"include {path} cannot be read", token=None) from None

    def find_post(self, name: str) -> str | None:
        """The URL of the post that `post_url` names by date and slug."""
        found = _POST_NAME.match(name)
        return self._posts.get(found[1]) if found else None

    def relative_url(self, value: Any) -> str:
        """Jekyll's filter: the path with the site's own prefix before it."""
        text = str(value or "")
        return text if "://" in text else f"{self.baseurl}/{text.lstrip('/')}"

    def absolute_url(self, value: Any) -> str:
        """Jekyll's filter: the path as an address of the site."""
        text = str(value or "")
        return text if "://" in text else self.host + self.relative_url(text)


class TextNode(Node):
    """A tag of Jekyll's that is written without Liquid's quotes around its argument."""

    def __init__(self, token: Token, expression: str, env: Jekyll) -> None:
        super().__init__(token)
        self.expression = expression
        self.env = env
        self.blank = False

    def filled(self, context: RenderContext) -> str:
        """The argument with the variables in it replaced by their values."""
        return _VARIABLE.sub(lambda found: str(_look_up(context, found[1]) or ""), self.expression).strip()


class JekyllTag(Tag):
    """Reads a tag's argument as it stands."""

    block = False
    node_class: type[TextNode]
    env: Jekyll

    def parse(self, stream: TokenStream) -> Node:
        """The node of the tag that the stream stands at."""
        token, expression = stream.current, ""
        if stream.peek.kind == TOKEN_EXPRESSION:
            next(stream)
            expression = stream.current.value
        return self.node_class(token, expression, self.env)


class IncludeNode(TextNode):
    """`{% include FILE key=value … %}`: a file of `_includes`, which sees its arguments as `include.key`."""

    folder = "_includes"

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Writes the file's own rendering."""
        name, _, rest = self.filled(context).partition(" ")
        arguments = {}
        for key, double, single, variable in _ARGUMENT.findall(rest):
            arguments[key] = _look_up(context, variable) if variable else re.sub(r"\\(.)", r"\1", double or single)
        template = self.env.from_string(self.env.read_include(name.strip("\"'"), self.folder_of(context)))
        with context.extend({"include": arguments}, template=template):
            for node in template.nodes:
                node.render(context, buffer)
        return 0

    def folder_of(self, context: RenderContext) -> str:
        """The folder, below the site, that the file must be in."""
        del context
        return self.folder


class IncludeRelativeNode(IncludeNode):
    """`{% include_relative FILE %}`: a file beside the post or below."""

    def folder_of(self, context: RenderContext) -> str:
        """The post's own folder."""
        return str(_look_up(context, "page.path") or "").rpartition("/")[0]


class LinkNode(TextNode):
    """`{% link FILE %}`: the address of what a file becomes."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Writes the address."""
        path = self.filled(context).lstrip("/")
        self.env.files.add(path)
        url = self.env.pages.get(path)
        if url is None:
            if not (self.env.root / path).resolve().is_relative_to(self.env.root.resolve()):
                raise LiquidError(f"link {path} is outside of the site", token=self.token)
            url = self.env.absolute_url(re.sub(r"\.(?:md|markdown)$", ".html", path))
        return buffer.write(url)


class PostUrlNode(TextNode):
    """`{% post_url DATE-SLUG %}`: the address of a post."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Writes the address."""
        name = self.filled(context)
        url = self.env.find_post(name)
        if url is None:
            raise LiquidError(f"post_url {name} names no post", token=self.token)
        return buffer.write(url)


class IncludeTag(JekyllTag):
    """See IncludeNode."""

    name = "include"
    node_class = IncludeNode


class IncludeRelativeTag(JekyllTag):
    """See IncludeRelativeNode."""

    name = "include_relative"
    node_class = IncludeRelativeNode


class LinkTag(JekyllTag):
    """See LinkNode."""

    name = "link"
    node_class = LinkNode


class PostUrlTag(JekyllTag):
    """See PostUrlNode."""

    name = "post_url"
    node_class = PostUrlNode


def _look_up(context: RenderContext, name: str) -> Any:
    if re.fullmatch(r"-?\d+", name):
        return int(name)
    if name in {"true", "false", "nil"}:
        return {"true": True, "false": False, "nil": None}[name]
    first, *rest = name.split(".")
    value = context.resolve(first, token=None, default=None)
    for part in rest:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _as_datetime(value: Any, moment: datetime) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=moment.tzinfo)
    if str(value) in {"now", "today"}:
        return moment  # the day of the post: a feed must not change with the clock
    try:
        return datetime.fromisoformat(str(value).strip())
    except ValueError:
        return None


def _format_date(value: Any, form: str, moment: datetime) -> Any:
    found = _as_datetime(value, moment)
    if found is None or not form:
        return value
    # Ruby's `%-d` is glibc's too, and no other platform's.
    return found.strftime(re.sub(r"%-([dmHIjy])", lambda code: str(int(found.strftime(f"%{code[1]}"))), str(form)))


def _dated(form: str) -> Any:
    return lambda value: _format_date(value, form, datetime(1970, 1, 1, tzinfo=UTC))


def _bounded(size: int) -> None:
    """Raises LiquidError before a filter makes a text that would not fit into memory."""
    if size > MAX_OUTPUT:
        raise LiquidError("a filter's result is too long", token=None)


def _replace(value: Any, old: Any, new: Any = "") -> str:
    text, old, new = str(value), str(old), str(new)
    _bounded(text.count(old) * len(new))
    return text.replace(old, new)


def _join(values: Any, separator: Any = " ") -> str:
    texts = [str(value) for value in (values if isinstance(values, list | tuple) else [values])]
    _bounded(len(texts) * len(str(separator)))
    return str(separator).join(texts)


def _strip_tags(value: Any) -> str:
    return " ".join(str(value).split())


def _sentence(values: Iterable[Any], connector: str = "and") -> str:
    *first, last = [str(value) for value in values] or [""]
    return f"{', '.join(first)}{',' if len(first) > 1 else ''} {connector} {last}" if first else last


FILTERS: Mapping[str, Any] = {
    "array_to_sentence_string": _sentence,
    "cgi_escape": lambda value: quote_plus(str(value)),
    "date_to_long_string": _dated("%d %B %Y"),
    "date_to_rfc822": _dated("%a, %d %b %Y %H:%M:%S %z"),
    "date_to_string": _dated("%d %b %Y"),
    "date_to_xmlschema": lambda value: value.isoformat() if isinstance(value, date) else value,
    "join": _join,
    "jsonify": lambda value: json.dumps(value, ensure_ascii=False, default=str),
    "markdownify": lambda value: str(value),
    "normalize_whitespace": _strip_tags,
    "number_of_words": lambda value: len(str(value).split()),
    "replace": _replace,
    "slugify": lambda value, _mode=None: make_slug(str(value)),
    "smartify": lambda value: str(value),
    "strip_index": lambda value: re.sub(r"/index\.html?$", "/", str(value)),
    "uri_escape": lambda value: quote(str(value), safe="!#$&'()*+,/:;=?@[]~%"),
    "xml_escape": lambda value: html.escape(str(value)),
}
