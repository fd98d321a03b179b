"""Linear models: the size of the coefficients, made comparable across columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .reading import Reading
from .signs import pairs_of_classes, signs_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .reading import Inputs
    from .signs import Outputs


def coefficients(model: Any, inputs: Inputs | None, _read: Any) -> Reading:
    """Read `coef_`: one row, one per class, or one per pair of classes."""
    return scaled(model.coef_, inputs)


def support_vectors(model: Any, inputs: Inputs | None, _read: Any) -> Reading:
    """Read `coef_` of a linear kernel; other kernels have none."""
    if model.kernel != "linear":
        return Reading(
            None, f"{type(model).__name__} with kernel {model.kernel!r} has no native importances"
        )
    classes = pairs_of_classes(len(getattr(model, "classes_", ())))
    return scaled(model.coef_, inputs, classes)


def mean_magnitude(coef: Any) -> NDArray[np.float64]:
    """Average |coef| of shape (rows, columns) or (columns,) over its rows."""
    dense = coef.toarray() if hasattr(coef, "toarray") else coef
    return np.asarray(np.abs(np.atleast_2d(np.asarray(dense, dtype=np.float64))).mean(axis=0))


def scaled(coef: Any, inputs: Inputs | None, classes: Outputs | None = None) -> Reading:
    """Multiply coefficients by the standard deviation of their columns on the training rows.

    A coefficient is in units of its column, so that only the product compares across columns.
    Without inputs the columns are of one unit already and the coefficients stay as they are.
    """
    magnitude, signs = mean_magnitude(coef), signs_of(coef, inputs, classes)
    if inputs is None:
        return Reading(magnitude, "mean |coefficient|", magnitude, signs=signs)
    return Reading(
        magnitude * inputs.spread(),
        "mean |coefficient| times the column's standard deviation",
        magnitude,
        signs=signs,
    )
