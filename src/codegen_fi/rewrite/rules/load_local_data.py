"""Read the rows from a file.

The generated loader asks the workspace of the running job for a registered dataset or an MLTable;
outside a job ``Run.get_context()`` has no workspace to ask.
"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codegen_fi.model.script import TrainingScript
from codegen_fi.parse import dialects
from codegen_fi.parse.script import Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.calls import pairs
from codegen_fi.rewrite.edits import insert_before, note, parsed_expression, remove, replace
from codegen_fi.rewrite.engine import Arity, Edit, Rule, refuse_shared_line
from codegen_fi.rewrite.loaders import Loader, loader_of
from codegen_fi.rewrite.parameters import add_parameter
from codegen_fi.rewrite.stand_ins import TABLES

_WHY = (
    "The registered dataset can't be reached outside its workspace: the rows come from a file, "
    "checked for the columns this model reads."
)
_UNUSED = "Nothing here asks Azure any more."
_PARAMETER = "The function held the id of its dataset: the file to read has to be told."
_DATE_TRANSFORMER = "DateTimeFeaturesTransformer"
_WIDTH = 88


def plan(script: Script) -> Iterator[Edit]:
    """Replace what asks Azure; what is done with the rows stays."""
    for name in dialects.ROLES:
        loader = loader_of(script, name)
        if loader is not None and loader.frame is not None:
            yield from _loaded(script, loader, loader.frame)
        elif loader is not None:
            for statement in loader.dropped:
                yield remove(loader.site.statement, statement, _UNUSED)


def _loaded(script: Script, loader: Loader, frame: Statement) -> Iterator[Edit]:
    owner = loader.site.statement
    imports = [f"from {TABLES} import load_table"]
    if loader.dropped:
        yield replace(script, owner, loader.dropped[0], imports, _WHY)
    else:
        yield insert_before(script, owner, frame, imports, _WHY)
    for statement in loader.dropped[1:]:
        yield remove(owner, statement, _WHY)
    parameter = loader.parameter
    if parameter is None:
        parameter = f"{dialects.ROLES[loader.site.name]}_data"
        yield add_parameter(script, loader.site, parameter, why=_PARAMETER)
    yield _call(script, loader, frame, load_call(parameter, script.model))


def _call(script: Script, loader: Loader, frame: Statement, text: str) -> Edit:
    refuse_shared_line(script, frame.node)
    node: cst.CSTNode = next(node for node, syntax in pairs(frame) if syntax is loader.call)
    record = note(_WHY, loader.site.name, frame.line, frame.last_line)
    new = parsed_expression(script, text)
    return Edit(loader.site.statement, node, lambda _: new, (record,), frame.node)


def load_call(parameter: str, model: TrainingScript) -> str:
    """Return the call that loads the rows, with the columns the script reads."""
    arguments = [parameter, f"label={model.label!r}"]
    if model.weight_column is not None:
        arguments.append(f"weights={model.weight_column!r}")
    columns = model.pipeline.columns()
    if columns:
        arguments.append(f"columns={_listed(columns)}")
    series = model.pipeline.time_series
    dates = (series.time_column,) if series else model.pipeline.columns_through(_DATE_TRANSFORMER)
    if dates:
        arguments.append(f"dates={_listed(dates)}")
    return "load_table(\n" + "".join(f"    {a},\n" for a in arguments) + ")"


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
