"""Replace arguments that today's libraries no longer take.

Scripts pin the arguments of the releases AutoML ran with; the facts are in
``codegen_fi.rewrite.library_arguments``, one row each.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import libcst as cst

from codegen_fi.model.changes import Change
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.script import FunctionSite, Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.calls import pairs
from codegen_fi.rewrite.edits import insert_after, insert_before, note
from codegen_fi.rewrite.engine import Arity, Edit, Rule, refuse_shared_line
from codegen_fi.rewrite.items import Item, replaced
from codegen_fi.rewrite.library_arguments.rows import Row
from codegen_fi.rewrite.library_arguments.signatures import LIBRARIES, standing
from codegen_fi.rewrite.library_arguments.uses import Use, functions_of, uses_in
from codegen_fi.rewrite.targets import Target, target_of


def _as_tuple(node: Any) -> cst.Tuple:
    return cst.Tuple(node.elements)


# Texts of a row that speak of the value given.
_KEPT: Mapping[str, Callable[[Any], cst.BaseExpression]] = {"{}": lambda v: v, "tuple": _as_tuple}


@dataclass(frozen=True, slots=True)
class _Found:
    """An argument with a row: its place among the items, its lines, its row."""

    index: int
    syntax: ast.expr
    first_line: int
    row: Row


def plan(script: Script) -> Iterator[Edit]:
    """Edit each call and each transformer dictionary that has such an argument."""
    for site in functions_of(script):
        needed: set[str] = set()
        for statement in site.walk():
            if isinstance(statement.node, cst.SimpleStatementLine):
                yield from _edits(script, site, statement, needed)
        yield from _imports(script, site, needed)


def _edits(
    script: Script, site: FunctionSite, statement: Statement, needed: set[str]
) -> Iterator[Edit]:
    target = target_of(script)
    places = [
        (use.syntax, found)
        for use in uses_in(script, site, statement.syntax)
        if (found := _found_in(script, use, target))
    ]
    if not places:
        return
    refuse_shared_line(script, statement.node)
    nodes = {id(syntax): node for node, syntax in pairs(statement)}
    for syntax, found in places:
        classes = {f.row.wrap or f.row.instead for f in found}
        needed.update(name for name in classes if name)
        yield Edit(
            site.statement,
            nodes[id(syntax)],
            _changer(found),
            tuple(_changes(site, syntax, found)),
            statement.node,
        )


def _changer(found: Sequence[_Found]) -> Callable[[Any], Any]:
    def change(updated: Any) -> Any:
        items = updated.args if isinstance(updated, cst.Call) else updated.elements
        result = replaced(updated, {f.index: _new_items(items[f.index], f.row) for f in found})
        for row in (f.row for f in found):
            if row.instead:
                result = result.with_changes(func=_name(row.instead))
            if row.wrap:
                result = cst.Call(func=_name(row.wrap), args=[cst.Arg(result)])
        return result

    return change


def _name(place: str) -> cst.Name:
    return cst.Name(place.rpartition(":")[2])


def _changes(site: FunctionSite, syntax: ast.expr, found: Sequence[_Found]) -> Iterator[Change]:
    yield from (_change(site, f) for f in found)
    for row in (f.row for f in found if f.row.wrap or f.row.instead):
        for line in sorted({syntax.lineno, syntax.end_lineno or syntax.lineno}):
            yield note(row.why, site.name, line, line, source=row.source)


def _found_in(script: Script, use: Use, target: Target) -> list[_Found]:
    found: list[_Found] = []
    for argument in use.arguments:
        row = use.row(argument, target)
        if row is not None:
            found.append(_Found(argument.index, argument.syntax, argument.line, row))
        elif standing(target, use.package, use.name, argument.name) == "refused":
            raise refusal(
                script.name,
                argument.line,
                f"{use.name} has no argument {argument.name!r} in {LIBRARIES[use.package]} "
                f"{target.libraries[use.package][1]}, so training would stop here. Take the "
                "argument out, or give the one that stands for it.",
            )
    return found


def _new_items(item: Item, row: Row) -> list[Item]:
    return [_renewed(item, *text.split("=", 1)) for text in row.becomes]


def _renewed(item: Item, name: str, value: str) -> Item:
    kept = _KEPT.get(value)
    expression = kept(_value(item)) if kept else cst.parse_expression(value)
    if isinstance(item, cst.Arg):
        return item.with_changes(keyword=cst.Name(name), value=expression)
    return item.with_changes(key=cst.SimpleString(repr(name)), value=expression)


def _value(item: Any) -> Any:
    return item.value


def _change(site: FunctionSite, found: _Found) -> Change:
    row = found.row
    return note(
        f"{row.argument} ({row.since}): {row.why}",
        site.name,
        found.first_line,
        found.syntax.end_lineno or found.first_line,
        source=row.source,
        behaviour=row.behaviour,
    )


def _imports(script: Script, site: FunctionSite, needed: set[str]) -> Iterator[Edit]:
    imports = [s for s in site.body if isinstance(s.syntax, ast.ImportFrom)]
    for place in sorted(needed):
        module, _, name = place.partition(":")
        lines, why = [f"from {module} import {name}"], f"{name} is used below."
        if imports:
            yield insert_after(script, site.statement, imports[-1], lines, why)
        else:
            yield insert_before(script, site.statement, _first(site), lines, why)


def _first(site: FunctionSite) -> Statement:
    """Return the first statement behind the docstring."""
    return site.body[1 if ast.get_docstring(site.syntax) is not None else 0]


RULE = Rule(
    "replace-removed-arguments",
    "arguments that are gone",
    Arity(),
    plan,
    why="Scripts pass arguments that today's libraries no longer take or take under another name.",
    without="Arguments stay that newer libraries refuse or read in another way.",
)
