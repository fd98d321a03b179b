"""Trees and forests of scikit-learn, explained by the package shap."""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from ..native.signs import one_each
from .contributions import (
    MARGIN,
    PROBABILITY,
    VALUE,
    Contributions,
    NeedsPackageError,
    NoContributionsError,
    is_classifier,
    three_dimensional,
    two_dimensional,
)

if TYPE_CHECKING:
    from .contributions import Given

HOW_TO_INSTALL = "needs the package shap; install it with: pip install shap"
_HOW = "TreeExplainer of shap along the paths of the trees"


def shap_package() -> Any:
    """Import shap.

    Raises
    ------
    NeedsPackageError
        When it is not installed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            package = import_module("shap")
    except ImportError as error:
        raise NeedsPackageError(HOW_TO_INSTALL) from error
    # A folder of that name beside the script is a package to Python, too.
    if not hasattr(package, "TreeExplainer"):
        raise NeedsPackageError(HOW_TO_INSTALL)
    return package


def trees(model: Any, given: Given, _explain: Any) -> Contributions:
    """Explain the probability that a tree or a forest gives, or the value."""
    unit = PROBABILITY if is_classifier(model) else VALUE
    return _explained(model, given, unit)


def boosted_trees(model: Any, given: Given, _explain: Any) -> Contributions:
    """Explain the decision function of gradient boosting, or the value."""
    return _explained(model, given, MARGIN if is_classifier(model) else VALUE)


def _explained(model: Any, given: Given, unit: str) -> Contributions:
    package, rows = shap_package(), given.rows.matrix()
    dense = np.asarray(rows.toarray() if hasattr(rows, "toarray") else rows, dtype=np.float64)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            explainer = package.TreeExplainer(model)
            answer = explainer.shap_values(dense, check_additivity=False)
    except Exception as error:
        raise NoContributionsError(f"shap can't explain it: {error}") from error
    # Before shap 0.45 the outputs came as a list.
    values = np.stack(answer, axis=2) if isinstance(answer, list) else three_dimensional(answer)
    expected = np.atleast_1d(np.asarray(explainer.expected_value, dtype=np.float64))
    output = two_dimensional(_answers(model, rows, unit))
    if unit == PROBABILITY and output.shape[1] == 2:  # noqa: PLR2004
        values, expected, output = values[:, :, 1:], expected[1:], output[:, 1:]
    return Contributions(values, expected, output, unit, _HOW, one_each(output.shape[1]))


def _answers(model: Any, rows: Any, unit: str) -> Any:
    name = {PROBABILITY: "predict_proba", MARGIN: "decision_function", VALUE: "predict"}[unit]
    return getattr(model, name)(rows)
