"""Read any model: through its steps, wrappers and members down to the estimators."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..anatomy import is_pipeline, steps_of
from ..pullback import OpaqueStepError, pulled_back
from ..recognise import Table
from . import absent, ensembles, linear, signs, trees, wrappers
from .reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .reading import Inputs

LINEAR = (
    "BaseSGD",
    "ElasticNet",
    "LassoLars",
    "LinearClassifierMixin",
    "LinearModel",
    "LinearSVC",
    "LinearSVR",
    "LogisticRegression",
    "SGDClassifier",
    "SGDRegressor",
    "_GeneralizedLinearRegressor",
)
_TREES = ("BaseDecisionTree", "BaseForest", "BaseGradientBoosting", "BaseWeightBoosting")

HELD_IN_MODEL = (
    "CalibratedModel",
    "LightGBMClassifier",
    "LightGBMRegressor",
    "LinearSVMWrapper",
    "NBWrapper",
    "NuSVCWrapper",
    "SGDClassifierWrapper",
    "SVCWrapper",
    "XGBoostClassifier",
    "XGBoostRegressor",
)

READERS = Table(
    by_package={
        ("lightgbm", "LGBMModel"): trees.lightgbm_gain,
        ("xgboost", "XGBModel"): trees.xgboost_gain,
        **{("sklearn", name): trees.impurity_decrease for name in _TREES},
        **{("sklearn", name): linear.coefficients for name in LINEAR},
        ("sklearn", "BaseLibSVM"): linear.support_vectors,
        ("sklearn", "CalibratedClassifierCV"): wrappers.calibrated,
        ("sklearn", "OneVsRestClassifier"): wrappers.one_per_class,
        ("sklearn", "FrozenEstimator"): wrappers.held_in("estimator"),
        ("sklearn", "BaseSearchCV"): wrappers.held_in("best_estimator_"),
        ("sklearn", "TransformedTargetRegressor"): wrappers.held_in("regressor_"),
        ("sklearn", "VotingClassifier"): ensembles.voting,
        ("sklearn", "VotingRegressor"): ensembles.voting,
        ("sklearn", "StackingClassifier"): ensembles.sklearn_stacking,
        ("sklearn", "StackingRegressor"): ensembles.sklearn_stacking,
        **absent.READERS,
    },
    by_name={
        **{name: wrappers.held_in("model") for name in HELD_IN_MODEL},
        "EnsembleWrapper": ensembles.averaged,
        "PreFittedSoftVotingClassifier": ensembles.voting,
        "PreFittedSoftVotingRegressor": ensembles.voting,
        "StackEnsembleClassifier": ensembles.stacking,
        "StackEnsembleRegressor": ensembles.stacking,
    },
)


def read(model: Any, inputs: Inputs | None) -> Reading:
    """Read a fitted model's native importances of its inputs.

    Parameters
    ----------
    model : fitted estimator or pipeline
    inputs : Inputs or None
        The training rows as they enter the model; None when its columns are of one unit.

    Returns
    -------
    Reading
        Without values, and with the reason, for a model that has none or isn't known.
    """
    if is_pipeline(model):
        return read_steps(steps_of(model), inputs)
    reader = READERS.find(model)
    if reader is None:
        return Reading(None, f"native importances of {type(model).__name__} are not known")
    found: Reading = reader(model, inputs, read)
    return found


def read_steps(steps: Sequence[Any], inputs: Inputs | None) -> Reading:
    """Read the last step and carry what it says back through the steps before it."""
    entering = [inputs]
    for step in steps[:-1]:
        before = entering[-1]
        entering.append(None if before is None else before.through(step))
    reading = read(steps[-1], entering[-1])
    for step, before in zip(reversed(steps[:-1]), reversed(entering[:-1])):  # noqa: B905
        reading = _carried(step, reading, before)
    return reading


def _carried(step: Any, reading: Reading, inputs: Inputs | None) -> Reading:
    try:
        values, coefficients = (
            None if array is None else pulled_back(step, array)
            for array in (reading.values, reading.coefficients)
        )
    except OpaqueStepError as error:
        return Reading(None, str(error))
    found = signs.before(step, reading.signs, inputs)
    return replace(
        reading,
        values=values,
        coefficients=coefficients,
        signs=found,
        members=tuple(
            replace(member, reading=_carried(step, member.reading, inputs))
            for member in reading.members
        ),
    )
