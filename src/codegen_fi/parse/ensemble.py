"""Voting and stacking: the members, their weights, the meta-learner."""

from __future__ import annotations

import ast

from codegen_fi.model.pipeline import Component, Ensemble, Learner, Member
from codegen_fi.parse import dialects
from codegen_fi.parse.components import assigned_call, assignments, config_of, value_behind
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.literals import called, constant_of, items, keywords, named
from codegen_fi.parse.script import FunctionSite, Source


def ensemble_of(source: Source, algorithm: Component, function: str) -> Ensemble | None:
    """Return the ensemble that the final algorithm is, None for a single model.

    Parameters
    ----------
    source
        The script.
    algorithm
        What the last step is.
    function
        Name of the function that builds it.

    Raises
    ------
    ScriptNotUnderstoodError
        When members or weights don't have the generated form.
    """
    site = source.functions.get(function)
    if site is None:
        return None
    call = assigned_call(source, site)
    arguments = keywords(call)
    if algorithm.name in dialects.VOTING:
        members = _members(source, site, arguments.get("estimators"))
        weights = _weights(source, arguments.get("weights"), members)
        weighted = tuple(
            Member(name, learner, weight)
            for (name, learner), weight in zip(members, weights, strict=True)
        )
        return Ensemble("voting", _bare(algorithm), weighted)
    if algorithm.name in dialects.STACKING:
        members = _members(source, site, arguments.get("base_learners"))
        meta = config_of(source, dialects.META_LEARNER)
        return Ensemble(
            "stacking", _bare(algorithm), tuple(Member(n, lr) for n, lr in members), meta
        )
    return None


def _bare(component: Component) -> Component:
    """Leave out the arguments that are told by members, weights and meta-learner."""
    told = {"estimators", "base_learners", "meta_learner", "weights"}
    kept = {key: value for key, value in component.arguments.items() if key not in told}
    return Component(component.name, component.module, kept, component.line)


def _weights(
    source: Source, given: ast.expr | None, members: list[tuple[str, Learner]]
) -> list[float | None]:
    if given is None or (isinstance(given, ast.Constant) and given.value is None):
        return [None] * len(members)
    weights = [constant_of(value) for value in items(given)]
    numbers = [float(w) for w in weights if isinstance(w, int | float)]
    if len(numbers) != len(members):
        raise refusal(
            source.name,
            given.lineno,
            f"there are {len(members)} ensemble members but {len(numbers)} numeric weights.",
        )
    return list(numbers)


def _members(
    source: Source, site: FunctionSite, given: ast.expr | None
) -> list[tuple[str, Learner]]:
    names = assignments(site)
    found: list[tuple[str, Learner]] = []
    for item in items(value_behind(source, site, given)):
        pair = named(item)
        if pair is not None:
            name, pipeline = pair
            if isinstance(pipeline, ast.Name):
                pipeline = names.get(pipeline.id, pipeline)
            found.append((name, _learner(source, pipeline)))
    if not found:
        raise refusal(
            source.name, site.statement.line, f"{site.name}() builds an ensemble without members."
        )
    return found


def _learner(source: Source, pipeline: ast.expr) -> Learner:
    steps = keywords(pipeline).get("steps") if isinstance(pipeline, ast.Call) else None
    calls = [called(pair[1]) for item in items(steps) if (pair := named(item))]
    match [config_of(source, name) for name in calls if name]:
        case [algorithm]:
            return Learner(None, algorithm)
        case [preprocessor, algorithm]:
            return Learner(preprocessor, algorithm)
        case _:
            raise refusal(
                source.name,
                pipeline.lineno,
                "expected Pipeline(steps=[...]) with at most a preprocessor and a model, "
                f"found {ast.unparse(pipeline)[:80]}.",
            )
