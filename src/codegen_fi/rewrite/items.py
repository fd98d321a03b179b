"""Take items out of a call or a dictionary so that every other line stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import libcst as cst

Item: TypeAlias = cst.Arg | cst.BaseDictElement
Gap: TypeAlias = cst.BaseParenthesizableWhitespace


def replaced(node: Any, becomes: Mapping[int, Sequence[Item]]) -> Any:
    """Put other items in the place of some.

    Parameters
    ----------
    node
        A ``cst.Call`` or a ``cst.Dict``.
    becomes
        Position of an item -> what stands in its place; nothing to take it out.

    Returns
    -------
    The node without the items, and without their lines and the comments beside them.  Comments on
    lines of their own stay, and an item on another line keeps its comma.
    """
    items: list[Item] = []
    gaps = [_opening(node)]
    given: Sequence[Item] = node.args if isinstance(node, cst.Call) else node.elements
    for index, item in enumerate(given):
        is_last = index == len(given) - 1
        after = _closing(node) if is_last else _behind(item)
        new = becomes.get(index, (item,))
        if new:
            items.extend(new)
            gaps.extend([after] * len(new))
            continue
        on_its_own_line = isinstance(gaps[-1], cst.ParenthesizedWhitespace)
        if is_last and items and not on_its_own_line:
            items[-1] = items[-1].with_changes(comma=item.comma)
        gaps[-1] = _joined(gaps[-1], after, is_last=is_last)
    return _laid_out(node, items, gaps)


def _opening(node: Any) -> Gap:
    gap: Gap = (
        node.whitespace_before_args if isinstance(node, cst.Call) else node.lbrace.whitespace_after
    )
    return gap


def _closing(node: Any) -> Gap:
    gap: Gap = (
        _behind(node.args[-1]) if isinstance(node, cst.Call) else node.rbrace.whitespace_before
    )
    return gap


def _behind(item: Item) -> Gap:
    if isinstance(item.comma, cst.Comma):
        return item.comma.whitespace_after
    return item.whitespace_after_arg if isinstance(item, cst.Arg) else cst.SimpleWhitespace("")


def _joined(before: Gap, after: Gap, *, is_last: bool) -> Gap:
    """Return what stays between the neighbours of an item that is taken out."""
    if not isinstance(after, cst.ParenthesizedWhitespace):
        inline = not isinstance(before, cst.ParenthesizedWhitespace)
        return after if inline and is_last else before
    if not isinstance(before, cst.ParenthesizedWhitespace):
        return after
    return after.with_changes(
        first_line=before.first_line, empty_lines=[*before.empty_lines, *after.empty_lines]
    )


def _laid_out(node: Any, items: Sequence[Item], gaps: Sequence[Gap]) -> Any:
    if isinstance(node, cst.Call):
        args = [_followed(item, gap) for item, gap in zip(items, gaps[1:], strict=True)]
        return node.with_changes(whitespace_before_args=gaps[0], args=args)
    nothing = cst.SimpleWhitespace("")
    ends = [*gaps[1:-1], nothing]
    return node.with_changes(
        lbrace=node.lbrace.with_changes(whitespace_after=gaps[0]),
        elements=[_followed(i, gap) for i, gap in zip(items, ends[: len(items)], strict=True)],
        rbrace=node.rbrace.with_changes(whitespace_before=gaps[-1] if items else nothing),
    )


def _followed(item: Item, gap: Gap) -> Item:
    if isinstance(item.comma, cst.Comma):
        return item.with_changes(comma=item.comma.with_changes(whitespace_after=gap))
    return item.with_changes(whitespace_after_arg=gap) if isinstance(item, cst.Arg) else item
