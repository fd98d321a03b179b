"""Linear models: a column adds its coefficient times its distance from the mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ..native.signs import one_each, pairs_of_classes
from ..pullback import linear_map
from .contributions import (
    MARGIN,
    VALUE,
    Contributions,
    NoContributionsError,
    is_classifier,
    two_dimensional,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .contributions import Given

_HOW = "coefficient times the distance from the training rows' mean, columns taken as independent"


def linear(model: Any, given: Given, _explain: Any) -> Contributions:
    """Explain the decision function of a linear classifier or the value of a linear regressor.

    These are the Shapley values where columns are independent (interventional). A generalised
    linear model is explained on the scale of its link.
    """
    coefficients = as_matrix(model.coef_)
    rows = given.rows.matrix()
    if is_classifier(model):
        output, unit = two_dimensional(model.decision_function(rows)), MARGIN
    else:
        predicted = two_dimensional(model.predict(rows))
        output = two_dimensional(_times(rows, coefficients) + model.intercept_)
        unit = VALUE if np.allclose(output, predicted) else MARGIN
        output = predicted if unit == VALUE else output
    return _closed_form(coefficients, model.intercept_, given, output, unit)


def support_vectors(model: Any, given: Given, _explain: Any) -> Contributions:
    """Explain a linear kernel, for more than two classes each pair of them."""
    if model.kernel != "linear":
        raise NoContributionsError(f"{type(model).__name__} with kernel {model.kernel!r}")
    if not is_classifier(model):
        return linear(model, given, _explain)
    coefficients = as_matrix(model.coef_)
    output = two_dimensional(_times(given.rows.matrix(), coefficients) + model.intercept_)
    found = _closed_form(coefficients, model.intercept_, given, output, MARGIN)
    if len(coefficients) == 1:
        return found
    classes = pairs_of_classes(len(model.classes_))
    return replace(found, classes=classes, note=f"{found.note}, one output per pair of classes")


def before_a_linear_step(step: Any, found: Contributions, given: Given) -> Contributions | None:
    """Hand the contributions of a linear model's inputs to what a linear step made them of.

    Parameters
    ----------
    step : transformer
    found : Contributions
        Of the step's outputs.
    given : Given
        What enters the step.

    Returns
    -------
    Contributions or None
        None when the step or the model is not linear. The totals stay what they are.
    """
    weights = linear_map(step)
    if weights is None or found.coefficients is None:
        return None
    coefficients = np.asarray(found.coefficients @ weights)
    values = _distances(given, coefficients)
    return replace(found, values=values, coefficients=coefficients)


def as_matrix(coef: Any) -> NDArray[np.float64]:
    """Return coefficients, sparse or not, as shape (outputs, columns)."""
    dense = coef.toarray() if hasattr(coef, "toarray") else coef
    return np.atleast_2d(np.asarray(dense, dtype=np.float64))


def _closed_form(
    coefficients: NDArray[np.float64],
    intercept: Any,
    given: Given,
    output: NDArray[np.float64],
    unit: str,
) -> Contributions:
    expected = coefficients @ _mean(given.training.matrix()) + np.ravel(intercept)
    return Contributions(
        _distances(given, coefficients),
        np.atleast_1d(expected),
        output,
        unit,
        _HOW,
        one_each(len(coefficients)),
        coefficients,
    )


def _distances(given: Given, coefficients: NDArray[np.float64]) -> NDArray[np.float64]:
    rows = given.rows.matrix()
    dense = np.asarray(rows.toarray() if hasattr(rows, "toarray") else rows, dtype=np.float64)
    return (dense - _mean(given.training.matrix()))[:, :, None] * coefficients.T[None]


def _mean(matrix: Any) -> NDArray[np.float64]:
    if hasattr(matrix, "toarray"):
        return np.asarray(matrix.mean(axis=0), dtype=np.float64).ravel()
    return np.asarray(matrix, dtype=np.float64).mean(axis=0)


def _times(rows: Any, coefficients: NDArray[np.float64]) -> NDArray[np.float64]:
    matrix = rows if hasattr(rows, "toarray") else np.asarray(rows, dtype=np.float64)
    return np.asarray(matrix @ coefficients.T)
