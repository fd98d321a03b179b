"""Voting and stacking: the members' shares, weighted as the ensemble weights their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..anatomy import is_pipeline, steps_of
from ..compat import pairs
from ..rows import shares
from .reading import Member, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .reading import Inputs


def voting(model: Any, inputs: Inputs | None, read: Any) -> Reading:
    """Weight the members' shares by the ensemble's weights, equal when it has none."""
    names, weights, fitted = voters(model)
    readings = [read(member, inputs) for member in fitted]
    return _combined(_members(names, fitted, weights, readings))


def voters(model: Any) -> tuple[list[str], list[float], list[Any]]:
    """List names, weights and fitted models of an ensemble's members.

    The regressor of Azure AutoML keeps them in `_wrappedEnsemble`, `EnsembleWrapper` in `models`.
    """
    if hasattr(model, "models"):
        fitted = list(getattr(model, "models_", model.models))
        weights = [1.0] * len(fitted) if model.weights is None else list(model.weights)
        return [f"model_{i}" for i in range(len(fitted))], weights, fitted
    ensemble = getattr(model, "_wrappedEnsemble", model)
    names, weights = _kept(ensemble)
    fitted = list(ensemble.estimators_)
    if len(names) != len(fitted):
        names = [f"model_{i}" for i in range(len(fitted))]
    return names, weights, fitted


def labelled(names: Sequence[str], fitted: Sequence[Any]) -> list[str]:
    """Name members by what the ensemble calls them and by their class."""
    return [f"{name} ({_class_of(model)})" for name, model in pairs(names, fitted)]


def averaged(model: Any, inputs: Inputs | None, read: Any) -> Reading:
    """Weight the models' shares by the ensemble's weights, or by what its last model says of them.

    The last model sees the second class of every model, then the third of every model and so on.
    """
    names, weights, fitted = voters(model)
    readings = [read(one, inputs) for one in fitted]
    if model.clf is not None:
        said: Reading = read(model.clf, None)
        if said.values is None:
            unknown = _members(names, fitted, [float("nan")] * len(fitted), readings)
            return Reading(None, f"meta-learner: {said.note}", members=unknown)
        weights = shares(said.values).reshape(-1, len(fitted)).sum(axis=0).tolist()
    return _combined(_members(names, fitted, weights, readings))


def stacking(model: Any, inputs: Inputs | None, read: Any) -> Reading:
    """Weight the learners' shares by what the meta-learner says of their answers.

    The meta-learner sees one column per learner for regression and, learner by learner, one per
    class but the first for classification (seen with azureml-training-tabular 1.62). The columns
    are of one unit, so that linear coefficients are taken as they are.
    """
    return _stacked(model._base_learners, model._meta_learner, inputs, read)


def sklearn_stacking(model: Any, inputs: Inputs | None, read: Any) -> Reading:
    """Do the same for scikit-learn's own stacking."""
    if model.passthrough:
        return Reading(None, "a stack whose meta-learner also sees the columns is not supported")
    names = [name for name, learner in model.estimators if learner != "drop"]
    return _stacked(list(pairs(names, model.estimators_)), model.final_estimator_, inputs, read)


def _stacked(learners: Any, meta: Any, inputs: Inputs | None, read: Any) -> Reading:
    names = [name for name, _ in learners]
    fitted = [learner for _, learner in learners]
    readings = [read(learner, inputs) for learner in fitted]
    of_meta: Reading = read(meta, None)
    if of_meta.values is None:
        unknown = [float("nan")] * len(fitted)
        members = _members(names, fitted, unknown, readings)
        return Reading(None, f"meta-learner: {of_meta.note}", members=members)
    if len(of_meta.values) % len(fitted):
        raise ValueError(
            f"the meta-learner sees {len(of_meta.values)} columns of {len(fitted)} learners"
        )
    weights = shares(of_meta.values).reshape(len(fitted), -1).sum(axis=1)
    return _combined(_members(names, fitted, weights.tolist(), readings))


def _kept(ensemble: Any) -> tuple[list[str], list[float]]:
    """List names and weights of the members that were not dropped before fitting."""
    listed = ensemble.estimators
    given = [1.0] * len(listed) if ensemble.weights is None else list(ensemble.weights)
    kept = [
        (str(name), float(weight))
        for (name, member), weight in pairs(listed, given)
        if not (member is None or isinstance(member, str))
    ]
    return [name for name, _ in kept], [weight for _, weight in kept]


def _members(
    names: Sequence[str],
    fitted: Sequence[Any],
    weights: Sequence[float],
    readings: Sequence[Reading],
) -> tuple[Member, ...]:
    total = sum(weights) or 1.0
    return tuple(
        Member(label, weight / total, reading)
        for label, (weight, reading) in pairs(
            labelled(names, fitted), list(pairs(weights, readings))
        )
    )


def _class_of(model: Any) -> str:
    while is_pipeline(model):
        model = steps_of(model)[-1]
    return type(model).__name__


def _combined(members: tuple[Member, ...]) -> Reading:
    """Mix the members' shares; the weights of those with none go to the others in proportion."""
    weighty = [member for member in members if member.weight > 0]
    silent = [member for member in weighty if member.reading.values is None]
    covered = [
        (member.weight, member.reading.values)
        for member in weighty
        if member.reading.values is not None
    ]
    total = sum(weight for weight, _ in covered)
    if total == 0:
        return Reading(None, "no member with weight has native importances", members=members)
    mixed = np.sum([weight / total * shares(values) for weight, values in covered], axis=0)
    return Reading(np.asarray(mixed), _coverage(total, silent), members=members)


def _coverage(covered: float, silent: Sequence[Member]) -> str:
    note = "members' shares times their weights"
    if not silent:
        return note
    names = ", ".join(f"{member.label} with weight {member.weight:.3g}" for member in silent)
    return (
        f"{note}; covers {covered:.3g} of 1, the rest is {names} without native importances; "
        "the covered weights were scaled up to 1"
    )
