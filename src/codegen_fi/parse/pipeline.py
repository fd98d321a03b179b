"""The steps behind the featurizer: preprocessors, estimators, ensembles, target transformer."""

from __future__ import annotations

import ast

from codegen_fi.model.pipeline import Component, Learner, Pipeline
from codegen_fi.parse import dialects
from codegen_fi.parse.components import assignments, component_of, config_of, required, returned
from codegen_fi.parse.ensemble import ensemble_of
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.literals import called, keywords, named
from codegen_fi.parse.mappers import mappers_of
from codegen_fi.parse.script import FunctionSite, Source


def pipeline_of(source: Source) -> Pipeline:
    """Read ``build_model_pipeline`` and all it calls.

    Raises
    ------
    ScriptNotUnderstoodError
        When the functions don't have the generated form, or the pipeline is a forecaster's.
    """
    site = required(source, dialects.BUILD_PIPELINE)
    steps = _steps(source, site)
    if dialects.TIME_SERIES_STEP in steps:
        raise refusal(
            source.name,
            site.statement.line,
            "this script trains a forecaster; this version reads classification and regression.",
        )
    featurized = dialects.FEATURIZER in steps.values()
    algorithm = config_of(source, dialects.ALGORITHM)
    ensemble = ensemble_of(source, algorithm)
    return Pipeline(
        step_names=tuple(steps),
        featurized=featurized,
        mappers=mappers_of(source) if featurized else (),
        learner=None if ensemble else Learner(_preprocessor(source, steps), algorithm),
        ensemble=ensemble,
        y_transformer=_y_transformer(source, site),
    )


def _steps(source: Source, site: FunctionSite) -> dict[str, str]:
    """Return step name -> name of the function that builds it."""
    for value in assignments(site).values():
        steps = keywords(value).get("steps") if isinstance(value, ast.Call) else None
        if isinstance(steps, ast.List):
            pairs = [pair for item in steps.elts if (pair := named(item))]
            return {name: called(call) or ast.unparse(call) for name, call in pairs}
    raise refusal(
        source.name,
        site.statement.line,
        f"{site.name}() should build Pipeline(steps=[...]). "
        "Restore the generated form of this function.",
    )


def _preprocessor(source: Source, steps: dict[str, str]) -> Component | None:
    if dialects.PREPROCESSOR not in steps.values():
        return None
    return config_of(source, dialects.PREPROCESSOR)


def _y_transformer(source: Source, build: FunctionSite) -> Component | None:
    result = returned(build)
    if result is None or called(result) != dialects.Y_TRANSFORMER:
        return None
    site = required(source, dialects.Y_TRANSFORMER)
    for value in assignments(site).values():
        if isinstance(value, ast.Call):
            return component_of(source, site, value)
    return None
