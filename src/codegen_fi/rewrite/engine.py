"""Plan on the original tree, check each rule's arity, apply once.

Edits are functions of the updated node, so that an edit of a function and one inside it compose.
Only top-level statements that hold an edit are visited: the rest of the tree is reused as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import libcst as cst

from codegen_fi.model.changes import Change
from codegen_fi.model.options import RUNTIMES, Options, Runtime
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.script import Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.nodes import rebuilt, replacing

Changed: TypeAlias = "cst.CSTNode | cst.FlattenSentinel[Any] | cst.RemovalSentinel"


_STATEMENTS = (cst.SimpleStatementLine, cst.BaseCompoundStatement)


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """A change of one node of the original tree.

    Attributes
    ----------
    owner
        The top-level statement the node is in; None for the module itself.
    node
        The node of the original tree.
    change
        Takes the node with the edits inside it already made, returns what stands in its place.
    changes
        What the reviewer is told: one record per reason, rule filled in by the engine.
    line
        The statement line the node is in, where the node is part of one; None where it is a
        statement itself.
    """

    owner: Statement | None
    node: cst.CSTNode
    change: Callable[[Any], Changed]
    changes: tuple[Change, ...]
    line: cst.CSTNode | None = None


@dataclass(frozen=True, slots=True)
class Arity:
    """How many places a rule has to find; anything else means an unknown shape."""

    at_least: int = 0
    at_most: int | None = None

    def allows(self, count: int) -> bool:
        """Tell whether this many places are as declared."""
        return count >= self.at_least and (self.at_most is None or count <= self.at_most)

    def __str__(self) -> str:
        """Say the arity in words."""
        if self.at_least == self.at_most:
            return f"exactly {self.at_least}"
        if self.at_most is None:
            return f"at least {self.at_least}"
        return f"{self.at_least} to {self.at_most}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of change.

    Attributes
    ----------
    name
        Its id, ``load-local-data``.
    what
        What it looks for, in words for a refusal.
    arity
        How many edits it makes in a script it fits.
    plan
        Yields the edits for a script, or raises ScriptNotUnderstoodError.
    why
        One sentence: what it is good for, for the person who decides about it.
    fix
        Name by which the user asks for it; None for a rule that is on by default.
    runtimes
        The runtimes it is for.
    needs
        Ids of the rules whose result it builds on.
    required
        True for a rule that can't be left out.
    without
        What the user should know when it is left out; None where the lines that stay say it.
    """

    name: str
    what: str
    arity: Arity
    plan: Callable[[Script], Iterable[Edit]]
    why: str
    fix: str | None = None
    runtimes: tuple[Runtime, ...] = RUNTIMES
    needs: tuple[str, ...] = ()
    required: bool = False
    without: str | None = None

    def is_wanted(self, options: Options) -> bool:
        """Tell whether the user's options ask for this rule."""
        if options.runtime not in self.runtimes or self.name in options.skip:
            return False
        if self.fix is not None:
            return self.fix in options.fixes
        return self.required or options.rules is None or self.name in options.rules


def plan(script: Script, rules: Sequence[Rule]) -> list[Edit]:
    """Collect the edits of all rules on the original tree.

    Raises
    ------
    ScriptNotUnderstoodError
        When a rule finds more or fewer places than it declares, or two rules meet on one node.
    """
    edits: list[Edit] = []
    owners: dict[int, str] = {}
    for rule in rules:
        found = [_signed(edit, rule) for edit in rule.plan(script)]
        if not rule.arity.allows(len(found)):
            lines = ", ".join(str(e.changes[0].first_line) for e in found) or "none"
            raise refusal(
                script.name,
                None,
                f"rule {rule.name} expects {rule.arity} {rule.what}, found {len(found)} "
                f"(lines: {lines}). This is a shape of script the tool doesn't know.",
            )
        for edit in found:
            refuse_shared_line(script, edit.node)
            other = owners.get(id(edit.node))
            if other is not None:
                raise refusal(
                    script.name,
                    edit.changes[0].first_line,
                    f"rules {other} and {rule.name} both change this statement. "
                    "This is a shape of script the tool doesn't know.",
                )
            owners[id(edit.node)] = rule.name
            edits.append(edit)
    return edits


def refuse_shared_line(script: Script, node: cst.CSTNode) -> None:
    """Refuse to change a line that holds several statements: the others would change with it."""
    if isinstance(node, cst.SimpleStatementLine) and len(node.body) > 1:
        inner = (s for statement in script.source.statements for s in statement.walk())
        raise refusal(
            script.name,
            next((s.line for s in inner if s.node is node), None),
            "several statements stand on this line. Put each on a line of its own.",
        )


def _signed(edit: Edit, rule: Rule) -> Edit:
    return replace(edit, changes=tuple(replace(c, rule=rule.name) for c in edit.changes))


def apply(script: Script, edits: Sequence[Edit]) -> cst.Module:
    """Make the edits, each exactly once, and return the new tree."""
    tree = script.source.tree
    pending = {id(edit.node): edit.change for edit in edits}
    apply_ = _Apply(pending, {id(edit.line) for edit in edits if edit.line is not None})
    touched = {id(edit.owner.node) for edit in edits if edit.owner is not None}
    # An edit of a part that belongs to no statement line is in the head of its function.
    heads = {
        id(edit.owner.node)
        for edit in edits
        if edit.owner is not None and edit.line is None and not isinstance(edit.node, _STATEMENTS)
    }
    body: list[Any] = []
    for node in tree.body:
        if id(node) in touched:
            body.extend(_visited(node, apply_) if id(node) in heads else _changed(node, apply_))
        else:
            body.append(node)
    whole = pending.pop(id(tree), None)
    if pending:
        raise AssertionError(f"{len(pending)} planned edits found no node")
    changed = tree.with_changes(body=body)
    return cst.ensure_type(whole(changed), cst.Module) if whole else changed


def _changed(node: Any, apply_: _Apply) -> Iterator[Any]:
    """Go from statement to statement; libcst's own visit looks at every blank and parameter."""
    if id(node) in apply_.lines:
        yield from _visited(node, apply_)
    elif isinstance(node, cst.SimpleStatementLine):
        yield from replacing(apply_.on_leave(node, node))
    elif isinstance(node, cst.FunctionDef) and isinstance(node.body, cst.IndentedBlock):
        inside = [new for statement in node.body.body for new in _changed(statement, apply_)]
        block = node.body.with_changes(body=inside)
        yield from replacing(apply_.on_leave(node, node.with_changes(body=block)))
    else:
        yield from _visited(node, apply_)


def _visited(node: cst.CSTNode, apply_: _Apply) -> Iterator[Any]:
    yield from replacing(rebuilt(node, apply_.on_leave, apply_.enters))


class _Apply:
    """Changes the pending nodes; goes into a statement line only where an edit is inside it."""

    def __init__(self, pending: dict[int, Callable[[Any], Changed]], lines: set[int]) -> None:
        self.pending = pending
        self.lines = lines

    def enters(self, node: cst.CSTNode) -> bool:
        return not isinstance(node, cst.SimpleStatementLine) or id(node) in self.lines

    def on_leave(self, original_node: Any, updated_node: Any) -> Any:
        change = self.pending.pop(id(original_node), None)
        return updated_node if change is None else change(updated_node)
