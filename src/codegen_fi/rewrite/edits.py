"""The few forms an edit takes: remove, replace, insert before, insert after."""

from __future__ import annotations

from typing import Any

import libcst as cst

from codegen_fi.model.changes import Change
from codegen_fi.parse.script import Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.engine import Edit


def note(
    why: str,
    function: str | None,
    first_line: int,
    last_line: int,
    *,
    source: str | None = None,
    behaviour: str | None = None,
) -> Change:
    """Return the record of a change; the engine fills in the rule."""
    return Change("", why, function, first_line, last_line, source, behaviour)


def _where(owner: Statement) -> str | None:
    return getattr(owner.syntax, "name", None)


def parsed(script: Script, text: str) -> cst.SimpleStatementLine:
    """Parse one simple statement in the style (newlines, indent) of the script."""
    config = script.source.tree.config_for_parsing
    newline = script.source.tree.default_newline
    statement = cst.parse_statement(text.replace("\n", newline), config=config)
    return cst.ensure_type(statement, cst.SimpleStatementLine)


def parsed_expression(script: Script, text: str) -> cst.BaseExpression:
    """Parse an expression in the style of the script."""
    config = script.source.tree.config_for_parsing
    return cst.parse_expression(text.replace("\n", script.source.tree.default_newline), config)


def remove(owner: Statement, statement: Statement, why: str) -> Edit:
    """Take a statement out, with the comment above it."""
    change = note(why, _where(owner), statement.first_line_with_comments, statement.last_line)
    return Edit(owner, statement.node, lambda _: cst.RemoveFromParent(), (change,))


def replace(
    script: Script, owner: Statement, statement: Statement, texts: list[str], why: str
) -> Edit:
    """Put other statements in the place of one; comments above and beside it stay."""

    def change(node: Any) -> cst.FlattenSentinel[Any]:
        new = [parsed(script, text) for text in texts]
        new[0] = new[0].with_changes(leading_lines=node.leading_lines)
        if isinstance(node, cst.SimpleStatementLine):
            new[-1] = new[-1].with_changes(trailing_whitespace=node.trailing_whitespace)
        return cst.FlattenSentinel(new)

    record = note(why, _where(owner), statement.line, statement.last_line)
    return Edit(owner, statement.node, change, (record,))


def insert_after(
    script: Script, owner: Statement, statement: Statement, texts: list[str], why: str
) -> Edit:
    """Add statements behind one."""
    line = statement.last_line + 1
    # The end of a text that breaks off without a newline gets one, and so is changed itself.
    first = line - 1 if _ends_without_newline(script, statement) else line
    return Edit(
        owner,
        statement.node,
        lambda node: cst.FlattenSentinel([node, *(parsed(script, t) for t in texts)]),
        (note(why, _where(owner), first, line - 1),),
    )


def _ends_without_newline(script: Script, statement: Statement) -> bool:
    return not script.text.endswith("\n") and script.text.count("\n") + 1 == statement.last_line


def insert_before(
    script: Script, owner: Statement, statement: Statement, texts: list[str], why: str
) -> Edit:
    """Add statements in front of one, below the blank lines and comments above it."""

    def change(node: Any) -> cst.FlattenSentinel[Any]:
        new = [parsed(script, text) for text in texts]
        new[0] = new[0].with_changes(leading_lines=node.leading_lines)
        return cst.FlattenSentinel([*new, node.with_changes(leading_lines=())])

    line = statement.line
    return Edit(owner, statement.node, change, (note(why, _where(owner), line, line - 1),))


def insert_around(
    script: Script,
    owner: Statement,
    statement: Statement,
    before: list[str],
    after: list[str],
    why: str,
) -> Edit:
    """Add statements in front of one and behind it."""

    def change(node: Any) -> cst.FlattenSentinel[Any]:
        new = [parsed(script, text) for text in before]
        new[0] = new[0].with_changes(leading_lines=node.leading_lines)
        behind = [parsed(script, text) for text in after]
        return cst.FlattenSentinel([*new, node.with_changes(leading_lines=()), *behind])

    record = note(why, _where(owner), statement.line, statement.last_line)
    return Edit(owner, statement.node, change, (record,))


def append(
    script: Script, owner: Statement, block: cst.BaseSuite, last: Statement, text: str, why: str
) -> Edit:
    """Add a statement at the end of a block, whatever becomes of its last one."""
    line = last.last_line + 1
    return Edit(
        owner,
        block,
        lambda node: node.with_changes(body=[*node.body, parsed(script, text)]),
        (note(why, _where(owner), line, line - 1),),
    )


def move_import(
    owner: Statement, statement: Statement, module: str, why: str, only: str | None = None
) -> Edit:
    """Import the same names, or ``only`` one of them, from another module."""

    def change(node: Any) -> cst.SimpleStatementLine:
        line = cst.ensure_type(node.body[0], cst.ImportFrom)
        moved = line.with_changes(module=cst.parse_expression(module))
        if only is not None and not isinstance(line.names, cst.ImportStar):
            names = [alias for alias in line.names if alias.evaluated_name == only]
            last = names[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
            moved = moved.with_changes(names=[*names[:-1], last])
        return cst.ensure_type(
            node.with_changes(body=[moved, *node.body[1:]]), cst.SimpleStatementLine
        )

    record = note(why, _where(owner), statement.line, statement.last_line)
    return Edit(owner, statement.node, change, (record,))
