"""The data a script reads: loaders, label, weight column, task, metrics."""

from __future__ import annotations

import ast

from codegen_fi.model.script import DatasetInput, Task
from codegen_fi.parse import dialects
from codegen_fi.parse.components import assigned_call, assignments, returned, value_behind
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.literals import called, constant_of, keywords
from codegen_fi.parse.script import FunctionSite, Source


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
        value = defaults.get(f"--{role}_dataset_{kind}") if parameter else _id_inside(site)
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


def _id_inside(site: FunctionSite) -> str | None:
    """Return the id that the oldest loaders hold themselves."""
    for node in ast.walk(site.syntax):
        if isinstance(node, ast.Call) and (called(node) or "").endswith(dialects.BY_ID):
            given = keywords(node).get("id")
            value = constant_of(given) if given is not None else None
            return value if isinstance(value, str) else None
    return None


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
    value = value_behind(source, site, value) if site else None
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
    site = source.functions[dialects.PREPARE_DATA]
    values = assignments(site)
    for variable in dialects.WEIGHT_VARIABLES:
        value = value_behind(source, site, values.get(variable))
        name = constant_of(value) if value is not None else None
        if isinstance(name, str):
            return name
    return None


def task_of(source: Source) -> Task:
    """Tell the task by the scoring function the metrics come from.

    The oldest scripts compute no metrics: there the estimator tells.
    """
    site = source.functions.get(dialects.METRICS)
    if site is None and (task := _task_without_metrics(source)):
        return task
    if site is not None:
        names = [name for _, name in site.imports.values()]
        if dialects.FORECAST_SCORER in names:
            return "forecasting"  # It is scored as a regression as well.
        for name in names:
            if name in dialects.SCORERS:
                return dialects.SCORERS[name]
    raise refusal(
        source.name,
        site.statement.line if site else None,
        "nothing tells whether this is a classification or a regression: "
        f"{dialects.METRICS}() doesn't use {' or '.join(dialects.SCORERS)}. "
        "Is this the script.py of such an Azure AutoML run?",
    )


def _task_without_metrics(source: Source) -> Task | None:
    main, algorithm = source.functions.get(dialects.MAIN), source.functions.get(dialects.ALGORITHM)
    if main is None or algorithm is None:
        return None
    if any(isinstance(n, ast.Name) and n.id == dialects.METRICS for n in ast.walk(main.syntax)):
        return None
    name = (called(assigned_call(source, algorithm)) or "").rpartition(".")[2]
    if name.endswith("Classifier") or name in dialects.CLASSIFIERS:
        return "classification"
    if name.endswith("Regressor") or name in dialects.REGRESSORS:
        return "regression"
    return None


def metrics_of(source: Source) -> tuple[str, ...]:
    """Return the names of the metrics the script computes, in its order.

    A forecaster has two lists: what a regression is scored by, and what forecasts are.
    """
    site = source.functions.get(dialects.METRIC_NAMES)
    values = [*assignments(site).values(), returned(site)] if site else []
    lists = [value.elts for value in values if isinstance(value, ast.List)]
    is_pair = site is not None and isinstance(returned(site), ast.Tuple)
    names = [constant_of(item) for items in (lists if is_pair else lists[:1]) for item in items]
    return tuple(name for name in names if isinstance(name, str))
