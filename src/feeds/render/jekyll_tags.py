"""Jekyll's own tags, which are written without Liquid's quotes around their arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TextIO

from liquid.ast import Node
from liquid.builtin.expressions import Identifier
from liquid.builtin.tags.capture_tag import CaptureNode, CaptureTag
from liquid.exceptions import LiquidError, LiquidSyntaxError
from liquid.parser import get_parser
from liquid.tag import Tag
from liquid.token import TOKEN_EOF, TOKEN_EXPRESSION, TOKEN_TAG

if TYPE_CHECKING:
    from liquid.context import RenderContext
    from liquid.stream import TokenStream
    from liquid.token import Token

    from feeds.render.jekyll import Jekyll

_ARGUMENT = re.compile(r"""([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([\w.\-\[\]]+))""")
# Liquid::Capture::Syntax
_CAPTURED = re.compile(r"(?:\(?[\w\-.\[\]]\)?)+")
_VARIABLE = re.compile(r"\{\{\s*([\w.\-]+)\s*\}\}")


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

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Writes the file's own rendering."""
        name, *more = self.filled(context).split(None, 1)
        rest = "".join(more)
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
        return self.env.includes


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
        url = self.env.siblings.get(path)
        return buffer.write(url or self.env.absolute_url(re.sub(r"\.(?:md|markdown)$", ".html", path)))


class PostUrlNode(TextNode):
    """`{% post_url DATE-SLUG %}`: the address of a post."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Writes the address."""
        name = self.filled(context)
        url = self.env.siblings.find_dated(name)
        if url is None:
            raise LiquidError(f"post_url {name} names no post", token=self.token)
        return buffer.write(url)


class LaxCaptureTag(CaptureTag):
    """`{% capture NAME %}` as Liquid's Ruby reads it: of `/dev/null`, which swallows what a block says, `dev`."""

    def parse(self, stream: TokenStream) -> CaptureNode:
        """The node with the first run of letters that may be a name."""
        token = stream.eat(TOKEN_TAG)
        found = _CAPTURED.search(stream.current.value) if stream.current.kind == TOKEN_EXPRESSION else None
        if found is None:
            raise LiquidSyntaxError("capture has no name", token=token)
        next(stream)
        block = get_parser(self.env).parse_block(stream, frozenset({"endcapture", TOKEN_EOF}))
        stream.expect(TOKEN_TAG, value="endcapture")
        return self.node_class(token, Identifier(found[0], token=token), block)


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


TAGS = (IncludeTag, IncludeRelativeTag, LaxCaptureTag, LinkTag, PostUrlTag)
