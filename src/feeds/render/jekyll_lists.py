"""Jekyll's own filters over lists: https://jekyllrb.com/docs/liquid/filters/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from liquid.builtin.expressions import BooleanExpression, FilteredExpression, tokenize
from liquid.exceptions import LiquidError
from liquid.filter import with_context
from liquid.stream import TokenStream
from liquid.token import TOKEN_EXPRESSION, Token

if TYPE_CHECKING:
    from liquid.context import RenderContext


def _list(values: Any) -> list[Any]:
    """What Jekyll's filters take for a list: of a table its values."""
    if isinstance(values, Mapping):
        return list(values.values())
    return list(values) if isinstance(values, list | tuple) else []


def _group(items: Iterable[Any], find: Callable[[Any], Any]) -> list[dict[str, Any]]:
    groups: dict[str, list[Any]] = {}
    for item in items:
        value = find(item)
        groups.setdefault("" if value is None else str(value), []).append(item)
    return [{"name": name, "items": found, "size": len(found)} for name, found in groups.items()]


def _group_by(values: Any, name: Any) -> Any:
    """A table with `name`, `items` and `size` for each value that the items' field has, in the order of the first."""
    if not isinstance(values, list | tuple):
        return values
    return _group(values, lambda item: item.get(str(name)) if isinstance(item, Mapping) else None)


def _parse(context: RenderContext, expression: Any, kind: Any) -> Any:
    text = str(expression)
    token = Token(TOKEN_EXPRESSION, text, 0, text)
    return kind.parse(context.env, TokenStream(tokenize(text, token)))


def _each(context: RenderContext, name: Any, expression: Any, kind: Any) -> Callable[[Any], Any]:
    """What the expression says of one item, which it calls `name`."""
    parsed = _parse(context, expression, kind)

    def evaluate(item: Any) -> Any:
        with context.extend({str(name): item}):
            return parsed.evaluate(context)

    return evaluate


@with_context
def _where_exp(values: Any, name: Any, expression: Any, *, context: RenderContext) -> list[Any]:
    return list(filter(_each(context, name, expression, BooleanExpression), _list(values)))


@with_context
def _find_exp(values: Any, name: Any, expression: Any, *, context: RenderContext) -> Any:
    return next(filter(_each(context, name, expression, BooleanExpression), _list(values)), None)


@with_context
def _group_by_exp(values: Any, name: Any, expression: Any, *, context: RenderContext) -> Any:
    if not isinstance(values, list | tuple):
        return values
    return _group(values, _each(context, name, expression, FilteredExpression))


def _push(values: Any, item: Any) -> list[Any]:
    # The result is counted with the next filter's work, so that a loop cannot grow it without end.
    return [*_whole(values), item]


def _unshift(values: Any, item: Any) -> list[Any]:
    return [item, *_whole(values)]


def _pop(values: Any, count: Any = 1) -> list[Any]:
    whole = _whole(values)
    return whole[: max(0, len(whole) - int(count))]


def _shift(values: Any, count: Any = 1) -> list[Any]:
    return _whole(values)[max(0, int(count)) :]


def _whole(values: Any) -> list[Any]:
    if not isinstance(values, list | tuple):
        raise LiquidError("a filter for lists was given something else", token=None)
    return list(values)


LIST_FILTERS: dict[str, Any] = {
    "find_exp": _find_exp,
    "group_by": _group_by,
    "group_by_exp": _group_by_exp,
    "pop": _pop,
    "push": _push,
    "shift": _shift,
    "unshift": _unshift,
    "where_exp": _where_exp,
}
