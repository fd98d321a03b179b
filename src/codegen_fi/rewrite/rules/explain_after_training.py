"""Compute, save and plot the importances of the raw columns.

They come last, behind the metrics: the model is saved and scored by then, so that an explanation
that fails or is interrupted loses nothing.  The rows are those of the final training call and
those the script computes its metrics on.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from codegen_fi.parse import dialects
from codegen_fi.parse.flow import training_of
from codegen_fi.parse.literals import called
from codegen_fi.parse.script import Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.edits import insert_after, insert_before
from codegen_fi.rewrite.engine import Arity, Edit, Rule
from codegen_fi.rewrite.rules.save_model_locally import run_name

_WHY = "Importances of the raw columns, saved as a table and as plots."


def plan(script: Script) -> Iterator[Edit]:
    """Insert one call, before the upload or return that ends ``main``, or as its last line."""
    training = training_of(script.source)
    main = script.functions[dialects.MAIN]
    rows = [training.features, training.target, *(training.validation or ())]
    text = f"{run_name(script)}.explain({', '.join([training.model, *rows])})"
    last = main.body[-1]
    insert = insert_before if _ends(last) else insert_after
    yield insert(script, main.statement, last, [text], _WHY)


def _ends(statement: Statement) -> bool:
    syntax = statement.syntax
    if isinstance(syntax, ast.Return):
        return True
    return isinstance(syntax, ast.Expr) and (called(syntax.value) or "").endswith(".upload_folder")


RULE = Rule(
    "explain-after-training",
    "place behind the training",
    Arity(1, 1),
    plan,
    why="A trained model should say which raw columns drive it, without another command.",
    needs=("local-run",),
    without="Neither metrics.json nor importances are written.",
)
