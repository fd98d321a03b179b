"""Which hollow models make each row's answer of that row's answers alone, to the last bit.

Votes, calibrations and names of labels do. A model over the answers of others doesn't: the order
of the sums in a matrix product depends on the number of rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .native.read import HELD_IN_MODEL
from .recognise import Table
from .responses import Answering

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def keeps_rows_apart(hollow: Any) -> bool:
    """Tell whether rows of several shuffles can be handed to a hollow model together."""
    if isinstance(hollow, Answering):
        return True
    parts = _CLASSES.of_class(hollow)
    if parts is None:
        return False
    try:
        return all(keeps_rows_apart(part) for part in parts(hollow))
    except _OtherError:
        return False


class _OtherError(Exception):
    """A model that also does something else than what its class is known for."""


def _held(attribute: str) -> Callable[[Any], Sequence[Any]]:
    return lambda model: [getattr(model, attribute)]


def _last_step(model: Any) -> Sequence[Any]:
    return [step for _, step in model.steps]


def _relabelled(model: Any) -> Sequence[Any]:
    # Some transformers of numbers look at all of the values they are given.
    if type(model.y_transformer).__name__ != "LabelEncoder":
        raise _OtherError
    return [model.pipeline]


def _members(model: Any) -> Sequence[Any]:
    if "_wrappedEnsemble" in vars(model):
        return [model._wrappedEnsemble]
    return list(model.estimators_)


def _folds(model: Any) -> Sequence[Any]:
    return [
        fold.estimator if hasattr(fold, "estimator") else fold.base_estimator
        for fold in model.calibrated_classifiers_
    ]


_CLASSES = Table(
    by_package={
        ("sklearn", "Pipeline"): _last_step,
        ("sklearn", "VotingClassifier"): _members,
        ("sklearn", "VotingRegressor"): _members,
        ("sklearn", "CalibratedClassifierCV"): _folds,
        ("sklearn", "FrozenEstimator"): _held("estimator"),
        ("sklearn", "GridSearchCV"): _held("best_estimator_"),
        ("sklearn", "RandomizedSearchCV"): _held("best_estimator_"),
    },
    by_name={
        "PipelineWithYTransformations": _relabelled,
        "PreFittedSoftVotingClassifier": _members,
        "PreFittedSoftVotingRegressor": _members,
        **dict.fromkeys(HELD_IN_MODEL, _held("model")),
    },
)
