"""Explain any model: through its steps, wrappers and members down to the estimators."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..anatomy import is_pipeline, steps_of
from ..native.read import HELD_IN_MODEL, LINEAR
from ..pullback import keeps_columns
from ..recognise import Table
from . import boosters, ensembles, linear, trees, wrappers
from .contributions import Contributions, Explained, NeedsPackageError, NoContributionsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .contributions import Given

EXPLAINERS = Table(
    by_package={
        ("lightgbm", "LGBMModel"): boosters.lightgbm,
        ("xgboost", "XGBModel"): boosters.xgboost,
        **{("sklearn", name): linear.linear for name in LINEAR},
        ("sklearn", "BaseLibSVM"): linear.support_vectors,
        **{("sklearn", name): trees.trees for name in ("BaseDecisionTree", "BaseForest")},
        **{
            ("sklearn", name): trees.boosted_trees
            for name in ("BaseGradientBoosting", "BaseHistGradientBoosting")
        },
        ("sklearn", "CalibratedClassifierCV"): wrappers.calibrated,
        ("sklearn", "OneVsRestClassifier"): wrappers.one_per_class,
        ("sklearn", "FrozenEstimator"): wrappers.held_in("estimator"),
        ("sklearn", "BaseSearchCV"): wrappers.held_in("best_estimator_"),
        ("sklearn", "TransformedTargetRegressor"): wrappers.other_target,
        ("sklearn", "VotingClassifier"): ensembles.voting,
        ("sklearn", "VotingRegressor"): ensembles.voting,
        ("sklearn", "StackingClassifier"): ensembles.sklearn_stacking,
        ("sklearn", "StackingRegressor"): ensembles.sklearn_stacking,
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


def explained(model: Any, given: Given) -> Explained:
    """Explain a fitted model by the contributions of its inputs.

    Parameters
    ----------
    model : fitted estimator or pipeline
    given : Given
        The rows to explain and the training rows, as they enter the model.

    Returns
    -------
    Explained
        Without contributions, and with the reason, for a model that has none or isn't known.
    """
    if is_pipeline(model):
        return explained_steps(steps_of(model), given)
    explainer = EXPLAINERS.find(model)
    if explainer is None:
        return Explained(None, f"{type(model).__name__} has no contributions of its own")
    try:
        found = explainer(model, given, explained)
    except NeedsPackageError as error:
        return Explained(None, f"{type(model).__name__} {error}", lacks_package=True)
    except NoContributionsError as error:
        return Explained(None, str(error))
    return Explained(found) if isinstance(found, Contributions) else found


def explained_steps(steps: Sequence[Any], given: Given) -> Explained:
    """Explain the last step and hand its contributions back through the steps before it."""
    entering = [given]
    for step in steps[:-1]:
        entering.append(entering[-1].through(step))
    found = explained(steps[-1], entering[-1])
    for step, before in zip(reversed(steps[:-1]), reversed(entering[:-1])):  # noqa: B905
        found = _before(step, found, before)
    return found


def _before(step: Any, after: Explained, given: Given) -> Explained:
    members = tuple(
        member
        if member.columns
        else replace(member, explained=_before(step, member.explained, given))
        for member in after.members
    )
    if after.found is None or keeps_columns(step):
        found = None if after.found is None else replace(after.found, coefficients=None)
        return replace(after, found=found, members=members)
    found = linear.before_a_linear_step(step, after.found, given)
    if found is None:
        reason = f"contributions can't be handed back through {type(step).__name__}"
        return replace(after, found=None, reason=reason, members=members)
    return replace(after, found=found, members=members)
