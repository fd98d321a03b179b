"""Compute, save and plot the importances of the raw columns.

They come last, behind the metrics: the model is saved and scored by then, so that an explanation
that fails or is interrupted loses nothing.  The rows are those of the final training call and
those the script computes its metrics on, with the sample weights that go with them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

import libcst as cst

from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.flow import training_of
from codegen_fi.parse.literals import called
from codegen_fi.parse.script import Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.all_rows import explained_rows
from codegen_fi.rewrite.edits import append, insert_before
from codegen_fi.rewrite.engine import Arity, Edit, Rule
from codegen_fi.rewrite.rules.save_model_locally import run_name
from codegen_fi.rewrite.saving import saving_lines
from codegen_fi.rewrite.weights import weights_of_scored

_WHY = "Importances of the raw columns, saved as a table and as plots."
_WEIGHED = " Rows count as much as their sample weights say."
_UNWEIGHED = (
    "Importances count all rows alike: nothing in {main}() tells the sample weights of {rows}. "
    "Assign them beside the rows and the target: {rows}, {target}, weights = ..."
)


def plan(script: Script) -> Iterator[Edit]:
    """Insert one call, before the upload or return that ends ``main``, or as its last line."""
    training = training_of(script.source)
    main = script.functions[dialects.MAIN]
    rows = explained_rows(script)
    weights = weights_of_scored(script)
    given = [training.model, *rows, *([f"sample_weight={weights}"] if weights else [])]
    text = f"{run_name(script)}.explain({', '.join(given)})"
    why = _WHY + (_WEIGHED if weights else "")
    gone = {line for _, line in saving_lines(script)}
    block, statements = _block(main.statement, main.body, training.statement)
    behind = _behind(statements, training.statement)
    tail = list(takewhile(_ends, reversed([s for s in behind if s not in gone])))
    early = next((s for s in behind if _returns(s) and s not in tail), None)
    if early is not None:
        raise refusal(
            script.name,
            early.line,
            f"{dialects.MAIN}() may return here before its end, where the importances belong. "
            "Take this return out, or put it last.",
        )
    if tail:
        edit = insert_before(script, main.statement, tail[-1], [text], why)
    else:
        edit = append(script, main.statement, block, statements[-1], text, why)
    if script.model.weight_column is not None and weights is None:
        told = _UNWEIGHED.format(main=dialects.MAIN, rows=rows[-2], target=rows[-1])
        edit = replace(edit, changes=tuple(replace(c, behaviour=told) for c in edit.changes))
    yield edit


def _block(
    owner: Statement, statements: Sequence[Statement], training: Statement
) -> tuple[cst.BaseSuite, Sequence[Statement]]:
    """Return the outermost block that is run to its end once the model is trained."""
    top = next(s for s in statements if training in s.walk())
    if top is training or not _returns(top):
        return owner.node.body, statements  # type: ignore[return-value]
    first = {id(s) for s in getattr(top.syntax, "body", ())}
    return _block(top, [s for s in top.inner if id(s.syntax) in first], training)


def _behind(statements: Sequence[Statement], training: Statement) -> list[Statement]:
    """Return the statements of a block behind the one that holds the training."""
    place = next(i for i, s in enumerate(statements) if training in s.walk())
    return list(statements[place + 1 :])


def _ends(statement: Statement) -> bool:
    syntax = statement.syntax
    if isinstance(syntax, ast.Expr):
        return (called(syntax.value) or "").endswith(".upload_folder")
    return _returns(statement)


def _returns(statement: Statement) -> bool:
    return any(isinstance(s.syntax, ast.Return) for s in statement.walk())


RULE = Rule(
    "explain-after-training",
    "place behind the training",
    Arity(1, 1),
    plan,
    why="A trained model should say which raw columns drive it, without another command.",
    needs=("local-run",),
    without="Neither metrics.json nor importances are written.",
)
