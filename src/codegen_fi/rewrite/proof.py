"""Prove that nothing changed but what the edits name.

Every line outside the edited ranges has to stand in the new text, unchanged and in order, and
every top-level function that no edit names has to have the same syntax tree as before.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from codegen_fi.model.changes import Block, Change

Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class ProofError(Exception):
    """The rewritten text differs outside the edits: a bug, never the user's fault."""

    message: str


@dataclass(frozen=True, slots=True)
class Code:
    """A text as lines with their endings, and its statements."""

    lines: Sequence[str]
    body: Sequence[ast.stmt]


def lines_of(text: str) -> list[str]:
    """Return the lines with their endings; only a line feed ends one, as in the syntax trees."""
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + parts[-1:]


def blocks(
    before: Sequence[str], after: Sequence[str], changes: Sequence[Change]
) -> tuple[Block, ...]:
    """Line up the two texts along the edited ranges.

    Parameters
    ----------
    before, after
        Lines with their endings.
    changes
        The edits; ranges may touch or overlap.

    Returns
    -------
    tuple of Block
        The changed places in order: original lines, new lines, the rules that made them.

    Raises
    ------
    ProofError
        When a line outside the ranges is missing or moved.
    """
    places = _merged(changes)
    gaps = _gaps(places, len(before))
    found: list[Block] = []
    position = 0
    for index, ((start, stop), place) in enumerate(zip(gaps, [None, *places], strict=True)):
        kept = list(before[start:stop])
        last = index == len(gaps) - 1
        at = _find(after, kept, position, at_end=last, at_start=index == 0)
        if at is None:
            raise ProofError(f"lines {start + 1} to {stop} did not stay as they were")
        if place is not None:
            (first, end), rules = place
            found.append(Block(first + 1, end, position + 1, at, rules))
        position = at + len(kept)
    return tuple(found)


def code_of(text: str) -> Code:
    """Parse the rewritten text.

    Raises
    ------
    ProofError
        When it isn't Python any more.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        try:
            tree = ast.parse(text)
        except SyntaxError as error:
            raise ProofError(f"the rewritten text doesn't parse: {error}") from error
    return Code(lines_of(text), tree.body)


def untouched_functions_are_equal(before: Code, after: Code, touched: set[str | None]) -> None:
    """Compare the syntax trees of every top-level function that no edit names.

    Raises
    ------
    ProofError
        When one of them differs.
    """
    old, new = _functions(before), _functions(after)
    if [node.name for node in old] != [node.name for node in new]:
        raise ProofError("the rewritten text has other functions than the original")
    for one, other in zip(old, new, strict=True):
        if one.name not in touched and not _is_same(before, one, after, other):
            raise ProofError(f"{one.name}() changed although no edit names it")


def _functions(code: Code) -> list[Definition]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [node for node in code.body if isinstance(node, kinds)]


def _is_same(before: Code, one: Definition, after: Code, other: Definition) -> bool:
    # The same lines are the same tree, and much cheaper to compare.
    return _text(before, one) == _text(after, other) or ast.dump(one) == ast.dump(other)


def _text(code: Code, node: Definition) -> Sequence[str]:
    first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
    return code.lines[first - 1 : node.end_lineno]


Place = tuple[tuple[int, int], tuple[str, ...]]


def _merged(changes: Sequence[Change]) -> list[Place]:
    """Return half-open, zero-based ranges in order; touching ones become one."""
    merged: list[Place] = []
    for change in sorted(changes, key=lambda c: (c.first_line, c.last_line)):
        start, stop = change.first_line - 1, change.last_line
        if merged and start <= merged[-1][0][1]:
            (first, end), rules = merged[-1]
            names = rules if change.rule in rules else (*rules, change.rule)
            merged[-1] = ((first, max(end, stop)), names)
        else:
            merged.append(((start, stop), (change.rule,)))
    return merged


def _gaps(places: Sequence[Place], length: int) -> list[tuple[int, int]]:
    starts = [0, *(stop for (_, stop), _ in places)]
    stops = [*(start for (start, _), _ in places), length]
    return list(zip(starts, stops, strict=True))


def _find(
    lines: Sequence[str], wanted: list[str], position: int, *, at_end: bool, at_start: bool
) -> int | None:
    """Return where a run of lines stands at or behind a position."""
    latest = len(lines) - len(wanted)
    first = max(position, latest) if at_end else position
    last = position if at_start else latest
    for at in range(first, last + 1):
        if list(lines[at : at + len(wanted)]) == wanted:
            return at
    return None
