"""Copy an ensemble or a wrapper with its estimators taken out.

What is left runs the library's own code for voting, stacking, calibrating and naming labels over
predictions that come from elsewhere.
"""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from .anatomy import is_pipeline
from .native.read import HELD_IN_MODEL
from .recognise import Table
from .responses import Answering

if TYPE_CHECKING:
    from collections.abc import Callable

    Fill = Callable[[Any, "tuple[Any, ...]"], Any]

_IDLE = (None, "passthrough")


def hollowed(model: Any, fill: Fill, before: tuple[Any, ...] = ()) -> Any:
    """Copy a fitted model down to its estimators, which `fill` replaces.

    Parameters
    ----------
    model : fitted estimator
    fill : callable(estimator, steps before it) -> stand-in
        The steps are the fitted transformers between the matrix and the estimator.
    before : tuple of transformers
        The steps met so far.

    Returns
    -------
    estimator
        Its transformers are gone: it hands what it is given on to the stand-ins as it is.
    """
    if is_pipeline(model):
        return _described(_pipeline(model, fill, before), model)
    open_up = _CLASSES.find(model)
    if open_up is None:
        return fill(model, before)
    return _described(open_up(model, fill, before), model)


def opened(model: Any) -> tuple[Any, list[tuple[Any, tuple[Any, ...]]]]:
    """Copy a fitted model with stand-ins that don't answer, and list what they stand for.

    Returns
    -------
    estimator, list of (estimator, transformers before it)
    """
    found: list[tuple[Any, tuple[Any, ...]]] = []

    def fill(estimator: Any, steps: tuple[Any, ...]) -> Any:
        found.append((estimator, steps))
        return Answering(estimator, _say_nothing)

    return hollowed(model, fill), found


def estimators_in(model: Any) -> list[Any]:
    """List the estimators that `hollowed` replaces; none where it can't."""
    try:
        return [estimator for estimator, _ in opened(model)[1]]
    except Exception:  # noqa: BLE001 - a shape of model that can't be taken apart
        return []


def _say_nothing(name: str, _X: Any, **_options: Any) -> Any:
    raise NotImplementedError(name)


class _Once:
    """Tells what a hollow estimator is, asking its parts once."""

    def __init__(self, bare: Any) -> None:
        self._bare = bare
        self._tags: Any = None

    def __call__(self) -> Any:
        if self._tags is None:
            self._tags = type(self._bare).__sklearn_tags__(self._bare)
        return self._tags


def _described(bare: Any, model: Any) -> Any:
    if hasattr(model, "__sklearn_tags__") and not isinstance(bare, Answering):
        with suppress(AttributeError):
            bare.__sklearn_tags__ = _Once(bare)
    return bare


def _pipeline(model: Any, fill: Fill, before: tuple[Any, ...]) -> Any:
    bare = copy.copy(model)
    inner = getattr(model, "pipeline", None)
    if inner is not None:
        bare.pipeline = hollowed(inner, fill, before)
        if isinstance(bare.pipeline, Answering):
            # It stands for all steps, and would tell those of the model itself.
            bare.steps = [(model.steps[-1][0], bare.pipeline)]
        elif "steps" in vars(model):
            bare.steps = bare.pipeline.steps
        return bare
    *steps, (name, last) = model.steps
    between = tuple(step for _, step in steps if step not in _IDLE)
    inner = hollowed(last, fill, (*before, *between))
    if isinstance(inner, Answering):
        return inner.instead_of(model)
    bare.steps = [(name, inner)]
    return bare


def _held(attribute: str) -> Callable[..., Any]:
    def open_up(model: Any, fill: Fill, before: tuple[Any, ...]) -> Any:
        bare = copy.copy(model)
        setattr(bare, attribute, hollowed(getattr(model, attribute), fill, before))
        return bare

    return open_up


def _voting(model: Any, fill: Fill, before: tuple[Any, ...]) -> Any:
    # The regressor of Azure AutoML keeps its fitted members in an ensemble of its own.
    if "_wrappedEnsemble" in vars(model):
        return _held("_wrappedEnsemble")(model, fill, before)
    bare = copy.copy(model)
    bare.estimators_ = [hollowed(member, fill, before) for member in model.estimators_]
    stand_ins = iter(bare.estimators_)
    bare.estimators = [
        (name, member if member is None or isinstance(member, str) else next(stand_ins))
        for name, member in model.estimators
    ]
    return bare


def _stack(model: Any, fill: Fill, before: tuple[Any, ...]) -> Any:
    name = "base_learners_" if "base_learners_" in vars(model) else "_base_learners"
    bare = copy.copy(model)
    learners = getattr(model, name)
    setattr(bare, name, [(label, hollowed(each, fill, before)) for label, each in learners])
    return bare


def _sklearn_stack(model: Any, fill: Fill, before: tuple[Any, ...]) -> Any:
    return fill(model, before) if model.passthrough else _voting(model, fill, before)


def _calibrated(model: Any, fill: Fill, before: tuple[Any, ...]) -> Any:
    bare = copy.copy(model)
    bare.calibrated_classifiers_ = [
        _held("estimator" if hasattr(fold, "estimator") else "base_estimator")(fold, fill, before)
        for fold in model.calibrated_classifiers_
    ]
    return bare


_CLASSES = Table(
    by_package={
        ("sklearn", "VotingClassifier"): _voting,
        ("sklearn", "VotingRegressor"): _voting,
        ("sklearn", "StackingClassifier"): _sklearn_stack,
        ("sklearn", "StackingRegressor"): _sklearn_stack,
        ("sklearn", "CalibratedClassifierCV"): _calibrated,
        ("sklearn", "FrozenEstimator"): _held("estimator"),
        ("sklearn", "BaseSearchCV"): _held("best_estimator_"),
        ("sklearn", "TransformedTargetRegressor"): _held("regressor_"),
    },
    by_name={
        "PreFittedSoftVotingClassifier": _voting,
        "PreFittedSoftVotingRegressor": _voting,
        "StackEnsembleClassifier": _stack,
        "StackEnsembleRegressor": _stack,
        **dict.fromkeys(HELD_IN_MODEL, _held("model")),
    },
)
