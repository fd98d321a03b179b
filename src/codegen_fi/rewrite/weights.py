"""Where a script's sample weights go, and where they should."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from codegen_fi.model.pipeline import Component
from codegen_fi.parse import dialects
from codegen_fi.parse.flow import arguments_of, training_of
from codegen_fi.parse.literals import called
from codegen_fi.parse.script import Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.all_rows import explained_rows
from codegen_fi.rewrite.dataflow import used

FIX: Final = "sample-weights"
_KEYWORD: Final = "sample_weight"
_PARAMETER: Final = "sample_weights"

# The estimators whose fit takes weights; tried one by one in the tests.
WEIGHED: Final = frozenset(
    [
        "AdaBoostClassifier",
        "AdaBoostRegressor",
        "BernoulliNB",
        "DecisionTreeClassifier",
        "DecisionTreeRegressor",
        "ElasticNet",
        "ElasticNetCV",
        "ExtraTreesClassifier",
        "ExtraTreesRegressor",
        "GradientBoostingClassifier",
        "GradientBoostingRegressor",
        "LGBMClassifier",
        "LGBMRegressor",
        "Lasso",
        "LinearRegression",
        "LinearSVC",
        "LogisticRegression",
        "LogisticRegressionCV",
        "MultinomialLogisticRegression",
        "MultinomialNB",
        "NuSVC",
        "RandomForestClassifier",
        "RandomForestRegressor",
        "Ridge",
        "SGDClassifier",
        "SGDRegressor",
        "SVC",
        "XGBClassifier",
        "XGBRegressor",
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A call, with the line it is on."""

    statement: Statement
    call: ast.Call


@dataclass(frozen=True, slots=True, eq=False)
class Scoring:
    """A call that computes metrics, and the weights it is given.

    ``held_out`` is the text of the weights of the rows it scores on, None where nothing tells it.
    """

    place: Place
    weights: ast.expr
    held_out: str | None


def fits_of(script: Script) -> tuple[Place, ...]:
    """Return the calls in ``train_model`` that fit its rows without weights."""
    site = script.functions.get(dialects.TRAIN)
    if site is None:
        return ()
    rows = list(site.parameters[:2])
    return tuple(
        place
        for place in _calls(site.walk())
        if isinstance(place.call.func, ast.Attribute)
        and place.call.func.attr == "fit"
        and [ast.unparse(value) for value in place.call.args] == rows
        and not any((k.arg or _KEYWORD).endswith(_KEYWORD) for k in place.call.keywords)
    )


def parameter_of(script: Script) -> str | None:
    """Return the parameter of ``train_model`` that takes the weights."""
    site = script.functions.get(dialects.TRAIN)
    return next((p for p in site.parameters if p == _PARAMETER), None) if site else None


def path_of(script: Script) -> str:
    """Return the argument of the pipeline's fit that hands weights to its estimator."""
    pipeline = script.model.pipeline
    steps = [pipeline.step_names[-1]]
    component = pipeline.learner.algorithm if pipeline.learner is not None else None
    while component is not None and component.steps:
        name, component = component.steps[-1]
        steps.append(name)
    return "__".join([*steps, _KEYWORD])


def unweighable(script: Script) -> tuple[Component, ...]:
    """Return the estimators of the script that take no weights."""
    pipeline = script.model.pipeline
    estimators = [[*learner.algorithm.leaves()][-1] for learner in pipeline.learners()]
    if pipeline.ensemble is not None and pipeline.ensemble.meta_learner is not None:
        estimators.append(pipeline.ensemble.meta_learner)
    return tuple(e for e in estimators if e.name not in WEIGHED or _is_ovr(e))


def _is_ovr(estimator: Component) -> bool:
    # It becomes a wrapper whose fit takes no weights.
    return estimator.arguments.get("multi_class") == "ovr"


def misscored(script: Script) -> tuple[Scoring, ...]:
    """Return the calls that give the metrics other weights than those of the rows they score."""
    metrics = script.functions.get(dialects.METRICS)
    main = script.functions.get(dialects.MAIN)
    if metrics is None or main is None or _PARAMETER not in used(metrics.syntax):
        return ()
    held_out = {names[:2]: names[2] for names in _triples(main.walk())}
    found = []
    for place in _calls(main.walk()):
        given = arguments_of(script.source, place.call, dialects.METRICS)
        if called(place.call) != dialects.METRICS or not {_PARAMETER, "X_test", "y_test"} <= {
            *given
        }:
            continue
        name = held_out.get((ast.unparse(given["X_test"]), ast.unparse(given["y_test"])))
        if ast.unparse(given[_PARAMETER]) != name:
            found.append(Scoring(place, given[_PARAMETER], name))
    return tuple(found)


def weights_of_scored(script: Script) -> str | None:
    """Return the text of the weights of the rows that importances are scored on.

    Those that ``main`` assigns together with the rows and their target, or that the model is
    trained with on these rows; None for a script without, and where nothing tells them.
    """
    if script.model.weight_column is None:
        return None
    rows, target = explained_rows(script)[-2:]
    main = script.functions.get(dialects.MAIN)
    found = {names[:2]: names[2] for names in (_triples(main.walk()) if main is not None else ())}
    beside = found.get((rows, target), "")
    if beside.isidentifier():
        return beside
    training = training_of(script.source)
    call = training.statement.syntax.value  # type: ignore[attr-defined]
    passed = arguments_of(script.source, call, dialects.TRAIN).get(_PARAMETER)
    if passed is None or (rows, target) != (training.features, training.target):
        return None
    return None if ast.unparse(passed) == "None" else ast.unparse(passed)


def _calls(statements: Iterator[Statement]) -> Iterator[Place]:
    for statement in statements:
        if not statement.inner:
            for node in ast.walk(statement.syntax):
                if isinstance(node, ast.Call):
                    yield Place(statement, node)


def _triples(statements: Iterator[Statement]) -> Iterator[tuple[str, str, str]]:
    """Yield every three names in a row that are assigned together: rows, target, weights."""
    for statement in statements:
        targets: list[ast.expr] = []
        if isinstance(statement.syntax, ast.Assign):
            targets = statement.syntax.targets
        elif isinstance(statement.syntax, ast.For):
            targets = [statement.syntax.target]
        for target in targets:
            for node in ast.walk(target):
                if isinstance(node, ast.Tuple):
                    names = [ast.unparse(part) for part in node.elts]
                    yield from zip(names, names[1:], names[2:], strict=False)
