"""The data a script reads: loaders, label, weight column, task, metrics."""

from __future__ import annotations

import ast

from codegen_fi.model.script import DatasetInput, Task
from codegen_fi.parse import dialects
from codegen_fi.parse.components import assignments
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.literals import called, constant_of, keywords
from codegen_fi.parse.script import Source


def datasets_of(source: Source) -> tuple[DatasetInput, ...]:
    """Read the loader functions and the default ids or uris of the command line."""
    defaults = _argument_defaults(source)
    found: list[DatasetInput] = []
    for function, role in dialects.ROLES.items():
        site = source.functions.get(function)
        if site is None:
            continue
        parameter = site.parameters[0] if site.parameters else ""
        kind = "uri" if parameter.endswith("uri") else "id"
        value = defaults.get(f"--{role}_dataset_{kind}")
        found.append(
            DatasetInput(role, "uri" if kind == "uri" else "id", value, site.statement.line)
        )
    if not found or found[0].role != "training":
        raise refusal(
            source.name,
            None,
            "there is no function get_training_dataset(). "
            "Is this the script.py of an Azure AutoML run?",
        )
    return tuple(found)


def _argument_defaults(source: Source) -> dict[str, str]:
    found: dict[str, str] = {}
    for statement in source.statements:
        for inner in statement.walk():
            call = inner.syntax.value if isinstance(inner.syntax, ast.Expr) else None
            name = called(call) if call is not None else None
            if name and name.endswith(".add_argument") and isinstance(call, ast.Call) and call.args:
                option, default = constant_of(call.args[0]), keywords(call).get("default")
                value = constant_of(default) if default is not None else None
                if isinstance(option, str) and isinstance(value, str):
                    found[option] = value
    return found


def label_of(source: Source) -> str:
    """Return the name of the label column."""
    site = source.functions.get(dialects.PREPARE_DATA)
    value = assignments(site).get(dialects.LABEL_VARIABLE) if site else None
    label = constant_of(value) if value is not None else None
    if not isinstance(label, str):
        raise refusal(
            source.name,
            site.statement.line if site else None,
            f"{dialects.PREPARE_DATA}() should hold {dialects.LABEL_VARIABLE} = '...'.",
        )
    return label


def weight_column_of(source: Source) -> str | None:
    """Return the name of the sample weight column, None without one."""
    values = assignments(source.functions[dialects.PREPARE_DATA])
    for variable in dialects.WEIGHT_VARIABLES:
        name = constant_of(values[variable]) if variable in values else None
        if isinstance(name, str):
            return name
    return None


def task_of(source: Source) -> Task:
    """Tell classification from regression by the scoring function the metrics come from."""
    site = source.functions.get(dialects.METRICS)
    if site is not None:
        for module, name in site.imports.values():
            if name in dialects.SCORERS:
                return dialects.SCORERS[name]
            if "forecasting" in name or "forecasting" in module:
                raise refusal(
                    source.name,
                    site.statement.line,
                    "this script trains a forecaster; "
                    "this version reads classification and regression.",
                )
    raise refusal(
        source.name,
        site.statement.line if site else None,
        "nothing tells whether this is a classification or a regression: "
        f"{dialects.METRICS}() doesn't use {' or '.join(dialects.SCORERS)}. "
        "Is this the script.py of such an Azure AutoML run?",
    )


def metrics_of(source: Source) -> tuple[str, ...]:
    """Return the names of the metrics the script computes, in its order."""
    site = source.functions.get(dialects.METRIC_NAMES)
    for value in assignments(site).values() if site else ():
        if isinstance(value, ast.List):
            names = [constant_of(item) for item in value.elts]
            return tuple(name for name in names if isinstance(name, str))
    return ()
