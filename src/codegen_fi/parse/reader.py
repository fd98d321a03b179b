"""From text to a script that is understood, or a sentence that says why not."""

from __future__ import annotations

import ast
import re

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.model.script import Function, TrainingScript
from codegen_fi.parse import dialects
from codegen_fi.parse.components import required
from codegen_fi.parse.data import datasets_of, label_of, metrics_of, task_of, weight_column_of
from codegen_fi.parse.errors_at import refusal, refusing_depth
from codegen_fi.parse.flow import validation_of
from codegen_fi.parse.imports import imported_names
from codegen_fi.parse.literals import constant_of
from codegen_fi.parse.pipeline import pipeline_of
from codegen_fi.parse.refusals import edited_since, refuse_other_source, refuse_other_text
from codegen_fi.parse.script import FunctionSite, Script, Source
from codegen_fi.parse.statements import Statement, statements
from codegen_fi.parse.text import (
    refuse_bare_returns,
    refuse_relative_imports,
    syntax_of,
    tree_of,
)


def parse_script(text: str, name: str = "script.py") -> Script:
    """Read a training script of the Azure AutoML generator.

    Nothing of the script is executed.

    Parameters
    ----------
    text
        The whole script.
    name
        File name for messages.

    Raises
    ------
    ScriptNotUnderstoodError
        When the text isn't Python, isn't a generated training script, or has a shape this
        version doesn't know; the message names the line.
    """
    with refusing_depth(name):
        return _script(read_source(text, name))


def _script(source: Source) -> Script:
    rewritten_by = _comment(source, dialects.REWRITTEN_COMMENT)
    try:
        return Script(source, _model(source), rewritten_by)
    except ScriptNotUnderstoodError as error:
        if rewritten_by is None:
            raise
        raise edited_since(error, rewritten_by) from None


def _model(source: Source) -> TrainingScript:
    refuse_other_source(source)
    refuse_relative_imports((statement.syntax for statement in source.statements), source.name)
    task = task_of(source)
    for function in (dialects.TRAIN, dialects.MAIN):
        required(source, function)
    return TrainingScript(
        generator_version=_comment(source, dialects.VERSION_COMMENT),
        automl_run_id=_run_id(source),
        task=task,
        label=label_of(source),
        weight_column=weight_column_of(source),
        datasets=datasets_of(source),
        pipeline=pipeline_of(source),
        validation=validation_of(source),
        metrics=metrics_of(source),
        functions=tuple(_function(site) for site in source.functions.values()),
    )


def read_source(text: str, name: str) -> Source:
    """Parse the text and list its functions and imports."""
    refuse_other_text(text, name)
    refuse_bare_returns(text, name)
    syntax = syntax_of(text, name)
    tree = tree_of(text, name)
    pairs = statements(tree.body, syntax.body)
    return Source(
        name, text, tree, pairs, _functions(source_name=name, pairs=pairs), imported_names(pairs)
    )


def _functions(source_name: str, pairs: tuple[Statement, ...]) -> dict[str, FunctionSite]:
    found: dict[str, FunctionSite] = {}
    for pair in pairs:
        if isinstance(pair.syntax, ast.FunctionDef):
            if pair.syntax.name in found:
                raise refusal(
                    source_name,
                    pair.line,
                    f"{pair.syntax.name}() is defined twice (first on line "
                    f"{found[pair.syntax.name].statement.line}). Keep one of them.",
                )
            inside = imported_names(s for inner in pair.inner for s in inner.walk())
            found[pair.syntax.name] = FunctionSite(pair.syntax.name, pair, inside)
    return found


def _function(site: FunctionSite) -> Function:
    return Function(site.name, site.statement.line, site.statement.last_line, site.parameters)


def _comment(source: Source, pattern: re.Pattern[str]) -> str | None:
    for line in source.tree.header:
        found = pattern.search(line.comment.value) if line.comment else None
        if found:
            return str(found[1])
    return None


def _run_id(source: Source) -> str | None:
    for statement in source.statements:
        syntax = statement.syntax
        if (
            isinstance(syntax, ast.Assign)
            and ast.unparse(syntax.targets[0]) == dialects.RUN_ID_VARIABLE
        ):
            value = constant_of(syntax.value)
            return value if isinstance(value, str) else None
    return None
