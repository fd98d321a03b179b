"""Save the fitted model to a file as soon as it is trained.

The generated tail logs the model with MLflow under an artifact path that the MLflow the SDK
resolves to refuses, with an environment only the SDK can describe.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.flow import Training, saved_by, saves_in, training_of
from codegen_fi.parse.imports import imported_names
from codegen_fi.parse.literals import called
from codegen_fi.parse.script import FunctionSite, Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.azure_lines import refuse_lost, remaining_names
from codegen_fi.rewrite.dataflow import bound, refitted, used
from codegen_fi.rewrite.edits import insert_after, remove
from codegen_fi.rewrite.engine import Arity, Edit, Rule
from codegen_fi.rewrite.saving import is_saving, saving_lines

_WHY = (
    "Saved to outputs/model.pkl right after training, so that nothing behind it can lose the model."
)
_DROPPED = "Replaced by the local save, which needs neither MLflow nor the outputs of a job."


def plan(script: Script) -> Iterator[Edit]:
    """Insert the save behind the final training, remove the ways of a job and their imports."""
    training = training_of(script.source)
    main = script.functions[dialects.MAIN]
    yield insert_after(
        script,
        main.statement,
        training.statement,
        [f"{run_name(script)}.save_model({training.model})"],
        _WHY,
    )
    _refuse_new_values(script, main, training)
    lines = saving_lines(script)
    _refuse_other_models(script, [line for _, line in lines], training)
    refuse_lost(script, main, [inner for _, line in lines for inner in line.walk()])
    for owner, line in lines:
        yield remove(owner, line, _DROPPED)
    for statement in script.source.statements:
        if is_saving(statement.syntax) and not (
            set(imported_names([statement])) & remaining_names(script)
        ):
            yield remove(statement, statement, _DROPPED)


def _refuse_new_values(script: Script, main: FunctionSite, training: Training) -> None:
    """Refuse another model or other rows behind the training, which a job would have saved."""
    rows = (ast.parse(text, mode="eval") for text in (training.features, training.target))
    names = {training.model, *(name for tree in rows for name in used(tree))}
    for statement in main.walk():
        changed = bound(statement.syntax) | (refitted(statement.syntax) & {training.model})
        again = sorted(names & changed) if not statement.inner else []
        if statement.line > training.statement.line and again:
            raise refusal(
                script.name,
                statement.line,
                f"{again[0]} is changed here, behind the training, so it isn't clear what to save "
                f"and explain. Do this in {dialects.TRAIN}(), from the rows it is given.",
            )


def _refuse_other_models(script: Script, lines: list[Statement], training: Training) -> None:
    """Refuse to take out a line that saves something else than the model of the training."""
    for line in lines:
        for call in saves_in(line.syntax):
            model = saved_by(call)
            if model is not None and model != training.model:
                raise refusal(
                    script.name,
                    line.line,
                    f"{model[:80]} is saved here, but the model of {dialects.TRAIN}() is "
                    f"{training.model}. Log that one, or write the other to a file of its own.",
                )


def run_name(script: Script) -> str:
    """Return the variable that holds the run in ``main``."""
    main: FunctionSite = script.functions[dialects.MAIN]
    for statement in main.walk():
        syntax = statement.syntax
        if isinstance(syntax, ast.Assign) and (called(syntax.value) or "").endswith(".get_context"):
            _refuse_late(script, statement)
            return ast.unparse(syntax.targets[0])
    raise refusal(
        script.name,
        main.statement.line,
        f"{dialects.MAIN}() should hold a line 'run = Run.get_context()'. "
        "This is a shape of script the tool doesn't know.",
    )


def _refuse_late(script: Script, run: Statement) -> None:
    """Refuse a run that isn't there yet when the model is trained and to be saved."""
    if run.line > training_of(script.source).statement.line:
        raise refusal(
            script.name,
            run.line,
            "the run is taken here, behind the training, so that the model couldn't be saved to it "
            "at once. Put this line before the training.",
        )


RULE = Rule(
    "save-model-locally",
    "final training of the model",
    Arity(at_least=1),
    plan,
    why="The generated save needs a workspace; the model should be safe as soon as it is trained.",
    needs=("local-run",),
    without="The model is logged with MLflow, and no model.pkl is written.",
)
