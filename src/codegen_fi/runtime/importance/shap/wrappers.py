"""Models around other models: calibration, one per class, and those that hold one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ..native.signs import one_each
from .contributions import MARGIN, Contributions, NoContributionsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from .contributions import Explained, Given


def held_in(attribute: str) -> Callable[..., Explained]:
    """Build an explainer of the one model that a wrapper holds."""

    def explain_inner(model: Any, given: Given, explain: Any) -> Explained:
        inner: Explained = explain(getattr(model, attribute), given)
        return inner

    return explain_inner


def other_target(model: Any, given: Given, explain: Any) -> Contributions:
    """Explain the regressor of a transformed target, in units of that."""
    found = _found(explain(model.regressor_, given))
    return replace(found, unit=MARGIN, note=f"{found.note}; in units of the transformed target")


def calibrated(model: Any, given: Given, explain: Any) -> Contributions:
    """Explain the decision function that is calibrated, averaged over the folds."""
    folds = [_uncalibrated(fold) for fold in model.calibrated_classifiers_]
    parts = [_found(explain(fold, given)) for fold in folds]
    note = f"{parts[0].note}; of the decision function before its calibration"
    if len(parts) > 1:
        note = f"{note}, mean over {len(parts)} of them"
    share = [1 / len(parts)] * len(parts)
    return replace(added(parts, share), unit=MARGIN, note=note)


def one_per_class(model: Any, given: Given, explain: Any) -> Contributions:
    """Explain the models that tell one class each from the rest, side by side."""
    parts = [_found(explain(one, given)) for one in model.estimators_]
    units = {part.unit for part in parts}
    if any(part.output.shape[1] != 1 for part in parts) or len(units) > 1:
        raise NoContributionsError("its models for single classes have different outputs")
    linear = _coefficients(parts)
    return Contributions(
        np.concatenate([part.values for part in parts], axis=2),
        np.concatenate([part.expected for part in parts]),
        np.concatenate([part.output for part in parts], axis=1),
        # Probabilities are scaled so that they add up to 1 after this.
        MARGIN,
        f"{parts[0].note}; of each class's own model",
        one_each(len(parts)),
        np.concatenate(linear) if len(linear) == len(parts) else None,
    )


def added(parts: Sequence[Contributions], weights: Sequence[float]) -> Contributions:
    """Add contributions of one unit up with weights.

    Raises
    ------
    NoContributionsError
        When the outputs are not those of the same classes.
    """
    if len({(part.unit, part.output.shape, part.classes) for part in parts}) > 1:
        raise NoContributionsError("its models have different outputs")
    shares = np.asarray(weights, dtype=np.float64)
    linear = _coefficients(parts)
    return replace(
        parts[0],
        values=np.tensordot(shares, np.stack([part.values for part in parts]), 1),
        expected=shares @ np.stack([part.expected for part in parts]),
        output=np.tensordot(shares, np.stack([part.output for part in parts]), 1),
        coefficients=np.tensordot(shares, np.stack(linear), 1)
        if len(linear) == len(parts)
        else None,
    )


def _coefficients(parts: Sequence[Contributions]) -> list[NDArray[np.float64]]:
    return [part.coefficients for part in parts if part.coefficients is not None]


def _found(explained: Explained) -> Contributions:
    if explained.found is None:
        raise NoContributionsError(explained.reason)
    return explained.found


def _uncalibrated(fold: Any) -> Any:
    # The attribute was called base_estimator before scikit-learn 1.2.
    return fold.estimator if hasattr(fold, "estimator") else fold.base_estimator
