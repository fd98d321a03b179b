"""Models around other models: calibration, one per class, freezing, search, a new target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import signs
from .reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from .reading import Inputs


def held_in(attribute: str) -> Callable[..., Reading]:
    """Build a reader of the one model that a wrapper holds."""

    def read_inner(model: Any, inputs: Inputs | None, read: Any) -> Reading:
        inner: Reading = read(getattr(model, attribute), inputs)
        return inner

    return read_inner


def calibrated(model: Any, inputs: Inputs | None, read: Any) -> Reading:
    """Average over the models that were calibrated on one fold each."""
    folds = [_uncalibrated(fold) for fold in model.calibrated_classifiers_]
    readings = [read(fold, inputs) for fold in folds]
    return _averaged(readings, "calibrated models", signs.mean)


def one_per_class(model: Any, inputs: Inputs | None, read: Any) -> Reading:
    """Average over the models that tell one class each from the rest."""
    readings = [read(one, inputs) for one in model.estimators_]
    return _averaged(readings, "classes", signs.side_by_side)


def _averaged(
    readings: Sequence[Reading], what: str, together: Callable[..., signs.Signs | None]
) -> Reading:
    values = [reading.values for reading in readings]
    if any(value is None for value in values):
        return next(reading for reading in readings if reading.values is None)
    note = readings[0].note
    if len(readings) > 1:
        note = f"{note}, mean over {len(readings)} {what}"
    return Reading(
        _mean(values),
        note,
        _mean([reading.coefficients for reading in readings]),
        signs=together([reading.signs for reading in readings]),
    )


def _uncalibrated(fold: Any) -> Any:
    # The attribute was called base_estimator before scikit-learn 1.2.
    return fold.estimator if hasattr(fold, "estimator") else fold.base_estimator


def _mean(arrays: Sequence[NDArray[np.float64] | None]) -> NDArray[np.float64] | None:
    known = [array for array in arrays if array is not None]
    return np.asarray(np.mean(known, axis=0)) if len(known) == len(arrays) else None
