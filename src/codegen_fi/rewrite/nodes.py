"""Walk and rebuild libcst trees where edits are: libcst's own visit makes every node anew.

Blanks, brackets and commas are nodes of their own in libcst and by far the most of a tree. No edit
is of one of them, so that they are stepped over here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, Final

import libcst as cst

_BLANKS: Final = frozenset(
    {
        "comma", "colon", "dot", "equal", "semicolon", "star", "asname_whitespace",
        "lpar", "rpar", "lbracket", "rbracket", "lbrace", "rbrace",
        "header", "footer", "indent", "leading_lines", "lines_after_decorators",
        "trailing_whitespace", "operator",
    }
)  # fmt: skip
# Where the order of the fields isn't that of the text.
_IN_ORDER: Final[dict[type[cst.CSTNode], tuple[str, ...]]] = {cst.IfExp: ("body", "test", "orelse")}


@cache
def _fields_of(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    if kind in _IN_ORDER:
        return _IN_ORDER[kind]
    return tuple(
        field.name
        for field in fields(kind)
        if field.name not in _BLANKS and not field.name.startswith("whitespace")
    )


def nodes_in(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield a node and those inside it, in the order of the text, outer ones first."""
    yield node
    for name in _fields_of(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            yield from nodes_in(value)
        elif isinstance(value, list | tuple):
            for item in value:
                if isinstance(item, cst.CSTNode):
                    yield from nodes_in(item)


def rebuilt(
    node: cst.CSTNode,
    leave: Callable[[Any, Any], Any],
    enters: Callable[[cst.CSTNode], bool],
) -> Any:
    """Return what stands in the place of a node when some inside it have changed.

    Parameters
    ----------
    node
        Of the original tree.
    leave
        Takes a node and the same with its inside changed, returns what stands in its place.
    enters
        Tells whether to go into a node.
    """
    changes = {}
    for name in _fields_of(type(node)) if enters(node) else ():
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            new = rebuilt(value, leave, enters)
            if new is not value:
                changes[name] = new
        elif isinstance(value, list | tuple) and value:
            items = _rebuilt(value, leave, enters)
            if items is not value:
                changes[name] = items
    return leave(node, node.with_changes(**changes) if changes else node)


def _rebuilt(
    values: Sequence[Any],
    leave: Callable[[Any, Any], Any],
    enters: Callable[[cst.CSTNode], bool],
) -> Sequence[Any]:
    items = [rebuilt(v, leave, enters) if isinstance(v, cst.CSTNode) else v for v in values]
    if all(new is old for new, old in zip(items, values, strict=True)):
        return values
    return [flat for item in items for flat in replacing(item)]


def replacing(result: Any) -> Iterator[Any]:
    """Yield the nodes that stand in the place of one: none, one or several."""
    if isinstance(result, cst.FlattenSentinel):
        yield from result.nodes
    elif not isinstance(result, cst.RemovalSentinel):
        yield result
