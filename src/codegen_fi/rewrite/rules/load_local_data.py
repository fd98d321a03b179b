"""Read the rows from a file.

The generated loader asks the workspace of the running job for a registered dataset or an MLTable;
outside a job ``Run.get_context()`` has no workspace to ask.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from codegen_fi.model.script import TrainingScript
from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.script import FunctionSite, Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.edits import remove, replace
from codegen_fi.rewrite.engine import Arity, Edit, Rule
from codegen_fi.rewrite.stand_ins import TABLES, is_official

_WHY = (
    "The registered dataset can't be reached outside its workspace: the rows come from a file, "
    "checked for the columns this model reads."
)
_DATE_TRANSFORMER = "DateTimeFeaturesTransformer"
_WIDTH = 88


def plan(script: Script) -> Iterator[Edit]:
    """Replace what a loader does between its log line and its end."""
    for name in dialects.ROLES:
        site = script.functions.get(name)
        if site is not None and _asks_azure(site):
            yield from _loader(script, site)


def _asks_azure(site: FunctionSite) -> bool:
    """Tell a generated loader from one that a user has already made local."""
    return any(is_official(module) for module, _ in site.imports.values())


def _loader(script: Script, site: FunctionSite) -> Iterator[Edit]:
    body = [s for s in site.body if not _stays(s)]
    first, last = body[0], body[-1]
    if not (isinstance(last.syntax, ast.Return) and site.parameters) or first is last:
        raise refusal(
            script.name,
            site.statement.line,
            f"{site.name}() should take the dataset's id or uri and end by returning its rows. "
            "This is a shape of script the tool doesn't know.",
        )
    yield replace(script, site.statement, first, [f"from {TABLES} import load_table"], _WHY)
    for statement in body[1:-1]:
        yield remove(site.statement, statement, _WHY)
    text = load_call(site.parameters[0], script.model)
    yield replace(script, site.statement, last, [text], _WHY)


def _stays(statement: Statement) -> bool:
    """Keep the docstring and the line that logs the function's name."""
    syntax = statement.syntax
    if not isinstance(syntax, ast.Expr):
        return False
    if isinstance(syntax.value, ast.Constant):
        return True
    return isinstance(syntax.value, ast.Call) and ast.unparse(syntax.value.func).startswith(
        "logger."
    )


def load_call(parameter: str, model: TrainingScript) -> str:
    """Return the statement that loads the rows, with the columns the script reads."""
    arguments = [parameter, f"label={model.label!r}"]
    if model.weight_column is not None:
        arguments.append(f"weights={model.weight_column!r}")
    columns = model.pipeline.columns()
    if columns:
        arguments.append(f"columns={_listed(columns)}")
    dates = model.pipeline.columns_through(_DATE_TRANSFORMER)
    if dates:
        arguments.append(f"dates={_listed(dates)}")
    return "return load_table(\n" + "".join(f"    {a},\n" for a in arguments) + ")"


def _listed(names: tuple[str, ...]) -> str:
    one_line = "[" + ", ".join(map(repr, names)) + "]"
    if len(one_line) <= _WIDTH:
        return one_line
    lines = [""]
    for name in names:
        item = f"{name!r}, "
        if lines[-1] and len(lines[-1]) + len(item) > _WIDTH:
            lines.append("")
        lines[-1] += item
    return "[\n" + "".join(f"        {line.rstrip()}\n" for line in lines) + "    ]"


RULE = Rule(
    "load-local-data",
    "statements of the loaders",
    Arity(),
    plan,
    why="A dataset registered in a workspace cannot be read outside of it; a file can.",
)
