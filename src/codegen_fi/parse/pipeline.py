"""The steps behind the featurizer: preprocessors, estimators, ensembles, target transformer."""

from __future__ import annotations

import ast

from codegen_fi.model.pipeline import Component, Learner, Pipeline
from codegen_fi.parse import dialects
from codegen_fi.parse.components import assignments, component_of, config_of, required, returned
from codegen_fi.parse.ensemble import ensemble_of
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.literals import called, items, keywords, named
from codegen_fi.parse.mappers import mappers_of
from codegen_fi.parse.script import FunctionSite, Source
from codegen_fi.parse.time_series import time_series_of


def pipeline_of(source: Source) -> Pipeline:
    """Read ``build_model_pipeline`` and all it calls.

    Raises
    ------
    ScriptNotUnderstoodError
        When the functions don't have the generated form.
    """
    site = required(source, dialects.BUILD_PIPELINE)
    steps = _steps(source, site)
    is_forecaster = dialects.TIME_SERIES_STEP in steps
    featurized = dialects.FEATURIZER in map(called, steps.values())
    last = [*steps.values()][-1]
    algorithm = _built(source, site, last)
    ensemble = ensemble_of(source, algorithm, called(last) or "")
    return Pipeline(
        step_names=tuple(steps),
        featurized=featurized,
        mappers=mappers_of(source) if featurized and not is_forecaster else (),
        learner=None if ensemble else Learner(_preprocessor(source, site, steps), algorithm),
        ensemble=ensemble,
        y_transformer=_y_transformer(source, site),
        time_series=time_series_of(source) if is_forecaster else None,
    )


def _steps(source: Source, site: FunctionSite) -> dict[str, ast.Call]:
    """Return step name -> the call that builds it."""
    for value in [*assignments(site).values(), returned(site)]:
        steps = _given_steps(value) if isinstance(value, ast.Call) else None
        pairs = [pair for item in items(steps) if (pair := named(item))]
        found = {name: call for name, call in pairs if isinstance(call, ast.Call)}
        if found:
            return found
    raise refusal(
        source.name,
        site.statement.line,
        f"{site.name}() should build Pipeline(steps=[...]). "
        "Restore the generated form of this function.",
    )


def _given_steps(call: ast.Call) -> ast.expr | None:
    if "steps" in keywords(call):
        return keywords(call)["steps"]
    return call.args[0] if called(call) == "Pipeline" and call.args else None


def _built(source: Source, site: FunctionSite, call: ast.Call) -> Component:
    """Read what a step calls: a config function, or a class right here."""
    name = called(call) or ""
    if name in source.functions or name.startswith(dialects.CONFIG):
        return config_of(source, name)
    return component_of(source, site, call)


def _preprocessor(
    source: Source, site: FunctionSite, steps: dict[str, ast.Call]
) -> Component | None:
    for name, call in [*steps.items()][:-1]:
        if called(call) == dialects.PREPROCESSOR or name == dialects.PREPROCESSOR_STEP:
            return _built(source, site, call)
    return None


def _y_transformer(source: Source, build: FunctionSite) -> Component | None:
    values = [*assignments(build).values(), returned(build)]
    if dialects.Y_TRANSFORMER not in [called(value) for value in values if value is not None]:
        return None
    site = required(source, dialects.Y_TRANSFORMER)
    for value in assignments(site).values():
        if isinstance(value, ast.Call):
            return component_of(source, site, value)
    return None
